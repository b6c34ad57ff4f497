"""Prices of nights that two people change at once, and the month of nights that guests find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest
from django_scopes import scope

from horarium.modules.catalog.actions import create_rate_plan, restrict_dates, update_offering
from horarium.modules.catalog.rules import Dates
from horarium.modules.pricing.models import PriceRule
from horarium.platform.audit.actor import Actor

from .inn import HTMX, open_inn, page, post, queries

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def inn() -> Iterator[SimpleNamespace]:
    """A double room for 100 euros a night, 150 on Saturdays and 30 for every further guest."""
    for one in open_inn():
        one.rates = f"{one.of_double}rates/"
        post(one, f"{one.rates}new/", {"night": "100", "guest": "30", "name": "Usual"})
        post(one, f"{one.rates}new/", {"night": "150", "name": "Saturday", "weekdays": "5"})
        yield one


def line(inn: SimpleNamespace, name: str) -> str:
    with scope(business=inn.business.pk):
        return str(PriceRule.objects.filter(name=name).latest("id").public_id)


def amounts(inn: SimpleNamespace) -> list[int]:
    with scope(business=inn.business.pk):
        return [one.amount_minor for one in PriceRule.objects.order_by("-priority", "-id")]


def test_a_sheet_that_was_opened_before_another_was_saved_saves_its_line(inn: SimpleNamespace) -> None:
    saturday, usual = line(inn, "Saturday"), line(inn, "Usual")
    post(inn, f"{inn.rates}{saturday}/", {"night": "160", "name": "Saturday", "weekdays": ["5", "6"]})
    post(inn, f"{inn.rates}new/", {"night": "300", "name": "Holidays", "valid_from": "2026-12-24"})
    post(inn, f"{inn.rates}{saturday}/", {"night": "170", "name": "Weekend", "weekdays": ["4", "5"]})
    assert line(inn, "Weekend") == saturday
    with scope(business=inn.business.pk):
        assert PriceRule.objects.filter(public_id=usual).exists()
    assert amounts(inn) == [30000, 17000, 10000, 3000]


def test_a_line_that_somebody_removed_is_not_lost_with_what_was_typed(inn: SimpleNamespace) -> None:
    saturday = line(inn, "Saturday")
    post(inn, f"{inn.rates}{saturday}/remove/", {})
    typed = {"night": "175", "name": "Saturday", "weekdays": "5"}
    sheet = unescape(post(inn, f"{inn.rates}{saturday}/", typed, 409))
    assert "Somebody has removed this price meanwhile" in sheet
    assert 'value="175"' in sheet
    assert f'action="{inn.rates}new/"' in sheet
    assert amounts(inn) == [10000, 3000]
    post(inn, f"{inn.rates}new/", typed)
    assert amounts(inn) == [17500, 10000, 3000]
    assert inn.client.get(f"{inn.rates}rate_gone/").status_code == 404


def test_the_month_shows_every_night_as_guests_find_it(inn: SimpleNamespace) -> None:
    nights = Dates(date(2026, 12, 24), date(2026, 12, 25), frozenset())
    restrict_dates(inn.business.pk, inn.double.public_id, SYSTEM, dates=nights, is_closed=True)
    shown = page(inn, f"{inn.rates}?month=2026-12", **HTMX)
    assert "Saturday, December 5, €150</span>" in shown
    assert "Sunday, December 6, €100</span>" in shown
    assert "Thursday, December 24</span>" in shown
    assert shown.count("is-closed") == 2
    three = page(inn, f"{inn.rates}?month=2026-12&guests=3")
    assert "Sunday, December 6, €130</span>" in three
    post(inn, f"{inn.rates}{line(inn, 'Saturday')}/", {"night": "155", "name": "Saturday", "weekdays": "5"})
    assert "Saturday, December 5, €155</span>" in page(inn, f"{inn.rates}?month=2026-12", **HTMX)


def test_the_month_of_a_plan_and_the_lowest_of_all(inn: SimpleNamespace) -> None:
    plan = create_rate_plan(inn.business.pk, inn.double.public_id, SYSTEM, name="Saver")
    post(inn, f"{inn.rates}new/", {"night": "80", "rate_plan": plan.public_id, "valid_until": "2026-12-15"})
    create_rate_plan(inn.business.pk, inn.double.public_id, SYSTEM, name="Flexible")
    lowest = page(inn, f"{inn.rates}?month=2026-12")
    assert "Sunday, December 6, €80</span>" in lowest
    assert "Sunday, December 20, €100</span>" in lowest
    assert "The lowest price" in lowest
    saver = page(inn, f"{inn.rates}?month=2026-12&plan={plan.public_id}")
    assert "Saturday, December 5, €80</span>" in saver


def test_nights_without_a_price_are_told(inn: SimpleNamespace) -> None:
    usual = {"night": "100", "name": "Usual", "valid_until": "2026-12-28"}
    post(inn, f"{inn.rates}{line(inn, 'Usual')}/", usual)
    shown = page(inn, f"{inn.rates}?month=2026-12")
    assert "3 nights of this month have no price" in shown
    assert "Wednesday, December 30, no price</span>" in shown


def test_a_hidden_room_type_has_its_month_too_and_strange_addresses_are_no_errors(
    inn: SimpleNamespace,
) -> None:
    update_offering(inn.business.pk, inn.double.public_id, SYSTEM, is_public=False)
    for query in ("month=x", "month=1999-01", "month=2099-12", "plan=x", "guests=99", "guests=0", "guests=²"):
        assert "As guests see it" in page(inn, f"{inn.rates}?{query}")


def test_the_page_costs_the_same_queries_however_many_lines(inn: SimpleNamespace) -> None:
    few = queries(inn, inn.rates)
    for number in range(8):
        post(inn, f"{inn.rates}new/", {"night": "90", "valid_from": f"2027-01-{number + 10}"})
    assert queries(inn, inn.rates) == few

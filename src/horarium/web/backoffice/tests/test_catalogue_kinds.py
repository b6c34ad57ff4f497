"""Nights, sessions, goods and terms in the catalogue, over HTTP: what comes in, what is refused, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.catalog.actions import create_policy, create_rate_plan, create_ticket_type
from horarium.modules.catalog.models import Offering, Policy, Restriction
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Tier
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import Company, price_stay
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Role
from tests.factories import make_member

from .inn import HTMX, ROOT, client_of, open_inn, page, post

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def inn() -> Iterator[SimpleNamespace]:
    yield from open_inn()


def stay_of(inn: SimpleNamespace) -> dict[str, Any]:
    return {
        "name": "Double", "location": inn.location.public_id, "mode": "stay", "check_in": "15:00",
        "check_out": "12:00", "party_min": "1", "party_max": "4", "included_guests": "2", "prepayment": "none",
        "needs.0.id": "", "needs.0.quantity": "1", "needs.0.choices": inn.rooms.public_id,
    }  # fmt: skip


def test_every_page_and_sheet_opens_with_and_without_scripts(inn: SimpleNamespace) -> None:
    ticket = create_ticket_type(inn.business.pk, inn.walk.public_id, SYSTEM, name="Adult")
    plan = create_rate_plan(inn.business.pk, inn.double.public_id, SYSTEM, name="Saver")
    policy = create_policy(inn.business.pk, SYSTEM, name="Fair", cancellation=[Tier(0, 100)])
    paths = [
        f"{ROOT}offerings/new/?mode=slot", f"{ROOT}offerings/new/?mode=stay", f"{ROOT}offerings/new/?mode=session",
        inn.of_double, inn.of_walk, f"{inn.of_double}rates/", f"{inn.of_double}rates/new/",
        f"{inn.of_double}rates/plans/new/", f"{inn.of_double}rates/plans/{plan.public_id}/",
        f"{inn.of_double}restrictions/", f"{inn.of_double}restrictions/?month=2027-02&plan={plan.public_id}",
        f"{inn.of_walk}tickets/", f"{inn.of_walk}tickets/new/", f"{inn.of_walk}tickets/{ticket.public_id}/",
        f"{inn.of_walk}schedule/", f"{inn.of_walk}schedule/new/", f"{inn.of_walk}sessions/new/",
        f"{ROOT}products/", f"{ROOT}products/new/", f"{ROOT}policies/", f"{ROOT}policies/new/",
        f"{ROOT}policies/{policy.public_id}/", "/manage/inn/settings/rules/",
    ]  # fmt: skip
    for path in paths:
        page(inn, path)
        page(inn, path, **HTMX)


def test_who_may_not_write_sees_lists_and_changes_nothing(inn: SimpleNamespace) -> None:
    client = client_of(make_member(inn.business, Role.OPERATOR))
    for path in (
        f"{inn.of_double}rates/",
        f"{inn.of_double}restrictions/",
        f"{ROOT}policies/",
        f"{ROOT}products/",
    ):
        assert client.get(path).status_code == 200
    for path in (
        f"{inn.of_double}rates/new/", f"{inn.of_double}restrictions/", f"{inn.of_walk}tickets/new/",
        f"{inn.of_walk}schedule/new/", f"{ROOT}policies/new/", f"{ROOT}products/new/",
    ):  # fmt: skip
        assert client.post(path, {"name": "x"}).status_code == 403, path
    with scope(business=inn.business.pk):
        assert not Policy.objects.exists()
        assert not Restriction.objects.exists()


def test_a_page_of_another_mode_is_not_there(inn: SimpleNamespace) -> None:
    for path in (f"{inn.of_walk}rates/", f"{inn.of_walk}restrictions/", f"{inn.of_double}tickets/",
                 f"{inn.of_double}schedule/"):  # fmt: skip
        assert inn.client.get(path).status_code == 404


def test_a_hotel_is_asked_for_nights_first_and_a_form_shows_its_own_mode_only(inn: SimpleNamespace) -> None:
    nights, slots = page(inn, f"{ROOT}offerings/new/"), page(inn, f"{ROOT}offerings/new/?mode=slot")
    assert 'name="check_in"' in nights
    assert 'name="duration"' not in nights
    assert 'name="check_in"' not in slots
    assert 'name="duration"' in slots


def test_a_room_type_is_made_with_the_price_of_a_night(inn: SimpleNamespace) -> None:
    form = stay_of(inn) | {
        "name": "Suite", "first_price": "120", "extras.0.id": "", "extras.0.name": "Late departure",
        "extras.0.amount": "20", "extras.0.basis": "flat", "extras.0.extends_after": "180",
    }  # fmt: skip
    post(inn, f"{ROOT}offerings/new/", form)
    catalog = get_current_catalog(inn.business.pk)
    suite = catalog.get_offering("suite", public_only=False)
    assert (suite.mode, suite.check_in, suite.check_out, suite.included_guests) == ("stay", 900, 720, 2)
    assert suite.extras[0].extends_after == 180
    rules = get_price_list(inn.business.pk, catalog.revision)[suite.id]
    quote = price_stay(rules, date(2026, 12, 4), Company(2, 2, included=2), "EUR")
    assert quote is not None
    assert quote.total == Money(24000, "EUR")


def test_saving_a_room_type_leaves_its_seasons_alone(inn: SimpleNamespace) -> None:
    post(inn, f"{inn.of_double}rates/new/", {"night": "100"})
    post(inn, f"{inn.of_double}rates/new/", {"night": "150", "name": "Summer", "valid_from": "2027-06-01"})
    post(inn, inn.of_double, stay_of(inn) | {"mode": "slot", "name": "Double room"})
    with scope(business=inn.business.pk):
        assert Offering.objects.get(pk=inn.double.pk).mode == "stay"
    assert [line.amount_minor for line in rules_of(inn)] == [15000, 10000]


def rules_of(inn: SimpleNamespace) -> Any:
    catalog = get_current_catalog(inn.business.pk)
    return get_price_list(inn.business.pk, catalog.revision).get(inn.double.pk, ())


def total(inn: SimpleNamespace, arrival: date, company: Company) -> int | None:
    quote = price_stay(rules_of(inn), arrival, company, "EUR")
    return None if quote is None else quote.total.minor


def test_a_narrower_line_is_tried_first_and_guests_pay_by_age(inn: SimpleNamespace) -> None:
    """The table of the screen and the price engine agree."""
    path = f"{inn.of_double}rates/new/"
    post(
        inn,
        path,
        {"night": "100", "guest": "30", "ages.0.id": "", "ages.0.until": "11", "ages.0.amount": "10"},
    )
    post(inn, path, {"night": "130", "name": "Weekend", "weekdays": ["4", "5"]})
    post(
        inn,
        path,
        {"night": "200", "name": "Holidays", "valid_from": "2026-12-24", "valid_until": "2027-01-06"},
    )
    post(inn, path, {"night": "90", "min_nights": "7"})
    thursday = date(2026, 12, 3)
    assert total(inn, thursday, Company(2, 2, included=2)) == 10000 + 13000
    assert total(inn, thursday, Company(1, 3, (8,), included=2)) == 10000 + 3000 + 1000
    assert total(inn, date(2026, 12, 24), Company(1, 2, included=2)) == 20000
    shown = page(inn, f"{inn.of_double}rates/")
    assert shown.index("Holidays") < shown.index("Weekend") < shown.index("All year")
    assert "0–11 years" in shown


def test_a_plan_has_prices_of_its_own_before_those_of_all(inn: SimpleNamespace) -> None:
    post(inn, f"{inn.of_double}rates/plans/new/", {"name": "Saver", "prepayment": "full"})
    plan = get_current_catalog(inn.business.pk).get_offering(inn.double.public_id).rate_plans[0]
    path = f"{inn.of_double}rates/new/"
    post(inn, path, {"night": "100"})
    post(inn, path, {"night": "80", "rate_plan": plan.public_id})
    friday = date(2026, 12, 4)
    assert total(inn, friday, Company(1, 2, included=2, rate_plan_id=plan.id)) == 8000
    assert total(inn, friday, Company(1, 2, included=2)) == 10000
    assert "Paid in full." in page(inn, f"{inn.of_double}rates/")


def test_a_price_line_is_changed_moved_and_removed(inn: SimpleNamespace) -> None:
    path = f"{inn.of_double}rates/"
    post(inn, f"{path}new/", {"night": "100", "name": "Usual"})
    post(inn, f"{path}new/", {"night": "150", "name": "Weekend", "weekdays": "5"})

    def line(number: int) -> str:
        with scope(business=inn.business.pk):
            return str(list(PriceRule.objects.order_by("-priority", "-id"))[number].public_id)

    post(inn, f"{path}{line(1)}/", {"night": "110", "name": "Usual"})
    post(inn, f"{path}{line(1)}/earlier/", {})
    assert [one.amount_minor for one in rules_of(inn)] == [11000, 15000]
    post(inn, f"{path}{line(0)}/remove/", {})
    assert [one.amount_minor for one in rules_of(inn)] == [15000]
    shown = inn.client.post(f"{path}rate_gone/remove/", follow=True).content.decode()
    assert "This price was removed already" in shown


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({}, "This is needed."),
        ({"night": "much"}, "This is not an amount."),
        ({"night": "1", "min_nights": "5", "max_nights": "3"}, "The end comes before the start."),
        (
            {"night": "1", "valid_from": "2027-02-01", "valid_until": "2027-01-01"},
            "The end comes before the start.",
        ),
        ({"night": "1", "ages.0.id": "", "ages.0.amount": "5"}, "Give at least one age."),
    ],
)
def test_a_wrong_price_is_named_and_nothing_is_written(
    inn: SimpleNamespace, form: dict[str, str], shown: str
) -> None:
    assert shown in post(inn, f"{inn.of_double}rates/new/", form, 422)
    assert rules_of(inn) == ()


def test_limits_are_set_for_many_dates_and_shown_on_each(inn: SimpleNamespace) -> None:
    path = f"{inn.of_double}restrictions/"
    post(
        inn,
        path,
        {"first_on": "2026-12-24", "last_on": "2027-01-02", "min_nights": "3", "weekdays": ["4", "5"]},
    )
    post(inn, path, {"first_on": "2026-12-31", "is_closed": "yes"})
    december = page(inn, f"{path}?month=2026-12")
    assert december.count("<span>at least 3</span>") == 4
    assert "Thursday, December 31, closed" in december
    post(inn, path, {"first_on": "2026-12-24", "last_on": "2027-01-02", "min_nights": "0", "is_closed": "no"})
    with scope(business=inn.business.pk):
        assert not Restriction.objects.exists()


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"min_nights": "2"}, "This is needed."),
        ({"first_on": "2026-12-24"}, "Set at least one limit."),
        (
            {"first_on": "2026-12-24", "last_on": "2026-12-01", "min_nights": "2"},
            "The end comes before the start.",
        ),
        ({"first_on": "2026-12-24", "min_nights": "2", "weekdays": "0"}, "None of these weekdays"),
        ({"first_on": "2026-12-24", "min_nights": "5", "max_nights": "2"}, "The longest must be longer"),
    ],
)
def test_wrong_limits_are_named(inn: SimpleNamespace, form: dict[str, str], shown: str) -> None:
    content = post(inn, f"{inn.of_double}restrictions/", form, 422)
    assert shown in content
    with scope(business=inn.business.pk):
        assert not Restriction.objects.exists()


def test_the_second_date_that_is_chosen_ends_the_range(inn: SimpleNamespace) -> None:
    content = page(inn, f"{inn.of_double}restrictions/?month=2026-12&day=2026-12-10")
    assert "day=2026-12-10&amp;until=2026-12-15#set" in content
    chosen = page(inn, f"{inn.of_double}restrictions/?month=2026-12&day=2026-12-10&until=2026-12-15")
    assert chosen.count("is-chosen") == 6


def test_terms_are_written_in_tiers_and_read_in_words(inn: SimpleNamespace) -> None:
    form = {
        "name": "Fair", "no_show_percent": "100",
        "cancellation.0.id": "", "cancellation.0.time": "0", "cancellation.0.unit": "hours",
        "cancellation.0.percent": "100", "cancellation.1.id": "", "cancellation.1.time": "48",
        "cancellation.1.unit": "hours", "cancellation.2.id": "", "cancellation.2.time": "1",
        "cancellation.2.unit": "days", "cancellation.2.percent": "50", "cancellation.2.amount": "5",
    }  # fmt: skip
    words = "Free until 2 days before, 50% + €5 until 24 hr before, then the whole price."
    assert words in post(inn, f"{ROOT}policies/new/", form | {"step": "preview"}, 200)
    post(inn, f"{ROOT}policies/new/", form)
    assert words in page(inn, f"{ROOT}policies/")
    with scope(business=inn.business.pk):
        policy = Policy.objects.get()
    assert [(one["minutes"], one["percent"], one["minor"]) for one in policy.cancellation] == [
        (2880, 0, 0),
        (1440, 50, 500),
        (0, 100, 0),
    ]
    sheet = f"{ROOT}policies/{policy.public_id}/"
    assert 'name="cancellation.1.amount" id="id_cancellation.1.amount" value="5.00"' in page(inn, sheet)
    late = {
        "name": "Fair",
        "cancellation.0.id": "",
        "cancellation.0.time": "2",
        "cancellation.0.unit": "days",
    }
    assert "add a tier of 0 hours" in post(inn, sheet, late, 422)
    post(inn, "/manage/inn/settings/rules/", rules_form(policy.public_id))
    post(inn, f"{sheet}delete/", {})
    with scope(business=inn.business.pk):
        assert Policy.objects.count() == 1
    post(inn, "/manage/inn/settings/rules/", rules_form(""))
    post(inn, f"{sheet}delete/", {})
    with scope(business=inn.business.pk):
        assert not Policy.objects.exists()


def rules_form(policy: str) -> dict[str, str]:
    return {
        "grid_minutes": "15", "lead_minutes": "60", "horizon_days": "90", "hold_minutes": "15",
        "cancel_free_hours": "24", "reminder_hours": "24", "waiting_offer_minutes": "60", "policy": policy,
    }  # fmt: skip

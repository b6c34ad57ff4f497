"""Tickets, schedules, sessions and goods in the catalogue, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django_scopes import scope

from horarium.modules.availability.models import Schedule, Session, SessionState
from horarium.modules.availability.queries_supplies import read_supplies, supplies_of_products
from horarium.modules.catalog.actions import update_offering
from horarium.modules.catalog.models import Offering, TicketType
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.pricing.queries import get_price_list
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Role
from tests.factories import make_member

from .inn import HTMX, NOW, ROOT, client_of, open_inn, page, post, queries

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def inn() -> Iterator[SimpleNamespace]:
    yield from open_inn()


def test_a_new_tour_has_a_first_ticket_with_its_price(inn: SimpleNamespace) -> None:
    form = {
        "name": "Boat", "location": inn.location.public_id, "mode": "session", "duration": "90", "capacity": "8",
        "party_min": "1", "party_max": "8", "prepayment": "full", "first_ticket": "Grown-up", "first_price": "35",
        "needs.0.id": "", "needs.0.quantity": "1", "needs.0.choices": inn.guide.public_id,
    }  # fmt: skip
    post(inn, f"{ROOT}offerings/new/", form)
    catalog = get_current_catalog(inn.business.pk)
    boat = catalog.get_offering("boat", public_only=False)
    assert [(one.name, one.places) for one in boat.ticket_types] == [("Grown-up", 1)]
    [rule] = get_price_list(inn.business.pk, catalog.revision)[boat.id]
    assert (rule.basis, rule.amount_minor, rule.ticket_type_id) == (
        "per_person",
        3500,
        boat.ticket_types[0].id,
    )


def test_tickets_keep_their_prices_apart(inn: SimpleNamespace) -> None:
    path = f"{inn.of_walk}tickets/"
    adult = {
        "name": "Adult",
        "places": "1",
        "max_per_order": "10",
        "prices.0.id": "",
        "prices.0.amount": "20",
    }
    weekend = {
        "prices.1.id": "",
        "prices.1.amount": "25",
        "prices.1.weekdays": ["5", "6"],
        "prices.1.name": "Weekend",
    }
    post(inn, f"{path}new/", adult | weekend)
    post(inn, f"{path}new/", {"name": "Infant", "places": "0", "max_per_order": "2"})
    shown = page(inn, path)
    assert "€20" in shown
    assert "Weekend, Sat, Sun" in shown
    with scope(business=inn.business.pk):
        ticket = TicketType.objects.get(name="Infant")
        assert (ticket.places, ticket.position) == (0, 1)
    post(inn, f"{path}{ticket.public_id}/archive/", {})
    assert "Infant: archived" in page(inn, path)
    assert "Infant" not in page(inn, path)
    assert "Infant" in page(inn, f"{path}?show=archived")
    assert "A number from 1 to 1000." in post(inn, f"{path}new/", {"name": "x", "max_per_order": "0"}, 422)


def test_goods_are_received_counted_and_never_below_what_is_sold(inn: SimpleNamespace) -> None:
    post(
        inn,
        f"{ROOT}products/new/",
        {"name": "Honey", "price": "9.50", "max_per_order": "5", "is_stocked": "on"},
    )
    product = next(iter(get_current_catalog(inn.business.pk).products.values()))
    path = f"{ROOT}products/{product.public_id}/"
    post(inn, f"{path}stock/", {"stock_kind": "receive", "quantity": "12"})
    post(inn, f"{path}stock/", {"stock_kind": "count", "counted": "10", "stock_reason": "Two broken"})
    shown = page(inn, path)
    assert "Two broken" in shown
    assert "\u22122" in shown
    assert "This is needed." in post(inn, f"{path}stock/", {"stock_kind": "count"}, 422)
    with scope(business=inn.business.pk):
        [supply] = supplies_of_products(inn.business.pk, [product.id]).values()
        assert read_supplies(inn.business.pk, [supply], NOW)[supply].free == 10


def schedule_form(**fields: Any) -> dict[str, Any]:
    return {
        "starts": "10:00", "weekdays": ["0", "2"], "first_on": "2026-12-07", "last_on": "2026-12-31",
        "decide_hours": "24", **fields,
    }  # fmt: skip


def sessions(inn: SimpleNamespace) -> list[Session]:
    with scope(business=inn.business.pk):
        return list(Session.objects.filter(state=SessionState.SCHEDULED).order_by("starts_at"))


def test_a_schedule_makes_sessions_that_are_changed_one_by_one_and_from_here_on(inn: SimpleNamespace) -> None:
    path = f"{inn.of_walk}schedule/"
    exceptions = {
        "except.0.id": "",
        "except.0.on": "2026-12-09",
        "dates.0.id": "",
        "dates.0.on": "2026-12-12",
    }
    post(inn, f"{path}new/", schedule_form(**exceptions))
    made = sessions(inn)
    days = [one.starts_at.date().isoformat() for one in made]
    assert days == ["2026-12-07", "2026-12-12", "2026-12-14", "2026-12-16", "2026-12-21", "2026-12-23",
                    "2026-12-28", "2026-12-30"]  # fmt: skip
    assert "Gil" in page(inn, path)
    one = f"{inn.of_walk}sessions/{made[2].public_id}/"
    assert "Change from here on" in page(inn, one)
    post(
        inn, one, {"day": "2026-12-14", "starts": "15:00", "capacity": "6", "resources": inn.guide.public_id}
    )
    with scope(business=inn.business.pk):
        schedule = Schedule.objects.get()
    post(inn, f"{path}{schedule.public_id}/", schedule_form(starts="11:00", from_on="2026-12-21"))
    hours = [f"{one.starts_at:%d %H:%M}" for one in sessions(inn)]
    assert hours == [
        "07 10:00",
        "12 10:00",
        "14 15:00",
        "16 10:00",
        "21 11:00",
        "23 11:00",
        "28 11:00",
        "30 11:00",
    ]
    post(inn, f"{inn.of_walk}sessions/{made[0].public_id}/cancel/", {"reason": "Rain"})
    with scope(business=inn.business.pk):
        assert Session.objects.get(pk=made[0].pk).cancel_reason == "Rain"
        second = Schedule.objects.exclude(pk=schedule.pk).get()
    post(inn, f"{path}{second.public_id}/end/", {})
    assert [f"{one.starts_at:%d}" for one in sessions(inn)] == ["12", "14", "16"]


def test_what_no_guide_is_free_for_is_refused_or_told(inn: SimpleNamespace) -> None:
    post(
        inn,
        f"{inn.of_walk}sessions/new/",
        {"day": "2026-12-07", "starts": "10:30", "resources": inn.guide.public_id},
    )
    refused = post(inn, f"{inn.of_walk}sessions/new/", {"day": "2026-12-07", "starts": "11:00"}, 422)
    assert "field-error" in refused
    past = post(inn, f"{inn.of_walk}sessions/new/", {"day": "2026-11-07", "starts": "11:00"}, 422)
    assert "This time has passed." in past
    response = inn.client.post(f"{inn.of_walk}schedule/new/", schedule_form(), headers=HTMX)
    assert "1 date has no new session" in response["HX-Trigger"]
    assert len(sessions(inn)) == 8
    wrong = post(inn, f"{inn.of_walk}schedule/new/", {"starts": "10:00", "first_on": "2026-12-07"}, 422)
    assert "Choose weekdays, or add single dates below." in wrong


def test_the_pages_cost_the_same_queries_however_long_they_are(inn: SimpleNamespace) -> None:
    paths = [
        f"{inn.of_double}rates/",
        f"{inn.of_double}restrictions/",
        f"{inn.of_walk}schedule/",
        f"{ROOT}products/",
    ]
    post(inn, f"{ROOT}products/new/", {"name": "Honey", "price": "1", "is_stocked": "on"})
    post(inn, f"{inn.of_double}rates/new/", {"night": "100"})
    post(inn, f"{inn.of_walk}schedule/new/", schedule_form(weekdays=["0"]))
    few = [queries(inn, path) for path in paths]
    for number in range(1, 20):
        post(inn, f"{ROOT}products/new/", {"name": f"Jar {number}", "price": "1", "is_stocked": "on"})
        post(inn, f"{inn.of_double}rates/new/", {"night": "90", "min_nights": str(number + 1)})
        post(inn, f"{inn.of_double}restrictions/", {"first_on": f"2026-12-{number:02}", "min_nights": "2"})
    post(inn, f"{inn.of_walk}schedule/new/", schedule_form(starts="15:00", weekdays=["1", "2", "3", "4"]))
    assert [queries(inn, path) for path in paths] == few
    assert max(few) <= 25


def test_a_copy_is_made_with_one_click_and_its_schedules_wait_to_be_started(inn: SimpleNamespace) -> None:
    names = {"ru": {"name": "Прогулка"}, "es": {"summary": "A pie"}}
    update_offering(inn.business.pk, inn.walk.public_id, SYSTEM, translations=names)
    daily = {"starts": "10:00", "weekdays": list("0123456"), "first_on": "2026-12-02", "capacity": "8"}
    post(inn, f"{inn.of_walk}schedule/new/", daily | {"last_on": "2026-12-05"})
    sheet = inn.client.post(f"{inn.of_walk}copy/", headers=HTMX)
    assert sheet.status_code == 200
    catalog = get_current_catalog(inn.business.pk)
    copy = next(one for one in catalog.offerings.values() if one.name == "Walk (copy)")
    url = f"{ROOT}offerings/{copy.public_id}/"
    assert (copy.is_public, copy.slug) == (False, "walk-copy")
    assert copy.text("name", "ru") == "Прогулка (копия)"
    assert sheet.headers["HX-Replace-Url"] == url
    assert f'action="{url}"' in sheet.content.decode()
    shown = page(inn, f"{url}schedule/")
    assert "Resting schedules" in shown
    assert "No sessions in this time." in shown
    with scope(business=inn.business.pk):
        resting = Schedule.objects.get(offering_id=copy.id)
    assert "This schedule rests" in page(inn, f"{url}schedule/{resting.public_id}/")
    earlier = {**daily, "starts": "08:00", "last_on": "2026-12-05"}
    post(inn, f"{url}schedule/{resting.public_id}/", earlier)
    with scope(business=inn.business.pk):
        assert not Session.objects.filter(offering_id=copy.id).exists()
    post(inn, f"{url}schedule/{resting.public_id}/start/", {})
    with scope(business=inn.business.pk):
        assert [one.starts_at.hour for one in Session.objects.filter(offering_id=copy.id)] == [8, 8, 8, 8]
    assert "Resting schedules" not in page(inn, f"{url}schedule/")


def test_who_may_not_write_copies_and_starts_nothing(inn: SimpleNamespace) -> None:
    post(inn, f"{inn.of_walk}schedule/new/", {"starts": "10:00", "weekdays": "0", "first_on": "2026-12-02"})
    with scope(business=inn.business.pk):
        schedule = Schedule.objects.get()
    post(inn, f"{inn.of_walk}schedule/{schedule.public_id}/end/", {})
    operator = client_of(make_member(inn.business, Role.OPERATOR))
    for path in (f"{inn.of_walk}copy/", f"{inn.of_walk}schedule/{schedule.public_id}/start/"):
        assert operator.post(path).status_code == 403
    with scope(business=inn.business.pk):
        assert Offering.objects.count() == 2
        assert not Schedule.objects.filter(is_active=True).exists()

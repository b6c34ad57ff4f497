"""The waiting list, series and declining at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.modules.booking.models import Booking, Cancellation, Series, WaitingEntry
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import Role
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.waiting_fit import Wished
from horarium.workflows.waiting_list import Joining, join
from tests.factories import make_business, make_location, make_member, make_offering, make_resource

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
START = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture
def world() -> Iterator[SimpleNamespace]:
    """A spa with one person and one hour for 50 EUR, in Lisbon."""
    with frozen(NOW):
        business = make_business(slug="spa")
        location = make_location(business, hours="09:00-20:00")
        anna = make_resource(location, name="Anna")
        massage = make_offering(location, needs=[[anna]], price=5000, name="Massage")
        asked = make_offering(location, needs=[[anna]], price=5000, name="Asked", needs_approval=True)
        client = Client()
        client.force_login(make_member(business).user)
        yield SimpleNamespace(business=business, massage=massage, asked=asked, client=client)


def post(world: SimpleNamespace, path: str, data: dict[str, Any]) -> Any:
    return world.client.post(f"/manage/spa/{path}", data)


def page(world: SimpleNamespace, path: str) -> str:
    answer = world.client.get(f"/manage/spa/{path}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def bookings(world: SimpleNamespace) -> list[Booking]:
    with scope(business=world.business.pk):
        return list(Booking.objects.order_by("starts_at", "id"))


def wait(world: SimpleNamespace, name: str = "Maria Silva") -> WaitingEntry:
    contact = Contact(name, "maria@example.org")
    day = date(2026, 12, 3)
    joining = Joining(contact, Wished(world.massage.public_id), day, day)
    return join(world.business.pk, joining, Actor.guest("page"), NOW)


def form(world: SimpleNamespace, **fields: Any) -> dict[str, Any]:
    return {
        "name": "Maria Silva",
        "offering": world.massage.public_id,
        "on": "2026-12-03",
        "at": "10:00",
        "repeats": "week",
        "times": "3",
        "every": "1",
        **fields,
    }


def test_the_list_shows_who_waits_and_offers_by_hand(world: SimpleNamespace) -> None:
    entry = wait(world)
    assert "Maria Silva" in page(world, "waiting/")
    assert "Maria Silva" not in page(world, "waiting/?state=taken")
    assert "Maria Silva" not in page(world, "waiting/?on=2026-12-04")
    assert post(world, f"waiting/{entry.public_id}/offer/", {}).status_code == 302
    assert "Time offered" in page(world, "waiting/?state=offered")
    assert [one.state for one in bookings(world)] == ["held"]
    assert post(world, f"waiting/{entry.public_id}/remove/", {}).status_code == 302
    assert [one.state for one in bookings(world)] == ["cancelled"]


def test_who_may_only_read_cannot_offer(world: SimpleNamespace) -> None:
    entry = wait(world)
    world.client.force_login(make_member(world.business, Role.ACCOUNTANT).user)
    assert post(world, f"waiting/{entry.public_id}/offer/", {}).status_code == 403


def test_a_booking_is_repeated_from_the_form(world: SimpleNamespace) -> None:
    assert post(world, "bookings/new/", form(world)).status_code == 302
    found = bookings(world)
    assert [one.starts_at for one in found] == [START, START + WEEK, START + 2 * WEEK]
    with scope(business=world.business.pk):
        assert Series.objects.count() == 1
    assert "See or change the series" in page(world, f"bookings/{found[1].public_id}/")


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ({"repeats": "day", "times": "3", "every": "2"}, [0, 2, 4]),
        ({"repeats": "week", "times": "4", "weekdays": ["0", "3"]}, [0, 4, 7, 11]),
        ({"repeats": "week", "every": "2", "ends": "date", "until": "2026-12-31"}, [0, 14, 28]),
        ({"repeats": "month", "times": "3"}, [0, 35, 63]),
    ],
)
def test_every_rule_is_shown_with_its_dates_and_then_booked(
    world: SimpleNamespace, rule: dict[str, Any], days: list[int]
) -> None:
    shown = world.client.get("/manage/spa/bookings/new/plan/", form(world, **rule))
    dates = shown.context["repeated"].plan.occurrences
    expected = [START + timedelta(days=number) for number in days]
    assert [one.start for one in dates] == expected
    assert post(world, "bookings/new/", form(world, **rule)).status_code == 302
    assert [one.starts_at for one in bookings(world)] == expected


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"repeats": "week", "times": "53"}, "No more than 52 dates at once."),
        ({"repeats": "week", "ends": "date"}, "Choose the last date."),
        ({"repeats": "day", "ends": "date", "until": "2026-12-01"}, "Choose a last date after the first one"),
        ({"repeats": "month", "every": "27"}, "From 1 to 26."),
    ],
)
def test_a_rule_that_cannot_be_says_what_to_do(
    world: SimpleNamespace, rule: dict[str, Any], text: str
) -> None:
    refused = post(world, "bookings/new/", form(world, **rule))
    assert (refused.status_code, text in refused.content.decode()) == (422, True)
    assert 'value="Maria Silva"' in refused.content.decode()
    assert bookings(world) == []


def test_dates_that_clash_are_asked_about_before_anything_is_taken(world: SimpleNamespace) -> None:
    item = SlotItem(world.massage.public_id, START + WEEK)
    place_order("spa", Checkout(Contact("Other"), (item,)), Actor.system(), NOW, staff=True)
    asked = post(world, "bookings/new/", form(world))
    assert asked.status_code == 409
    assert "1 date is not free" in asked.content.decode()
    assert len(bookings(world)) == 1
    later = (START + WEEK + timedelta(hours=1)).isoformat()
    assert post(world, "bookings/new/", form(world, date_1=later)).status_code == 302
    assert [one.starts_at - START for one in bookings(world) if one.series_id] == [
        timedelta(0),
        WEEK + timedelta(hours=1),
        2 * WEEK,
    ]


def test_somebody_else_serves_a_date_at_the_same_time(world: SimpleNamespace) -> None:
    bela = make_resource(world.massage.location, name="Bela")
    with scope(business=world.business.pk):
        need = world.massage.requirements.get()
        need.choices.create(business_id=world.business.pk, resource=bela)
    bump_catalog_revision(world.business.pk)
    item = SlotItem(world.massage.public_id, START + WEEK, resource=bela.public_id)
    place_order("spa", Checkout(Contact("Other"), (item,)), Actor.system(), NOW, staff=True)
    asked = post(world, "bookings/new/", form(world, resource=bela.public_id))
    assert "Anybody free" in asked.content.decode()
    chosen = f"{(START + WEEK).isoformat()} any"
    assert (
        post(world, "bookings/new/", form(world, resource=bela.public_id, date_1=chosen)).status_code == 302
    )
    with scope(business=world.business.pk):
        served = [one.assignments.get().resource.name for one in bookings(world) if one.series_id]
    assert served == ["Bela", "Anna", "Bela"]


def test_a_series_is_previewed_moved_and_cancelled_from_its_sheet(world: SimpleNamespace) -> None:
    post(world, "bookings/new/", form(world))
    second = bookings(world)[1]
    path = f"bookings/{second.public_id}/series/"
    assert "This and the following dates" in page(world, path)
    move = {"reach": "following", "on": "2026-12-10", "at": "12:00", "keep": "on"}
    shown = post(world, path, {**move, "do": "preview"})
    assert (shown.status_code, "Change the dates" in shown.content.decode()) == (200, True)
    assert bookings(world)[1].starts_at == START + WEEK
    assert post(world, path, {**move, "do": "move"}).status_code == 302
    hours = timedelta(hours=2)
    assert [one.starts_at - START for one in bookings(world)] == [
        timedelta(0),
        WEEK + hours,
        2 * WEEK + hours,
    ]
    asked = post(world, path, {"reach": "following", "do": "ask"})
    assert "2 dates are cancelled" in asked.content.decode()
    assert post(world, path, {"reach": "following", "do": "cancel"}).status_code == 302
    assert [one.state for one in bookings(world)] == ["confirmed", "cancelled", "cancelled"]


def test_somebody_else_serves_the_following_dates(world: SimpleNamespace) -> None:
    post(world, "bookings/new/", form(world))
    bela = make_resource(world.massage.location, name="Bela")
    with scope(business=world.business.pk):
        need = world.massage.requirements.get()
        need.choices.create(business_id=world.business.pk, resource=bela)
    bump_catalog_revision(world.business.pk)
    second = bookings(world)[1]
    path = f"bookings/{second.public_id}/series/"
    assert "Bela" in page(world, path)
    change = {"reach": "following", "resource": bela.public_id, "do": "preview"}
    shown = post(world, path, change)
    assert shown.context["preview"].money.before == shown.context["preview"].money.after
    assert post(world, path, {**change, "do": "move"}).status_code == 302
    with scope(business=world.business.pk):
        served = [one.assignments.get().resource.name for one in bookings(world)]
    assert served == ["Anna", "Bela", "Bela"]
    assert [one.starts_at for one in bookings(world)] == [START, START + WEEK, START + 2 * WEEK]


def test_a_move_that_clashes_changes_nothing_and_says_where(world: SimpleNamespace) -> None:
    post(world, "bookings/new/", form(world))
    item = SlotItem(world.massage.public_id, START + 2 * WEEK + timedelta(hours=2))
    place_order("spa", Checkout(Contact("Other"), (item,)), Actor.system(), NOW, staff=True)
    first = bookings(world)[0]
    move = {"reach": "all", "on": "2026-12-03", "at": "12:00", "keep": "on", "do": "move"}
    refused = post(world, f"bookings/{first.public_id}/series/", move)
    assert refused.status_code == 409
    assert "some dates are not free" in refused.content.decode()
    assert [one.starts_at for one in bookings(world)][:3] == [START, START + WEEK, START + 2 * WEEK]


def test_a_single_booking_has_no_series_page(world: SimpleNamespace) -> None:
    post(world, "bookings/new/", form(world, repeats=""))
    [only] = bookings(world)
    assert world.client.get(f"/manage/spa/bookings/{only.public_id}/series/").status_code == 404


def test_a_request_is_declined_with_a_reason(world: SimpleNamespace) -> None:
    item = SlotItem(world.asked.public_id, START)
    checkout = Checkout(Contact("Maria", "maria@example.org"), (item,))
    place_order("spa", checkout, Actor.guest("page"), NOW)
    [asked] = bookings(world)
    path = f"bookings/{asked.public_id}/decline/"
    assert "Decline the request" in page(world, path)
    assert post(world, path, {"reason": " "}).status_code == 422
    assert post(world, path, {"reason": "Private event"}).status_code == 302
    with scope(business=world.business.pk):
        assert Cancellation.objects.get().reason == "Private event"

"""The chessboard's drag: where a stay may go, what that costs, who is in the way, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.modules.booking.models import Booking, BookingState
from horarium.modules.catalog.models import Extra, Restriction
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, StayItem
from tests.factories import make_offering, make_price, make_resource

from .inn import NOW, open_inn, page

pytestmark = pytest.mark.django_db
CLASH = "This room is not free for all of these nights."


@pytest.fixture
def inn() -> Iterator[SimpleNamespace]:
    """A night costs 100 EUR, from 20 December on 150; Ada has Room 1 from 4 to 6 December."""
    for found in open_inn():
        make_price(found.double, 10_000, basis="per_night")
        make_price(
            found.double,
            15_000,
            basis="per_night",
            priority=10,
            valid_from=date(2026, 12, 20),
            valid_until=date(2026, 12, 31),
        )
        make_offering(
            found.location,
            needs=[[make_resource(found.location, kind="room", name="Suite 9")]],
            mode="stay",
            durations=[],
            name="Suite",
        )
        with scope(business=found.business.pk):
            found.one, found.two = Resource.objects.filter(name__in=["Room 1", "Room 2"]).order_by("name")
            found.suite = Resource.objects.get(name="Suite 9")
        found.ada = book(found, "Ada", 4, 6, found.one)
        yield found


def book(inn: SimpleNamespace, name: str, first: int, last: int, room: Resource, *extras: str) -> Booking:
    item = StayItem(
        inn.double.public_id,
        date(2026, 12, first),
        date(2026, 12, last),
        Guests(1),
        resource=room.public_id,
        extras=extras,
    )
    checkout = Checkout(Contact(name, f"{name.lower()}@example.org"), (item,))
    order = place_order("inn", checkout, Actor.system(), NOW, staff=True)
    with scope(business=inn.business.pk):
        return Booking.objects.get(order=order)


def where(inn: SimpleNamespace, booking: Booking) -> tuple[str, int, int]:
    """Its room, and the days of its arrival and departure."""
    with scope(business=inn.business.pk):
        found = Booking.objects.get(pk=booking.pk)
        return found.assignments.get().resource.name, found.starts_at.day, found.ends_at.day


def is_chosen(inn: SimpleNamespace, booking: Booking) -> bool:
    with scope(business=inn.business.pk):
        return Booking.objects.get(pk=booking.pk).is_resource_chosen


def drag(inn: SimpleNamespace, booking: Booking, day: int, room: Resource, *, drop: bool = True) -> Any:
    path = f"/manage/inn/calendar/stays/{booking.public_id}/"
    place = {"on": f"2026-12-{day:02}", "resource": room.public_id}
    return (inn.client.post if drop else inn.client.get)(path, place)


def test_a_stay_is_moved_to_another_room_and_other_nights_and_back(inn: SimpleNamespace) -> None:
    verdict = drag(inn, inn.ada, 10, inn.two, drop=False).json()
    assert verdict == {"reason": None, "text": "", "names": [], "note": ""}
    assert where(inn, inn.ada) == ("Room 1", 4, 6)
    done = drag(inn, inn.ada, 10, inn.two)
    assert done.status_code == 200
    assert "Ada: moved to Room 2" in done.json()["text"]
    assert where(inn, inn.ada) == ("Room 2", 10, 12)
    back = done.json()["undo"]
    assert "Move it back" in page(inn, back)
    assert inn.client.post(back).status_code == 302
    assert where(inn, inn.ada) == ("Room 1", 4, 6)
    assert "The minute is over" in page(inn, back)


@pytest.mark.parametrize("was_chosen", [False, True])
def test_undo_puts_back_whether_the_room_was_chosen(inn: SimpleNamespace, was_chosen: bool) -> None:
    """A stay that nobody gave a room on purpose may change rooms again, as before."""
    with scope(business=inn.business.pk):
        Booking.objects.filter(pk=inn.ada.pk).update(is_resource_chosen=was_chosen, is_pinned=False)
    done = drag(inn, inn.ada, 4, inn.two)
    assert is_chosen(inn, inn.ada)
    assert inn.client.post(done.json()["undo"]).status_code == 302
    assert (where(inn, inn.ada), is_chosen(inn, inn.ada)) == (("Room 1", 4, 6), was_chosen)


def test_a_clash_names_the_guest_and_changes_nothing(inn: SimpleNamespace) -> None:
    book(inn, "Ben", 10, 12, inn.two)
    for drop, status in ((False, 200), (True, 409)):
        answer = drag(inn, inn.ada, 11, inn.two, drop=drop)
        assert (answer.status_code, answer.json()["text"]) == (status, CLASH)
        assert answer.json()["names"] == ["Ben, Thu, Dec 10 \u2013 Sat, Dec 12"]
    assert where(inn, inn.ada) == ("Room 1", 4, 6)


def test_its_own_room_must_be_free_although_another_one_is(inn: SimpleNamespace) -> None:
    book(inn, "Ben", 10, 12, inn.one)
    assert drag(inn, inn.ada, 11, inn.one).json()["text"] == CLASH
    assert where(inn, inn.ada) == ("Room 1", 4, 6)


def test_who_is_moved_in_the_own_room_has_not_chosen_it(inn: SimpleNamespace) -> None:
    with scope(business=inn.business.pk):
        Booking.objects.filter(pk=inn.ada.pk).update(is_resource_chosen=False)
    assert drag(inn, inn.ada, 8, inn.one).status_code == 200
    with scope(business=inn.business.pk):
        assert not Booking.objects.get(pk=inn.ada.pk).is_resource_chosen
    assert where(inn, inn.ada) == ("Room 1", 8, 10)


def test_another_price_is_confirmed_in_the_form(inn: SimpleNamespace) -> None:
    with scope(business=inn.business.pk):
        breakfast = Extra.objects.create(
            business=inn.business, offering=inn.double, name="Breakfast", max_quantity=4
        )
    make_price(inn.double, 1_000, basis="per_night", extra=breakfast)
    ben = book(inn, "Ben", 8, 10, inn.two, breakfast.public_id, breakfast.public_id)
    assert drag(inn, ben, 20, inn.one, drop=False).json()["note"] == "€240 → €340"
    answer = drag(inn, ben, 20, inn.one)
    assert answer.status_code == 409
    assert where(inn, ben) == ("Room 2", 8, 10)
    form = answer.json()["confirm"]
    shown = page(inn, form)
    assert ("2026-12-20" in shown, "€340" in shown, "Beyond the terms" in shown) == (True, True, True)
    sent = {name: values[0] for name, values in parse_qs(urlsplit(form).query).items()}
    path = urlsplit(form).path
    inn.client.post(path, {**sent, "pricing": "keep"})
    assert where(inn, ben) == ("Room 2", 8, 10)
    inn.client.post(path, {**sent, "pricing": "keep", "reason": "Our mistake"})
    assert where(inn, ben) == ("Room 1", 20, 22)
    with scope(business=inn.business.pk):
        ben.refresh_from_db()
        assert (ben.total_minor, ben.extra_lines.get().quantity) == (24_000, 2)


def test_limits_that_bind_guests_are_said_and_broken_with_a_reason(inn: SimpleNamespace) -> None:
    with scope(business=inn.business.pk):
        Restriction.objects.create(
            business=inn.business,
            offering=inn.double,
            first_on=date(2026, 12, 12),
            last_on=date(2026, 12, 13),
            min_nights=3,
        )
    bump_catalog_revision(inn.business.pk)
    assert drag(inn, inn.ada, 12, inn.one, drop=False).json()["note"] == "Shorter than guests may stay then."
    answer = drag(inn, inn.ada, 12, inn.one)
    assert "Shorter than guests may stay then." in page(inn, answer.json()["confirm"])
    assert where(inn, inn.ada) == ("Room 1", 4, 6)
    path, _, sent = answer.json()["confirm"].partition("?")
    asked = inn.client.post(path, dict(parse_qsl(sent)))
    assert asked.status_code == 422
    assert where(inn, inn.ada) == ("Room 1", 4, 6)
    inn.client.post(path, {**dict(parse_qsl(sent)), "reason": "A storm"})
    assert where(inn, inn.ada) == ("Room 1", 12, 14)
    with scope(business=inn.business.pk):
        noted = AuditEntry.objects.get(action="terms.overridden").after or {}
    assert (noted["limit"], noted["reason"]) == ("min_stay", "A storm")
    assert drag(inn, inn.ada, 4, inn.two).status_code == 200


def test_a_room_of_another_type_is_refused(inn: SimpleNamespace) -> None:
    answer = drag(inn, inn.ada, 4, inn.suite)
    assert answer.status_code == 409
    assert answer.json()["text"]
    assert where(inn, inn.ada) == ("Room 1", 4, 6)


def test_who_is_here_may_change_rooms_but_not_arrive_again(inn: SimpleNamespace) -> None:
    with scope(business=inn.business.pk):
        Booking.objects.filter(pk=inn.ada.pk).update(state=BookingState.CHECKED_IN)
    assert drag(inn, inn.ada, 5, inn.one).json()["reason"] == "state"
    assert drag(inn, inn.ada, 4, inn.two).status_code == 200
    assert where(inn, inn.ada) == ("Room 2", 4, 6)


def test_places_that_make_no_sense_are_no_errors_of_ours(inn: SimpleNamespace) -> None:
    path = f"/manage/inn/calendar/stays/{inn.ada.public_id}/"
    for place in ({}, {"on": "2026-13-40"}, {"on": "9999-12-31"}, {"on": "2026-12-08", "resource": "\x00"}):
        assert inn.client.post(path, place).status_code == 409, place
    assert inn.client.get("/manage/inn/calendar/stays/bkg_nobody/", {"on": "2026-12-08"}).status_code == 404
    assert where(inn, inn.ada) == ("Room 1", 4, 6)


def test_the_board_says_what_can_be_dragged_and_where(inn: SimpleNamespace) -> None:
    with scope(business=inn.business.pk):
        ben = book(inn, "Ben", 8, 10, inn.two)
        Booking.objects.filter(pk=ben.pk).update(state=BookingState.COMPLETED)
    shown = page(inn, "/manage/inn/calendar/?view=rooms&on=2026-12-04")
    assert shown.count("data-move=") == 1
    assert f'data-move="/manage/inn/calendar/stays/{inn.ada.public_id}/"' in shown
    assert 'data-in="2026-12-04" data-out="2026-12-06"' in shown
    assert f'data-room="{inn.two.public_id}" data-offerings="{inn.double.public_id}"' in shown
    assert datetime(2026, 12, 4, tzinfo=UTC).strftime('data-on="%Y-%m-%d"') in shown


def test_today_tells_which_rooms_are_free_tonight(inn: SimpleNamespace) -> None:
    """A guest who came yesterday has the room tonight; one who leaves today has not."""
    book(inn, "Ida", 1, 3, inn.two)
    with frozen(NOW + timedelta(days=1)):
        shown = page(inn, "/manage/inn/")
    assert "Free tonight" in shown
    assert "2 of 3" in shown
    assert shown.count("free tonight") == 2
    assert shown.count("taken tonight") == 1
    with frozen(NOW + timedelta(days=2)):
        assert "3 of 3" in page(inn, "/manage/inn/")

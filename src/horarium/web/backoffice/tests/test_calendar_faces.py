"""Rooms by days, sessions of a week, and the agenda of a day: what is there, and how many queries it takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit import clock
from horarium.modules.availability.actions_taking import Taking, take
from horarium.modules.availability.models import OwnerKind, Session, Supply
from horarium.modules.booking.models import Booking
from horarium.modules.catalog.models import Offering
from horarium.modules.resources.models import Resource
from horarium.platform.tenancy.models import Role
from tests.factories import (
    make_booking,
    make_business,
    make_location,
    make_member,
    make_offering,
    make_order,
    make_resource,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
DAY = date(2026, 12, 3)
ROOT = "/manage/inn/calendar/"


@pytest.fixture
def inn() -> Any:
    """A house in Lisbon, whose winter has the time of UTC, with two rooms, a sauna and a tour."""
    with clock.frozen(NOW):
        business = make_business(slug="inn", type="hotel")
        place = make_location(business, hours="08:00-22:00")
        rooms = [
            make_resource(place, kind="room", name=f"Room {number}", position=number) for number in (1, 2)
        ]
        guide = make_resource(place, name="Guide")
        sauna = make_resource(place, kind="equipment", name="Sauna")
        client = Client()
        client.force_login(make_member(business).user)
        yield SimpleNamespace(
            business=business,
            place=place,
            rooms=rooms,
            guide=guide,
            stay=make_offering(place, needs=[rooms], name="Double room", mode="stay", durations=[1440]),
            heat=make_offering(place, needs=[[sauna]], name="Heat"),
            tour=make_offering(place, needs=[[guide]], name="Walk", mode="session"),
            sauna=sauna,
            client=client,
        )


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)


def book(
    inn: SimpleNamespace, offering: Offering, resource: Resource, starts: datetime, ends: datetime, name: str
) -> Booking:
    order = make_order(inn.business, contact_name=name)
    booking = make_booking(order, offering, starts, ends_at=ends, resources=[resource])
    taking = Taking(resource.pk, int(starts.timestamp()), int(ends.timestamp()), booking.pk)
    with scope(business=inn.business.pk):
        take(inn.business.pk, [taking], owner_kind=OwnerKind.BOOKING, now=NOW)
    return booking


def session_of(inn: SimpleNamespace, starts: datetime, *, total: int = 4, taken: int = 0) -> Session:
    supply = Supply.objects.create(business=inn.business, total=total, taken=taken)
    return Session.objects.create(
        business=inn.business,
        offering=inn.tour,
        supply=supply,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        min_places=3,
    )


def page(inn: SimpleNamespace, client: Client | None = None, **query: Any) -> str:
    answer = (client or inn.client).get(ROOT, {"on": str(DAY), **query})
    assert answer.status_code == 200
    return answer.content.decode()


def rows(text: str) -> list[str]:
    """Rows of the rooms, without the head."""
    return [one.split("</tr>")[0] for one in text.split("<tr data-room=")[1:]]


def test_the_chessboard_has_a_bar_from_the_afternoon_of_arrival_to_the_morning_of_departure(
    inn: SimpleNamespace,
) -> None:
    first, second = inn.rooms
    book(inn, inn.stay, first, at(2, 15), at(4, 12), "Ada")
    book(inn, inn.stay, first, at(4, 15), at(5, 12), "Ben")
    text = page(inn)
    one, other = rows(text)
    assert 'colspan="62"' not in text
    bars = [cell for cell in one.split("<td ") if "rooms-taken" in cell]
    assert [cell.split('"')[1] for cell in bars] == ["4", "2"]
    assert ("Ada" in bars[0], "Ben" in bars[1]) == (True, True)
    assert "rooms-taken" not in other
    group = text.split('class="rooms-group"')[1].split("</tr>")[0]
    free = [one.split("<")[0] for one in group.split("num")[1:]]
    assert [one.rpartition(">")[2] for one in free][:5] == ["2", "1", "1", "1", "2"]
    assert second.name in other


def test_a_hotel_starts_with_its_rooms_and_others_have_none(inn: SimpleNamespace) -> None:
    assert "Double room" in page(inn)
    assert "cal-feed" in page(inn, view="day")
    spa = make_business(slug="spa")
    make_resource(make_location(spa, hours="10:00-20:00"))
    client = Client()
    client.force_login(make_member(spa).user)
    assert "cal-feed" in client.get("/manage/spa/calendar/", {"view": "rooms"}).content.decode()


def test_sessions_of_the_week_show_places_and_guests(inn: SimpleNamespace) -> None:
    session = session_of(inn, at(4, 10), taken=2)
    order = make_order(inn.business, contact_name="Ada")
    make_booking(order, inn.tour, at(4, 10), session=session, party=2)
    session_of(inn, at(20, 10))
    text = page(inn, view="sessions")
    assert (text.count("card session-card"), "2/4" in text, "Ada" in text) == (1, True, True)
    assert "1 more needed to run" in text


def test_the_agenda_has_arrivals_departures_and_what_starts_by_the_hour(inn: SimpleNamespace) -> None:
    first, second = inn.rooms
    book(inn, inn.stay, first, at(1, 15), at(3, 12), "Leaves")
    book(inn, inn.stay, first, at(3, 15), at(5, 12), "Comes")
    book(inn, inn.stay, second, at(2, 15), at(6, 12), "Stays")
    book(inn, inn.heat, inn.sauna, at(3, 18), at(3, 19), "Warm")
    session_of(inn, at(3, 10), taken=3)
    text = page(inn, view="agenda")
    cards = [one.split("</section>")[0] for one in text.split("agenda-card")[1:]]
    assert [[name for name in ("Comes", "Leaves", "Stays") if name in card] for card in cards] == [
        ["Comes"],
        ["Leaves"],
        ["Stays"],
    ]
    hours = text.split('class="arrivals"')[1]
    assert hours.index("Walk") < hours.index("Warm")
    assert "3/4" in hours


def test_a_specialist_sees_only_what_their_own_resource_does(inn: SimpleNamespace) -> None:
    """T-42."""
    member = make_member(inn.business, Role.SPECIALIST, user=make_user())
    with scope(business=inn.business.pk):
        Resource.objects.filter(pk=inn.sauna.pk).update(member=member)
    book(inn, inn.heat, inn.sauna, at(3, 18), at(3, 19), "Warm")
    book(inn, inn.stay, inn.rooms[0], at(3, 15), at(5, 12), "Comes")
    session = session_of(inn, at(3, 10))
    taking = Taking(inn.guide.pk, int(at(3, 10).timestamp()), int(at(3, 12).timestamp()), session.pk)
    with scope(business=inn.business.pk):
        take(inn.business.pk, [taking], owner_kind=OwnerKind.SESSION, now=NOW)
    client = Client()
    client.force_login(member.user)
    text = page(inn, client, view="agenda")
    assert ("Warm" in text, "Comes" in text, "Walk" in text) == (True, False, False)


@pytest.mark.parametrize("count", [10, 100])
@pytest.mark.parametrize("view", ["rooms", "sessions", "agenda"])
def test_a_face_costs_the_same_number_of_queries_however_much_there_is(
    inn: SimpleNamespace, view: str, count: int
) -> None:
    for number in range(count):
        room = make_resource(inn.place, kind="room", name=f"R{number}", position=10 + number)
        with scope(business=inn.business.pk):
            choice = inn.stay.requirements.get().choices.create(business=inn.business, resource=room)
            assert choice.pk
        book(inn, inn.stay, room, at(3, 15), at(5, 12), f"Guest {number}")
        session_of(inn, at(3, 10), taken=1)
    page(inn, view=view)
    with CaptureQueriesContext(connection) as queries:
        page(inn, view=view)
    own = [one["sql"] for one in queries.captured_queries]
    own = [one for one in own if "django_session" not in one and "identity_user" not in one]
    assert len(own) <= 12, [one[:90] for one in own]

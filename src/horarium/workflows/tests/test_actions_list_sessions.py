"""Sessions by date: places left, prices, reasons; shared slots; and that an answer is kept only while it is true."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.actions_sessions import cancel_session, change_session
from horarium.modules.availability.actions_shared_slots import NewSession, open_sessions
from horarium.modules.availability.rules.session_drafts import SessionChange
from horarium.modules.availability.tests.session_scene import (
    LAPSE,
    NOW,
    SYSTEM,
    TOMORROW,
    Tours,
    add_session,
    at,
    ids,
    make_tours,
    run_schedule,
    sell,
    sessions,
)
from horarium.workflows.list_sessions import SessionDay, SessionSlot, list_sessions
from horarium.workflows.sessions_asked import SessionWish
from tests.factories import make_offering, make_price

pytestmark = pytest.mark.django_db


def listed(tours: Tours, days: int = 1, *, places: int = 1, now: object = NOW) -> list[SessionDay]:
    listing = list_sessions(
        tours.business.slug,
        tours.offering.public_id,
        first_on=TOMORROW,
        last_on=TOMORROW + timedelta(days=days - 1),
        wish=SessionWish(places),
        now=now,  # type: ignore[arg-type]  # an instant, given late
    )
    return list(listing.days)


def only(tours: Tours, **fields: object) -> SessionSlot:
    [one] = listed(tours, **fields)[0].sessions  # type: ignore[arg-type]  # as `listed`
    return one


def brief(days: list[SessionDay]) -> list[tuple[int, str, str | None]]:
    return [(one.date.day, str(one.status), one.reason and str(one.reason)) for one in days]


def starts(day: SessionDay) -> list[str]:
    return [f"{one.start:%H:%M}" for one in day.sessions if one.reason is None]


def test_a_session_is_listed_with_its_places_tickets_and_prices() -> None:
    tours = make_tours()
    make_price(tours.offering, 6000, basis="per_person", ticket_type=tours.adult, weekdays=[2], priority=1)
    run_schedule(tours, note="Bring a hat", min_places=4, resources=ids(tours.guides[:1]))
    sell(sessions(tours)[0], 3)
    one = only(tours)
    assert (one.session, one.start, one.end) == (sessions(tours)[0].public_id, at(10), at(12))
    assert (one.places, one.capacity, one.reason, one.note) == (7, 10, None, "Bring a hat")
    assert (one.needs_more, one.resources) == (1, ids(tours.guides[:1]))
    assert one.price == Money(3000, "EUR")
    assert [(each.ticket_type.name, each.price.minor, each.most) for each in one.tickets] == [
        ("Adult", 5000, 7),
        ("Child", 3000, 7),
        ("Infant", 0, 20),
    ]
    tomorrow = listed(tours, 2)[1].sessions[0]
    assert [each.price.minor for each in tomorrow.tickets] == [6000, 3000, 0]


def test_each_refusal_has_its_reason() -> None:
    tours = make_tours(horizon_days=4)
    run_schedule(tours)
    made = sessions(tours)
    sell(made[1], 9)
    cancel_session(tours.id, made[2].public_id, reason="Storm", actor=SYSTEM, now=NOW)
    add_session(tours, at(10, day=6))
    assert brief(listed(tours, 7)) == [
        (1, "available", None),
        (2, "limited", None),
        (3, "closed", "cancelled"),
        (4, "available", None),
        (5, "closed", "closed"),
        (6, "closed", "horizon"),
        (7, "closed", "closed"),
    ]
    assert brief(listed(tours, 2, places=2)) == [(1, "available", None), (2, "sold_out", "capacity")]
    late = at(10) - timedelta(minutes=60)
    assert only(tours, now=late).reason is None
    assert only(tours, now=late + timedelta(microseconds=1)).reason == "cutoff"
    assert brief(listed(tours, now=late + timedelta(seconds=1))) == [(1, "closed", "cutoff")]


def test_places_of_a_lapsed_hold_are_listed_again_at_that_instant() -> None:
    """T-51: also from memory."""
    tours = make_tours()
    run_schedule(tours)
    sell(sessions(tours)[0], 10, until=LAPSE)
    assert only(tours).reason == "capacity"
    assert only(tours, now=LAPSE - timedelta(microseconds=1)).places == 0
    assert only(tours, now=LAPSE).places == 10


def test_an_answer_is_given_again_until_something_of_it_changes() -> None:
    tours = make_tours()
    run_schedule(tours)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            listed(tours, 14)
        return len(seen)

    assert queries() <= 6
    assert queries() == 2
    first, second = sessions(tours)[:2]
    sell(first, 1)
    assert (queries(), queries()) == (3, 2)
    change_session(tours.id, second.public_id, SessionChange(starts_at=at(15, day=2)), SYSTEM, NOW)
    assert listed(tours, 2)[1].sessions[0].start == at(15, day=2)
    assert (queries(), queries()) == (3, 2)


def test_the_number_of_queries_does_not_grow_with_the_number_of_sessions() -> None:
    tours = make_tours(guides=5, horizon_days=90)
    for hour in (8, 11, 14, 17):
        run_schedule(tours, starts_minute=hour * 60)
    with CaptureQueriesContext(connection) as seen:
        days = listed(tours, 90)
    assert sum(len(one.sessions) for one in days) == 4 * 90
    assert len(seen) <= 6


def test_days_are_those_of_the_location() -> None:
    """T-15."""
    tours = make_tours(needs=False)
    place = tours.offering.location
    place.time_zone = "America/Santiago"
    place.save()
    add_session(tours, at(1, 30, day=2))
    [day] = [one for one in listed(tours, 3) if one.sessions]
    assert (day.date, f"{day.sessions[0].start:%H:%M}") == (date(2026, 12, 1), "22:30")


def test_a_question_that_cannot_be_is_refused() -> None:
    tours = make_tours()
    other = make_offering(tours.offering.location)
    fields = {"first_on": TOMORROW, "last_on": TOMORROW, "now": NOW}
    with pytest.raises(InvalidInput) as refused:
        list_sessions(tours.business.slug, other.public_id, wish=SessionWish(), **fields)  # type: ignore[arg-type]
    assert refused.value.field == "offering"
    with pytest.raises(InvalidInput):
        listed(tours, places=0)
    with pytest.raises(NotFound):
        list_sessions(tours.business.slug, "off_x", wish=SessionWish(), **fields)  # type: ignore[arg-type]


def make_sauna(**fields: object) -> Tours:
    """One sauna for six, an hour and a half from every full hour, open from ten to one."""
    plain = {"is_shared": True, "capacity": 6, "durations": [90], "grid_minutes": 60, "hours": "10:00-13:00"}
    return make_tours(**{"guides": 1, **plain, **fields})  # type: ignore[arg-type]  # as `make_tours`


def open_slot(tours: Tours, hour: int, places: int, *, until: object = None) -> int:
    """A shared session of the first guests, who are the booking of the key 1."""
    from horarium.modules.availability.rules.solver import Claim

    claims = tuple(
        Claim(one.pk, 0, int(at(hour).timestamp()), int(at(hour, 30).timestamp()) + 3600)
        for one in tours.guides[:1]
    )
    new = NewSession(tours.offering.pk, at(hour), at(hour) + timedelta(minutes=90), 6, places, claims)
    [opened] = open_sessions(tours.id, [new], now=NOW, expires_at=until)  # type: ignore[arg-type]
    session = next(one for one in sessions(tours) if one.pk == opened.session_id)
    sell(session, places, until=until)  # type: ignore[arg-type]
    return opened.session_id


def test_a_shared_slot_is_offered_at_every_free_start_and_joined_where_somebody_is() -> None:
    """T-06, T-08."""
    tours = make_sauna()
    [day] = listed(tours)
    assert starts(day) == ["10:00", "11:00"]
    assert {(one.session, one.places, one.capacity) for one in day.sessions} == {(None, 6, 6)}
    open_slot(tours, 11, 4)
    [day] = listed(tours)
    assert [(f"{one.start:%H:%M}", one.places, one.session is None) for one in day.sessions] == [
        ("11:00", 2, False)
    ]
    assert brief(listed(tours, places=3)) == [(1, "sold_out", "capacity")]
    assert brief(listed(tours, places=7)) == [(1, "sold_out", "capacity")]


def test_a_second_room_takes_those_who_do_not_fit_in_the_first() -> None:
    tours = make_sauna(guides=2)
    open_slot(tours, 10, 5)
    [day] = listed(tours)
    assert [(f"{one.start:%H:%M}", one.places) for one in day.sessions] == [("10:00", 1), ("11:00", 6)]
    [day] = listed(tours, places=2)
    assert (f"{day.sessions[0].start:%H:%M}", day.sessions[0].places, day.sessions[0].session) == (
        "10:00",
        6,
        None,
    )


def test_a_shared_slot_whose_guests_never_paid_is_free_again_at_that_instant() -> None:
    """T-51."""
    tours = make_sauna()
    open_slot(tours, 10, 6, until=LAPSE)
    assert brief(listed(tours)) == [(1, "sold_out", "capacity")]
    [day] = listed(tours, now=LAPSE)
    assert [(f"{one.start:%H:%M}", one.places, one.session) for one in day.sessions] == [
        ("10:00", 6, None),
        ("11:00", 6, None),
    ]


def test_days_without_a_free_start_say_why() -> None:
    tours = make_sauna(horizon_days=2)
    place_block(tours.id, [tours.guides[0].pk], at(9), at(14), reason="", actor=SYSTEM, now=NOW)
    assert brief(listed(tours, 3)) == [
        (1, "sold_out", "blocked"),
        (2, "available", None),
        (3, "closed", "horizon"),
    ]
    noon = at(11, 30, day=2)
    assert brief(listed(tours, 2, now=noon))[1] == (2, "closed", "cutoff")

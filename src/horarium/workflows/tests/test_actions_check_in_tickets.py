"""The door: each outcome, once in, back out, and whom the screen lists."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scope

from horarium.kit.errors import NotFound
from horarium.kit.zones import zone
from horarium.modules.availability.actions_sessions import cancel_session
from horarium.modules.availability.models import Session
from horarium.modules.availability.tests.session_scene import (
    NOW,
    SYSTEM,
    Tours,
    add_session,
    at,
    facts,
    make_tours,
)
from horarium.modules.booking.actions_tickets import attend_session, issue_tickets, void_tickets
from horarium.modules.booking.models import Booking, Ticket
from horarium.modules.booking.queries_tickets import bookings_of_session, list_doors, list_tickets
from horarium.modules.booking.rules_tickets import Entry, Shown, code_of, may_enter
from horarium.platform.audit.models import AuditEntry
from horarium.workflows.check_in_tickets import check_in, check_in_by_id, take_back_check_in
from tests.factories import make_booking, make_order

pytestmark = pytest.mark.django_db
DOORS = at(9, 45)


def book(
    tours: Tours, session: Session, adults: int = 2, *, name: str = "Anna", state: str = "confirmed"
) -> list[Ticket]:
    """Tickets numbered from one."""
    order = make_order(
        tours.business,
        contact_name=name,
        contact_email=f"{name[:2].lower()}@example.org",
        contact_phone="+351912345678",
        created_at=NOW,
    )
    booking = make_booking(
        order, tours.offering, session.starts_at, ends_at=session.ends_at, session=session, state=state
    )
    with scope(business=tours.id):
        before = Ticket.objects.filter(session=session).count()
        return issue_tickets(booking, [(tours.adult.pk, 5000)] * adults, last_number=before + adults)


def state(ticket: Ticket) -> str:
    with scope(business=ticket.business_id):
        return str(Booking.objects.get(pk=ticket.booking_id).state)


def enter(
    tours: Tours, code: str, now: datetime = DOORS, session: Session | None = None
) -> tuple[str, object]:
    found = check_in(tours.id, code, SYSTEM, now, session_id=None if session is None else session.public_id)
    return str(found.outcome), found.since


def test_a_ticket_opens_the_door_once() -> None:
    tours = make_tours()
    first, second = book(tours, add_session(tours))
    assert (first.number, second.number) == (1, 2)
    assert len({first.code, second.code}) == 2
    assert len(first.code) == 20
    assert enter(tours, first.code) == ("ok", DOORS)
    assert state(first) == "checked_in"
    later = DOORS + timedelta(minutes=3)
    assert enter(tours, first.code, later) == ("already_in", DOORS)
    assert enter(tours, second.code, later) == ("ok", later)
    with scope(business=tours.id):
        actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions[-3:] == ["ticket.checked_in", "booking.checked_in", "ticket.checked_in"]


def test_what_was_scanned_or_typed_is_read_kindly() -> None:
    tours = make_tours()
    [ticket] = book(tours, add_session(tours), 1)
    for text in (
        f" {ticket.code.lower()} ",
        f"https://tours.example.org/t/{ticket.code}/",
        f"{ticket.code[:5]}-{ticket.code[5:10]} {ticket.code[10:]}",
    ):
        assert code_of(text) == ticket.code
    assert enter(tours, f"https://tours.example.org/t/{ticket.code}") == ("ok", DOORS)


def test_each_refusal_is_clear() -> None:
    tours, stranger = make_tours(), make_tours()
    session, other = add_session(tours), add_session(tours)
    [good] = book(tours, session, 1)
    assert enter(tours, "0" * 20) == ("unknown", None)
    assert enter(stranger, good.code) == ("unknown", None)
    assert enter(tours, good.code, DOORS - timedelta(days=1)) == ("wrong_day", None)
    assert enter(tours, good.code, DOORS + timedelta(days=1)) == ("wrong_day", None)
    assert enter(tours, good.code, session=other) == ("wrong_session", None)
    for was, outcome in (
        ("held", "not_confirmed"),
        ("pending", "not_confirmed"),
        ("cancelled", "cancelled"),
        ("expired", "cancelled"),
        ("no_show", "ok"),
    ):
        [ticket] = book(tours, session, 1, state=was)
        assert enter(tours, ticket.code)[0] == outcome
    [void] = book(tours, session, 1)
    with scope(business=tours.id):
        assert void_tickets([void.booking], NOW) == 1
    assert enter(tours, void.code) == ("cancelled", None)
    cancel_session(tours.id, session.public_id, reason="Storm", actor=SYSTEM, now=NOW)
    assert enter(tours, good.code) == ("cancelled", None)


def test_a_mistake_at_the_door_is_taken_back() -> None:
    tours = make_tours()
    first, second = book(tours, add_session(tours))
    check_in(tours.id, first.code, SYSTEM, DOORS)
    assert check_in_by_id(tours.id, second.public_id, SYSTEM, DOORS).outcome is Entry.OK
    assert take_back_check_in(tours.id, first.public_id, SYSTEM).checked_in_at is None
    assert state(first) == "checked_in"
    take_back_check_in(tours.id, second.public_id, SYSTEM)
    take_back_check_in(tours.id, second.public_id, SYSTEM)
    assert state(first) == "confirmed"
    assert enter(tours, first.code)[0] == "ok"
    with pytest.raises(NotFound):
        take_back_check_in(tours.id, "tck_x", SYSTEM)


def test_the_screen_lists_who_is_expected_and_finds_them() -> None:
    tours = make_tours()
    session = add_session(tours)
    anna = book(tours, session, 2)
    book(tours, session, 1, name="Boris 100%")
    book(tours, session, 1, name="Carla", state="held")
    check_in(tours.id, anna[1].code, SYSTEM, DOORS)
    rows = list_tickets(tours.id, session.public_id)
    assert [(one.name, one.number, one.ticket_type, one.checked_in_at) for one in rows] == [
        ("Anna", 1, "Adult", None),
        ("Anna", 2, "Adult", DOORS),
        ("Boris 100%", 3, "Adult", None),
    ]
    for search, numbers in (
        ("ann", [1, 2]),
        ("#3", [3]),
        ("3", [3]),
        ("BO@", [3]),
        ("0%", [3]),
        ("_", []),
        ("345678", [1, 2, 3]),
    ):
        assert [one.number for one in list_tickets(tours.id, session.public_id, search=search)] == numbers
    [door] = list_doors(tours.id, at(0), at(23))
    assert (door.session_id, door.capacity, door.expected, door.arrived) == (session.public_id, 10, 3, 1)
    assert list_doors(tours.id, at(12), at(23)) == []
    cancel_session(tours.id, session.public_id, reason="Storm", actor=SYSTEM, now=NOW)
    assert [one.state for one in list_doors(tours.id, at(0), at(23))] == ["cancelled"]
    assert len(bookings_of_session(tours.id, session.public_id)) == 3
    other = make_tours()
    assert list_tickets(other.id, session.public_id) == []
    assert list_doors(other.id, at(0), at(23)) == []
    assert bookings_of_session(other.id, session.public_id) == []


def test_tickets_go_with_their_booking_to_another_session() -> None:
    """T-50: late money finds a shared slot that has been made anew; the codes in the guest's mail stay good."""
    tours = make_tours()
    session, other = add_session(tours), add_session(tours)
    book(tours, other, 2)
    tickets = book(tours, session, 2)
    with scope(business=tours.id):
        other.supply.issued = 2
        other.supply.save()
        attend_session(tickets[0].booking, other.pk)
        found = list(Ticket.objects.filter(booking=tickets[0].booking_id).order_by("number"))
    assert [(one.session_id, one.number, one.code) for one in found] == [
        (other.pk, 3, tickets[0].code),
        (other.pk, 4, tickets[1].code),
    ]
    assert facts(other).public_id == other.public_id


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-02 02:29", Entry.WRONG_DAY),
        ("2026-12-02 02:30", Entry.OK),
        ("2026-12-02 07:59", Entry.OK),
        ("2026-12-03 02:59", Entry.OK),
        ("2026-12-03 03:00", Entry.WRONG_DAY),
    ],
)
def test_the_door_opens_the_evening_before_for_what_begins_after_midnight(now: str, expected: Entry) -> None:
    """In Santiago, three hours behind: a night that begins at half past three on the second."""
    starts = datetime(2026, 12, 2, 6, 30, tzinfo=UTC)
    shown = Shown(False, "confirmed", starts, starts + timedelta(hours=4), None)
    instant = datetime.fromisoformat(f"{now}+00:00")
    assert may_enter(shown, instant, zone("America/Santiago")) is expected

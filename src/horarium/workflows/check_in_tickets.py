"""The door: a ticket is shown, and its guest comes in once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import NotFound
from horarium.kit.zones import zone
from horarium.modules.availability.models import SessionState
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.actions_changes import mark_booking
from horarium.modules.booking.actions_tickets import check_in_ticket, undo_check_in
from horarium.modules.booking.models import BookingState, Ticket
from horarium.modules.booking.queries_tickets import find_ticket, find_ticket_by_id
from horarium.modules.booking.rules_tickets import Entry, Shown, code_of, may_enter
from horarium.modules.resources.queries import is_of_member
from horarium.platform.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What the door says. `ticket` is None for an unknown one; `since`: when the guest came in."""

    outcome: Entry
    ticket: Ticket | None = None
    since: datetime | None = None


def check_in(
    business_id: int,
    code: str,
    actor: Actor,
    now: datetime,
    *,
    session_id: str | None = None,
    led_by: int | None = None,
) -> CheckIn:
    """Let in whoever shows this code (what was scanned, or typed), once. Nothing is refused with an exception.

    `session_id`: the session that this door is open for; without it any session of the day will do. `led_by`: the key
    of a member who lets in to their own sessions only, and is told nothing of other tickets.
    """
    found = find_ticket(business_id, code_of(code))
    if found is not None and not _is_theirs(found, led_by, now):
        return CheckIn(Entry.WRONG_SESSION)
    return _enter(business_id, found, actor, now, session_id)


def look_at(business_id: int, code: str, now: datetime, *, led_by: int | None = None) -> CheckIn:
    """What `check_in` would say to this code; nobody comes in."""
    found = find_ticket(business_id, code_of(code))
    if found is None:
        return CheckIn(Entry.UNKNOWN)
    if not _is_theirs(found, led_by, now):
        return CheckIn(Entry.WRONG_SESSION)
    return CheckIn(_judge(found, now, None), found, found.checked_in_at)


def leads_session(business_id: int, session_id: str, member_id: int, now: datetime) -> bool:
    """Whether a session has taken a resource of this member (by key): their guide, their bus. Raises NotFound."""
    with scope(business=business_id):
        return is_of_member(business_id, member_id, get_session_facts(business_id, session_id, now).resources)


def check_in_by_id(business_id: int, ticket_id: str, actor: Actor, now: datetime) -> CheckIn:
    """`check_in` of a ticket that was found in the list."""
    return _enter(business_id, find_ticket_by_id(business_id, ticket_id), actor, now, None)


def take_back_check_in(business_id: int, ticket_id: str, actor: Actor) -> Ticket:
    """It was a mistake: the ticket is good again. Twice is once. Raises NotFound."""
    found = find_ticket_by_id(business_id, ticket_id)
    if found is None:
        raise NotFound("ticket", params={"kind": "ticket"})
    with scope(business=business_id), transaction.atomic():
        lock_order(business_id, found.booking.order.public_id)
        found.refresh_from_db(fields=["checked_in_at"])
        undo_check_in(found, actor)
        found.refresh_from_db(fields=["checked_in_at", "checked_in_by"])
    return found


def _is_theirs(ticket: Ticket, led_by: int | None, now: datetime) -> bool:
    return led_by is None or leads_session(ticket.business_id, ticket.session.public_id, led_by, now)


def _enter(
    business_id: int, found: Ticket | None, actor: Actor, now: datetime, session_id: str | None
) -> CheckIn:
    if found is None:
        return CheckIn(Entry.UNKNOWN)
    with scope(business=business_id), transaction.atomic():
        lock_order(business_id, found.booking.order.public_id)
        found.refresh_from_db(fields=["checked_in_at", "voided_at"])
        found.booking.refresh_from_db(fields=["state"])
        outcome = _judge(found, now, session_id)
        if outcome is Entry.OK and check_in_ticket(found, actor, now):
            _arrive(found, actor, now)
            found.checked_in_at = now
    return CheckIn(outcome, found, found.checked_in_at)


def _judge(ticket: Ticket, now: datetime, session_id: str | None) -> Entry:
    session, booking = ticket.session, ticket.booking
    shown = Shown(
        is_void=ticket.voided_at is not None or session.state == SessionState.CANCELLED,
        booking_state=booking.state,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        checked_in_at=ticket.checked_in_at,
        is_expected=session_id in (None, session.public_id),
    )
    return may_enter(shown, now, zone(booking.location.time_zone))


def _arrive(ticket: Ticket, actor: Actor, now: datetime) -> None:
    """With the first guest of a booking the booking has come."""
    if ticket.booking.state in (BookingState.CONFIRMED, BookingState.NO_SHOW):
        mark_booking(ticket.booking, BookingState.CHECKED_IN, actor, now)

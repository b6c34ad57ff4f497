"""What is asked about sessions, checked against the catalogue: the listing and the plan answer the same question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from horarium.kit.errors import InvalidInput
from horarium.kit.zones import zone
from horarium.modules.availability.queries_sessions import SessionFacts
from horarium.modules.availability.rules.calendars import Calendar, Span
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.session_offers import SaleWindow, Seats, why_not_session
from horarium.modules.availability.rules.sessions import own_needs
from horarium.modules.availability.rules.solver import Limits, Solver, Wish
from horarium.modules.booking.rules_limits import guest_window
from horarium.modules.catalog.rules import Catalog, OfferingFacts, TicketTypeFacts, choose_duration
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import Occasion, Rule

YEARS = 3 * 366 * 86400


@dataclass(frozen=True, slots=True)
class SessionWish:
    """Places wanted, and minutes of a new shared slot."""

    places: int = 1
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class SessionAsked:
    """A question that the catalogue understands, with everything to answer it but the sessions themselves."""

    catalog: Catalog
    offering: OfferingFacts
    rules: tuple[Rule, ...]
    places: int
    duration: int
    staff: bool = False

    @property
    def tz(self) -> ZoneInfo:
        return zone(self.offering.location.time_zone)

    @property
    def margin_minutes(self) -> int:
        return self.duration + self.offering.buffer_before + self.offering.buffer_after + 60

    def window(self, now: datetime) -> SaleWindow:
        """Lead time and horizon for guests; staff sells until a session ends, years ahead."""
        if self.staff:
            second = int(now.timestamp()) + (1 if now.microsecond else 0)
            return SaleWindow(second, second + YEARS, until_end=True)
        return SaleWindow(*guest_window(self.offering, now))

    def occasion(self, start: datetime, minutes: int, party: int = 1) -> Occasion:
        """By the wall clock of the location."""
        local = start.astimezone(self.tz)
        return Occasion(local.date(), local.hour * 60 + local.minute, minutes, party)

    def why_not(self, session: SessionFacts, now: datetime, *, taken: int = 0) -> Reason | None:
        """Why a session does not sell the places. `taken`: what earlier items of the same order take of it."""
        seats = Seats(
            int(session.starts_at.timestamp()),
            int(session.ends_at.timestamp()),
            session.free - taken,
            session.is_scheduled,
            session.is_alive,
        )
        return why_not_session(seats, self.window(now), self.places)

    def solver(self, calendars: Mapping[int, Calendar], span: Span, now: datetime) -> Solver:
        """Where a new shared session could be."""
        window = self.window(now)
        limits = Limits(window.earliest, window.latest, keep_grid=not self.staff)
        wish = Wish(self.duration, party=self.offering.capacity)
        return Solver(own_needs(self.offering), wish, calendars, span, limits)

    def why_not_new(self, solver: Solver, second: int, there: Iterable[SessionFacts]) -> Reason | None:
        """Why no new shared session can be made at that start, beside those that are `there` already.

        Without resources of its own there is one session for each start: nothing else would limit them.
        """
        reason = solver.why_not(second)
        if reason is Reason.LEAD_TIME:
            return Reason.CUTOFF
        beside = any(one.is_scheduled and one.is_alive for one in there)
        if beside and (reason is Reason.TAKEN or (reason is None and not solver.parts)):
            return Reason.CAPACITY
        if reason is None and self.places > self.offering.capacity:
            return Reason.CAPACITY
        return reason


def ask_sessions(
    catalog: Catalog, offering_key: str, wish: SessionWish, *, staff: bool = False
) -> SessionAsked:
    """Check a wish against the catalogue. Raises NotFound or InvalidInput(field)."""
    offering = catalog.get_offering(offering_key, public_only=not staff)
    if offering.mode != "session":
        raise InvalidInput("has no sessions", field="offering", params={"reason": "mode"})
    if wish.places < 1:
        raise InvalidInput("no places", field="places", params={"reason": "out_of_range", "min": 1})
    return SessionAsked(
        catalog=catalog,
        offering=offering,
        rules=get_price_list(catalog.business.id, catalog.revision).get(offering.id, ()),
        places=wish.places,
        duration=choose_duration(offering, wish.duration),
        staff=staff,
    )


def choose_tickets(
    offering: OfferingFacts, wanted: Sequence[tuple[str, int]]
) -> tuple[tuple[TicketTypeFacts, int], ...]:
    """Ticket types and numbers in the order of the offering. Raises InvalidInput(`tickets`).

    Tickets without a place, such as that of a lap child, come with at least one that has.
    """
    known = {one.public_id: one for one in offering.ticket_types}
    counts: dict[str, int] = {}
    for public_id, number in wanted:
        if public_id not in known or number < 0:
            raise InvalidInput("no such ticket type", field="tickets", params={"reason": "ticket_type"})
        counts[public_id] = counts.get(public_id, 0) + number
    chosen = tuple((one, counts[key]) for key, one in known.items() if counts.get(key))
    if not any(one.places for one, _ in chosen):
        raise InvalidInput("no ticket with a place", field="tickets", params={"reason": "required"})
    for one, number in chosen:
        if number > one.max_per_order:
            params = {"reason": "too_many", "max": one.max_per_order, "ticket_type": one.public_id}
            raise InvalidInput("too many tickets of a type", field="tickets", params=params)
    return chosen


def find_at_start(
    asked: SessionAsked, solver: Solver, second: int, there: Sequence[SessionFacts], now: datetime
) -> SessionFacts | Reason | None:
    """What guests of a shared slot get at that start: a session to join, None for a new one, or why neither.

    `there`: the sessions of that start. Of those with places enough the one with the fewest left is joined.
    """
    able = [one for one in there if asked.why_not(one, now) is None]
    if able:
        return min(able, key=lambda one: (one.free, one.id))
    reason = asked.why_not_new(solver, second, there)
    if reason is None or not there:
        return reason
    return asked.why_not(fullest_last(there)[0], now) or reason


def fullest_last(there: Sequence[SessionFacts]) -> list[SessionFacts]:
    return sorted(there, key=lambda one: (-one.free, one.id))


def standing(rows: Iterable[SessionFacts]) -> list[SessionFacts]:
    """Sessions at which guests of a shared slot can meet others; what was cancelled or has lapsed is an empty start."""
    return [one for one in rows if one.is_scheduled and one.is_alive]

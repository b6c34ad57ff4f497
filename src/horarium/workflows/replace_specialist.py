"""Somebody is ill, something is broken: each booking and session of the time gets a proposal, and what is accepted is
moved or given to the colleague.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from horarium.kit.errors import HorariumError, InvalidInput, NotFound
from horarium.kit.zones import local_date_of
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.queries import read_calendars
from horarium.modules.availability.queries_blocks import TakenTime, list_taken, name_sessions
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.availability.rules.blocks import LONGEST_BLOCK, BlockSpan
from horarium.modules.availability.rules.calendars import (
    Calendar,
    Span,
    day_bounds,
    load_of,
    span_of,
    without,
)
from horarium.modules.availability.rules.sessions import resources_of
from horarium.modules.availability.rules.solver import Claim, Limits, Solver
from horarium.modules.booking.actions import lock_for_changes, lock_orders_of
from horarium.modules.booking.queries_names import NamedBooking, name_bookings
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.booking.rules import MOVABLE
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.rules import ResourceFacts
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope

from .change_booking import move_booking
from .collisions import Collision
from .list_availability import Inquiry
from .place_blocks import BlocksCollide, BlockWish, place_blocks
from .plan_again import Change, away, inquire_again, plan_change
from .planned import Besides
from .replace_in_sessions import (
    AcceptedSession,
    SessionOutcome,
    SessionProposal,
    exchange_in_session,
    lock_sessions,
    propose_for_session,
)

MOST_BOOKINGS = 60
"""And as many sessions."""
MOST_ROOMS = 5
"""How many free rooms are put to the test for a stay."""
REACH_DAYS = 14
"""How many days after a booking a new time for it is looked for."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A resource (public id) that is not there in `[starts_at, ends_at)`."""

    resource: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """What can become of a booking. `kind`: colleague (or another room, at the same time), time (another one), or
    none with a `reason`.

    `instead` is the public id of the resource that would take the absent one's place; empty where that one is back
    by then. Instants in UTC.
    """

    booking: NamedBooking
    kind: str
    reason: str = ""
    start: datetime | None = None
    instead: str = ""

    @property
    def end(self) -> datetime | None:
        return self.start and self.start + (self.booking.ends_at - self.booking.starts_at)


@dataclass(frozen=True, slots=True)
class Replacement:
    """All bookings and sessions of the absence with their proposals, which can be accepted together."""

    resource: ResourceFacts
    absence: Absence
    proposals: tuple[Proposal, ...]
    is_cut: bool = False
    sessions: tuple[SessionProposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A proposal that staff said yes to, as it was shown."""

    booking: str
    start: datetime
    instead: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an accepted proposal: `reason` None means that it is moved."""

    booking: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Replaced:
    """`blocks`: public ids; `left`: what still stands in the time and was blocked around."""

    outcomes: tuple[Outcome, ...]
    blocks: tuple[str, ...] = ()
    left: tuple[Collision, ...] = ()
    sessions: tuple[SessionOutcome, ...] = ()


def propose_replacements(business_id: int, absence: Absence, now: datetime) -> Replacement:
    """A free colleague of the same requirement at the same time, else the nearest new time, else nothing.

    Sessions, which keep their time, come first. Proposals see one another, so that all of them can be accepted.
    Six queries, and two for each booking and session, of which there are at most sixty each. Raises NotFound,
    InvalidInput.
    """
    catalog = get_current_catalog(business_id)
    resource = _check(catalog, absence, now)
    with business_scope(business_id):
        rows = _taken(business_id, resource, absence, now)
        sessions, named = _sessions(business_id, rows), _bookings(business_id, rows)
        taken = [away(resource.id, absence.starts_at, absence.ends_at)]
        led = []
        for session_id in sessions[:MOST_BOOKINGS]:
            session = get_session_facts(business_id, session_id, now)
            of_session, claims = propose_for_session(catalog, session, resource, taken, now)
            taken += claims
            led.append(of_session)
        proposals = []
        for one in named[:MOST_BOOKINGS]:
            proposal, claims = _propose(catalog, one, resource, taken, now)
            taken += claims
            proposals.append(proposal)
    is_cut = max(len(named), len(sessions)) > MOST_BOOKINGS
    return Replacement(resource, absence, tuple(proposals), is_cut, tuple(led))


def apply_replacements(
    business_id: int,
    absence: Absence,
    accepted: Sequence[Accepted | AcceptedSession],
    *,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> Replaced:
    """Each accepted booking and session by itself: one that clashes by now stays as it is, the others go on.

    `reason` blocks the absent resource around what is left; None blocks nothing. Raises NotFound, InvalidInput.
    """
    catalog = get_current_catalog(business_id)
    resource = _check(catalog, absence, now)
    moves = [one for one in accepted if isinstance(one, Accepted)][:MOST_BOOKINGS]
    exchanges = [one for one in accepted if isinstance(one, AcceptedSession)][:MOST_BOOKINGS]
    with business_scope(business_id), transaction.atomic():
        _lock(catalog, resource, moves, exchanges, now)
        sessions = tuple(exchange_in_session(catalog, one, resource, actor, now) for one in exchanges)
        outcomes = tuple(_move(business_id, one, resource, actor, now) for one in moves)
        done = Replaced(outcomes, sessions=sessions)
        return _block_rest(business_id, absence, resource, done, reason=reason, actor=actor, now=now)


def _lock(
    catalog: Catalog,
    resource: ResourceFacts,
    moves: Sequence[Accepted],
    exchanges: Sequence[AcceptedSession],
    now: datetime,
) -> None:
    """Everything before the first change: orders, sessions, resources, places."""
    business_id = catalog.business.id
    bookings = lock_orders_of(business_id, [one.booking for one in moves])
    sessions = lock_sessions(business_id, [one.session for one in exchanges], now)
    able = [catalog.offering_of_key(one.offering_id).resource_ids() for one in bookings]
    able += [resources_of(catalog.offering_of_key(one.offering_id)).union(one.resources) for one in sessions]
    places = {one.supply_id for one in sessions}
    lock_for_changes(business_id, bookings, resource_ids={resource.id}.union(*able), supply_ids=places)


def _block_rest(
    business_id: int,
    absence: Absence,
    resource: ResourceFacts,
    done: Replaced,
    *,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> Replaced:
    if reason is None:
        return done
    span = BlockSpan(absence.starts_at, absence.ends_at, (resource.id,))
    try:
        placed = place_blocks(business_id, BlockWish((span,), reason, around=True), actor=actor, now=now)
    except BlocksCollide as full:
        return replace(done, left=full.collisions)
    return replace(done, blocks=placed.ids, left=placed.left_out)


def _move(
    business_id: int, wanted: Accepted, resource: ResourceFacts, actor: Actor, now: datetime
) -> Outcome:
    leaves = resource.public_id if wanted.instead else None
    move = Change(wanted.start, wanted.instead or None, leaves=leaves)
    try:
        move_booking(business_id, wanted.booking, move, actor, now)
    except NotFree as refusal:
        return Outcome(wanted.booking, str(refusal.reason))
    except HorariumError as refusal:
        return Outcome(wanted.booking, str(refusal.params.get("reason", "state")))
    return Outcome(wanted.booking, None)


def _check(catalog: Catalog, absence: Absence, now: datetime) -> ResourceFacts:
    resource = catalog.find_resource(absence.resource)
    if resource is None:
        raise NotFound("resource", params={"kind": "resource"})
    if not timedelta(0) < absence.ends_at - absence.starts_at <= LONGEST_BLOCK:
        raise InvalidInput("no such interval", field="end", params={"reason": "end_before_start"})
    if abs(absence.starts_at - now) > 3 * LONGEST_BLOCK:
        raise InvalidInput("out of reach", field="start", params={"reason": "date"})
    return resource


def _taken(business_id: int, resource: ResourceFacts, absence: Absence, now: datetime) -> list[TakenTime]:
    """Who takes the resource's time then and is not over, by start."""
    span = BlockSpan(max(absence.starts_at, now), max(absence.ends_at, now), (resource.id,))
    return list_taken(business_id, [span], now) if span.starts_at < span.ends_at else []


def _bookings(business_id: int, rows: Sequence[TakenTime]) -> list[NamedBooking]:
    keys = [one.owner_id for one in rows if one.owner_kind == OwnerKind.BOOKING]
    return sorted(name_bookings(business_id, keys).values(), key=lambda one: (one.starts_at, one.id))


def _sessions(business_id: int, rows: Sequence[TakenTime]) -> list[str]:
    """Public ids, by start."""
    keys = [one.owner_id for one in rows if one.owner_kind == OwnerKind.SESSION]
    named = name_sessions(business_id, keys).values() if keys else ()
    return [one.id for one in sorted(named, key=lambda one: (one.starts_at, one.id))]


@dataclass(frozen=True, slots=True)
class _Near:
    """What is free around a booking: its own time is, the absent resource is not. `present` serve it as yet."""

    inquiry: Inquiry
    calendars: Mapping[int, Calendar]
    span: Span
    present: frozenset[int]
    absent: int

    def serve(self, second: int) -> list[Claim] | None:
        """With those who serve it already as far as they are there, else with anybody."""
        day = local_date_of(datetime.fromtimestamp(second, UTC), self.inquiry.tz)
        load = load_of(self.calendars, day_bounds(day, self.span.zone_name))
        for chosen in (self.present, self.present - {self.absent}, frozenset[int]()):
            found = self._solver(chosen, Limits(second, second + 1, keep_grid=False)).assign(second, load)
            if found is not None:
                return found
        return None

    def starts(self, now: datetime) -> list[int]:
        """Starts of the usual grid that are still ahead."""
        limits = Limits(int(now.timestamp()) + 1, self.span.ends)
        return list(self._solver(frozenset(), limits).starts().starts())

    def _solver(self, chosen: frozenset[int], limits: Limits) -> Solver:
        wish = replace(self.inquiry.wish, chosen=chosen)
        return Solver(self.inquiry.offering, wish, self.calendars, self.span, limits)


def _propose(
    catalog: Catalog, named: NamedBooking, resource: ResourceFacts, taken: Sequence[Claim], now: datetime
) -> tuple[Proposal, list[Claim]]:
    offering = catalog.offering_of_key(named.offering_key)
    if named.state not in MOVABLE:
        return Proposal(named, "none", "state"), []
    if resource.id not in offering.resource_ids():
        return Proposal(named, "none", "mode"), []
    if offering.mode == "stay":
        return _other_room(catalog, named, resource, taken, now)
    if offering.mode != "slot":
        return Proposal(named, "none", "mode"), []
    near = _near(catalog, named, resource, taken, now)
    at = int(named.starts_at.timestamp())
    candidates = [at, *sorted(near.starts(now), key=lambda second: (abs(second - at), second))]
    for second in candidates:
        claims = near.serve(second)
        if claims is not None:
            kind = "colleague" if second == at else "time"
            start = datetime.fromtimestamp(second, UTC)
            return Proposal(named, kind, "", start, _instead(near, claims, resource)), claims
    return Proposal(named, "none", "taken"), []


def _other_room(
    catalog: Catalog, named: NamedBooking, resource: ResourceFacts, taken: Sequence[Claim], now: datetime
) -> tuple[Proposal, list[Claim]]:
    """For a stay: another room of its pool for the same nights; its dates are not for us to change."""
    booking = get_booking(catalog.business.id, named.id)
    needs = catalog.offering_of_key(named.offering_key).needs
    rooms = sorted({key for need in needs if resource.id in need.candidates for key in need.candidates})
    span = BlockSpan(named.starts_at, named.ends_at, tuple(rooms))
    busy = {one.resource_id for one in list_taken(catalog.business.id, [span], now)}
    busy |= {one.resource_id for one in taken if _touches(one, named)} | {resource.id}
    besides = Besides(claims=tuple(taken))
    for key in [one for one in rooms if one not in busy][:MOST_ROOMS]:
        instead = catalog.resources[key].public_id
        try:
            planned = plan_change(
                catalog, booking, Change(resource=instead), now, staff=True, besides=besides
            )
        except HorariumError:
            continue
        return Proposal(named, "colleague", "", named.starts_at, instead), list(planned.claims)
    return Proposal(named, "none", "no_room"), []


def _touches(claim: Claim, named: NamedBooking) -> bool:
    return claim.starts < named.ends_at.timestamp() and claim.ends > named.starts_at.timestamp()


def _near(
    catalog: Catalog, named: NamedBooking, resource: ResourceFacts, taken: Sequence[Claim], now: datetime
) -> _Near:
    booking = get_booking(catalog.business.id, named.id)
    inquiry = inquire_again(catalog, booking, Change())
    day = local_date_of(booking.starts_at, inquiry.tz)
    first = min(day, max(day - timedelta(days=1), local_date_of(now, inquiry.tz)))
    span = span_of(
        inquiry.offering.location.time_zone,
        first,
        day + timedelta(days=REACH_DAYS),
        margin_minutes=inquiry.margin_minutes,
    )
    own = [("booking", booking.pk)]
    snapshot = read_calendars(catalog, inquiry.resource_ids(), span, now, besides=own)
    claims = [
        (one.resource_id, one.starts, one.ends) for one in taken if one.resource_id in snapshot.calendars
    ]
    present = frozenset(one.resource_id for one in booking.assignments.all())
    able = present.intersection(inquiry.resource_ids())
    return _Near(inquiry, without(snapshot.calendars, claims), span, able, resource.id)


def _instead(near: _Near, claims: Sequence[Claim], resource: ResourceFacts) -> str:
    """Who takes the absent one's place: of the same requirement, and new to the booking. Empty: nobody has to."""
    if any(one.resource_id == resource.id for one in claims):
        return ""
    needs = {one.id for one in near.inquiry.offering.needs if resource.id in one.candidates}
    new = [one.resource_id for one in claims if one.need_id in needs and one.resource_id not in near.present]
    return near.inquiry.catalog.resources[new[0]].public_id if new else ""

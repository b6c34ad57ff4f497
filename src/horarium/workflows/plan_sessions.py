"""From wished tickets to a planned booking of a session: places, price, what its extras take. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.kit.zones import local_date_of
from horarium.modules.availability.actions_shared_slots import NewSession, OpenSession, open_sessions
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries import Snapshot, read_calendars
from horarium.modules.availability.queries_sessions import (
    SessionFacts,
    find_offering_of_session,
    get_session_facts,
    read_sessions,
)
from horarium.modules.availability.rules.calendars import Span, day_bounds, load_of, span_of, without
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.sessions import EVER, needs_of_extras, resources_of
from horarium.modules.availability.rules.solver import Claim, Solver, Wish
from horarium.modules.catalog.rules import Catalog, OfferingFacts, TicketTypeFacts, choose_extras
from horarium.modules.pricing.rules import PricedExtra, PricedTicket, PriceQuote, price_tickets

from .items import SessionItem
from .list_availability import check_reach
from .list_sessions import TicketPrices, nearest_sessions
from .planned import NOTHING, Besides, PlannedBooking, PlannedProduct, PlannedTicket
from .sessions_asked import SessionAsked, SessionWish, ask_sessions, choose_tickets, find_at_start, standing
from .stocked_extras import supplies_of_extras


@dataclass(frozen=True, slots=True)
class SessionInquiry:
    """Tickets and extras that the catalogue knows: of a session (its public id), or of a shared slot at `start`."""

    asked: SessionAsked
    tickets: tuple[tuple[TicketTypeFacts, int], ...]
    extras: tuple[PricedExtra, ...]
    session_id: str | None
    start: datetime | None

    @property
    def catalog(self) -> Catalog:
        return self.asked.catalog

    @property
    def offering(self) -> OfferingFacts:
        return self.asked.offering

    @property
    def staff(self) -> bool:
        return self.asked.staff

    @property
    def party(self) -> int:
        return sum(number for _, number in self.tickets)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the guests go: a session that is there, or one that they make (`claims`: its time)."""

    starts_at: datetime
    ends_at: datetime
    session: SessionFacts | None = None
    claims: tuple[Claim, ...] = ()


def inquire_session(catalog: Catalog, item: SessionItem, *, staff: bool = False) -> SessionInquiry:
    """Check an item against the catalogue. One query for a session by its id. Raises NotFound, InvalidInput(field)."""
    if (item.session is None) == (item.offering is None or item.start is None):
        raise InvalidInput(
            "a session, or an offering and a start", field="session", params={"reason": "required"}
        )
    key = item.offering
    if item.session is not None:
        key = _offering_of(catalog, item.session)
    asked = ask_sessions(catalog, key or "", SessionWish(), staff=staff)
    if item.session is None and not asked.offering.is_shared:
        raise InvalidInput("not a shared slot", field="session", params={"reason": "required"})
    tickets = choose_tickets(asked.offering, item.tickets)
    extras = choose_extras(asked.offering, list(item.extras))
    return SessionInquiry(
        asked=replace(asked, places=sum(one.places * number for one, number in tickets)),
        tickets=tickets,
        extras=tuple(
            PricedExtra(one.id, one.public_id, one.name, item.extras.count(one.public_id)) for one in extras
        ),
        session_id=item.session,
        start=item.start,
    )


def plan_session(
    inquiry: SessionInquiry, number: int, now: datetime, besides: Besides = NOTHING
) -> PlannedBooking:
    """Places, price and terms of one item. At most five queries.

    Raises NotFree with the reason, the item's `number`, the nearest sessions.
    """
    if inquiry.start is not None:
        check_reach(inquiry.start, now, field=f"items.{number}.start")
    try:
        place = _find_place(inquiry, now, besides)
        claims = _claims_of_extras(inquiry, place, now, besides)
    except NotFree as refusal:
        raise refuse_session(inquiry, refusal.reason, number, now) from refusal
    goods = supplies_of_extras(
        inquiry.catalog, inquiry.offering, inquiry.extras, now, number=number, earlier=besides.supplies
    )
    return _planned(inquiry, place, claims, goods)


def refuse_session(inquiry: SessionInquiry, reason: Reason, number: int, now: datetime) -> NotFree:
    """The refusal of an item, with the nearest sessions that have so many places."""
    start = inquiry.start
    if inquiry.session_id is not None:
        start = get_session_facts(inquiry.catalog.business.id, inquiry.session_id, now).starts_at
    near = nearest_sessions(inquiry.asked, start or now, now)
    return NotFree(reason, item=number, params={"alternatives": near, "offering": inquiry.offering.public_id})


def open_planned(
    business_id: int,
    planned: Sequence[PlannedBooking],
    now: datetime,
    expires_at: datetime | None,
    goods: Sequence[PlannedProduct] = (),
) -> list[PlannedBooking]:
    """The same bookings, each shared slot with the session that it joins or that has been made for it.

    Call it in checkout's transaction before anything of the order is written or taken: it locks all resources of the
    order in their order, also those of stays that change rooms. Raises NotFree.
    """
    wanted = [one for one in planned if one.new_session is not None]
    if not wanted:
        return list(planned)
    taken = [*(one.supplies for one in planned), *(one.supplies for one in goods)]
    rooms = {room for one in planned for move in one.reseats for room in (move.leaves, move.gets)}
    opened = iter(
        open_sessions(
            business_id,
            [one.new_session for one in wanted if one.new_session is not None],
            other_resources=rooms | {claim.resource_id for one in planned for claim in one.claims},
            other_supplies={key for supplies in taken for key, _ in supplies},
            now=now,
            expires_at=expires_at,
        )
    )
    return [one if one.new_session is None else _settled(one, next(opened)) for one in planned]


def _offering_of(catalog: Catalog, session_id: str) -> str:
    key = find_offering_of_session(catalog.business.id, session_id)
    if key is None:
        raise NotFound("session", params={"kind": "session"})
    return catalog.offering_of_key(key).public_id


def _find_place(inquiry: SessionInquiry, now: datetime, besides: Besides) -> _Place:
    asked, business_id = inquiry.asked, inquiry.catalog.business.id
    start = inquiry.start
    if inquiry.session_id is not None:
        session = get_session_facts(business_id, inquiry.session_id, now, besides=besides.owners)
        if not asked.offering.is_shared or not session.is_scheduled:
            reason = asked.why_not(session, now, taken=besides.supplies.get(session.supply_id, 0))
            if reason is not None:
                raise NotFree(reason)
            return _Place(session.starts_at, session.ends_at, session)
        start = session.starts_at
    if start is None:
        raise InvalidInput("no start", field="start", params={"reason": "required"})
    return _place_at(asked, start.astimezone(UTC), now, besides)


def _place_at(asked: SessionAsked, start: datetime, now: datetime, besides: Besides) -> _Place:
    """A place of a shared slot. Calendars are read before sessions: what somebody opens meanwhile can be joined."""
    second = int(start.timestamp())
    span = _span(asked, start, asked.duration)
    snapshot = read_calendars(asked.catalog, resources_of(asked.offering), span, now, besides=besides.owners)
    calendars = without(snapshot.calendars, _known(besides.claims, snapshot))
    solver = asked.solver(calendars, span, now)
    rows = read_sessions(
        asked.catalog.business.id,
        [asked.offering.id],
        start,
        start + timedelta(seconds=1),
        now,
        besides=besides.owners,
    )
    there = _filled(asked, rows, start, besides.bookings)
    found = Reason.OFF_GRID if start.microsecond else find_at_start(asked, solver, second, there, now)
    if isinstance(found, Reason):
        raise NotFree(found)
    if isinstance(found, SessionFacts):
        return _Place(found.starts_at, found.ends_at, found)
    bounds = day_bounds(local_date_of(start, asked.tz), asked.offering.location.time_zone)
    claims = solver.assign(second, load_of(calendars, bounds))
    if claims is None:
        raise NotFree(Reason.TAKEN)
    return _Place(start, start + timedelta(minutes=asked.duration), None, tuple(claims))


def _filled(
    asked: SessionAsked, there: Sequence[SessionFacts], start: datetime, beside: Sequence[PlannedBooking]
) -> list[SessionFacts]:
    """The sessions of a start as earlier bookings of the same order fill them, with those that these make."""
    rows = standing(there)
    for planned in beside:
        new = planned.new_session
        if new is None or (new.offering_id, new.starts_at) != (asked.offering.id, start):
            continue
        able = sorted((one for one in rows if one.free >= new.places), key=lambda one: (one.free, one.id))
        joined = able[0] if able else _unmade(new)
        rows = [one for one in rows if one is not joined]
        rows.append(replace(joined, taken=joined.taken + new.places))
    return rows


def _unmade(new: NewSession) -> SessionFacts:
    """A session that an earlier booking of the same order makes."""
    return SessionFacts(
        id=0,
        public_id="",
        offering_id=new.offering_id,
        supply_id=0,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        state="scheduled",
        total=new.capacity,
        taken=0,
        held=0,
        lapses_at=None,
        is_shared=True,
        is_alive=True,
        resources=(),
        min_places=0,
        decide_at=None,
        decided_at=None,
        note="",
        cancel_reason="",
    )


def _claims_of_extras(
    inquiry: SessionInquiry, place: _Place, now: datetime, besides: Besides
) -> tuple[Claim, ...]:
    """What the guests' extras take of resources during the session."""
    ids = frozenset(one.id for one in inquiry.extras)
    offering = needs_of_extras(inquiry.offering, ids)
    if not offering.needs:
        return ()
    minutes = int((place.ends_at - place.starts_at).total_seconds()) // 60
    span = _span(inquiry.asked, place.starts_at, minutes)
    snapshot = read_calendars(inquiry.catalog, offering.resource_ids(), span, now, besides=besides.owners)
    calendars = without(snapshot.calendars, _known([*besides.claims, *place.claims], snapshot))
    solver = Solver(offering, Wish(minutes, ids, party=inquiry.party), calendars, span, EVER)
    second = int(place.starts_at.timestamp())
    reason = solver.why_not(second)
    if reason is not None:
        raise NotFree(reason)
    return tuple(solver.assign(second, {}) or ())


def _planned(
    inquiry: SessionInquiry, place: _Place, claims: tuple[Claim, ...], goods: tuple[tuple[int, int], ...]
) -> PlannedBooking:
    offering, terms = inquiry.offering, inquiry.offering.terms
    minutes = int((place.ends_at - place.starts_at).total_seconds()) // 60
    quote = _quote(inquiry, place.starts_at, minutes)
    keys = [one.id for one in offering.ticket_types]
    prices = dict(zip(keys, TicketPrices(inquiry.asked).at(place.starts_at, minutes), strict=True))
    session = None if offering.is_shared else place.session
    places = () if session is None else ((session.supply_id, inquiry.asked.places),)
    return PlannedBooking(
        offering=offering,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        party=inquiry.party,
        quote=quote,
        due_now=Money.zero(quote.total.currency) if inquiry.staff else terms.due_now(quote.total),
        terms=terms,
        claims=claims,
        supplies=(*places, *goods),
        extras=inquiry.extras,
        tickets=tuple(
            PlannedTicket(one.id, prices[one.id].minor)
            for one, number in inquiry.tickets
            for _ in range(number)
        ),
        session_id=None if session is None else session.id,
        session_supply=None if session is None else session.supply_id,
        guests={"tickets": {one.public_id: number for one, number in inquiry.tickets}},
        needs_approval=terms.needs_approval and not inquiry.staff,
        new_session=_new_session(inquiry, place) if session is None else None,
    )


def _new_session(inquiry: SessionInquiry, place: _Place) -> NewSession:
    return NewSession(
        offering_id=inquiry.offering.id,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        capacity=inquiry.offering.capacity,
        places=inquiry.asked.places,
        claims=place.claims if place.session is None else None,
    )


def _quote(inquiry: SessionInquiry, start: datetime, minutes: int) -> PriceQuote:
    return price_tickets(
        inquiry.asked.rules,
        [PricedTicket(one.id, one.public_id, one.name, number) for one, number in inquiry.tickets],
        inquiry.asked.occasion(start, minutes, inquiry.party),
        inquiry.catalog.business.currency,
        inquiry.extras,
    )


def _settled(planned: PlannedBooking, opened: OpenSession) -> PlannedBooking:
    places = 0 if planned.new_session is None else planned.new_session.places
    return replace(
        planned,
        session_id=opened.session_id,
        session_supply=opened.supply_id,
        supplies=((opened.supply_id, places), *planned.supplies),
    )


def _span(asked: SessionAsked, start: datetime, minutes: int) -> Span:
    day = local_date_of(start, asked.tz)
    margin = max(minutes + 60, asked.margin_minutes)
    return span_of(asked.offering.location.time_zone, day, day, margin_minutes=margin)


def _known(claims: Sequence[Claim], snapshot: Snapshot) -> list[tuple[int, int, int]]:
    return [
        (one.resource_id, one.starts, one.ends) for one in claims if one.resource_id in snapshot.calendars
    ]

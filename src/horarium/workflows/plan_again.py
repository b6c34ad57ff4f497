"""Planning what is booked already: as it is, or with changes. Its own time and places count as free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from horarium.kit.zones import zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.rules.solver import Claim, Wish
from horarium.modules.booking.models import Booking
from horarium.modules.catalog.rules import Catalog, choose_duration, choose_extras, choose_party
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import PricedExtra

from .items import Guests, SessionItem, SlotItem, StayItem
from .list_availability import Inquiry, choose_resource
from .plan_sessions import inquire_session, plan_session
from .plan_slots import plan_slot
from .plan_stays import inquire_stay, plan_stay
from .planned import NOTHING, Besides, PlannedBooking
from .stay_inquiry import StayInquiry


@dataclass(frozen=True, slots=True)
class Change:
    """What should become different in a booking; None stays as it is. Public ids, aware instants, local dates.

    A slot has `start`, `duration` and `party`; a stay `check_in`, `check_out`, `guests` and `rate_plan`; a session
    `session` (or, of a shared slot, `start`) and `tickets`. `resource` replaces one of its resources; `leaves` names
    one that must not serve it any more, the others stay where they can. `extras` are all that it has from then on.
    `is_resource_chosen`: whether it keeps its resource for somebody's wish from then on; None: named ones are wished.
    """

    start: datetime | None = None
    resource: str | None = None
    duration: int | None = None
    leaves: str | None = None
    party: int | None = None
    extras: tuple[str, ...] | None = None
    check_in: date | None = None
    check_out: date | None = None
    guests: Guests | None = None
    rate_plan: str | None = None
    session: str | None = None
    tickets: tuple[tuple[str, int], ...] | None = None
    is_resource_chosen: bool | None = None


def plan_change(
    catalog: Catalog,
    booking: Booking,
    change: Change,
    now: datetime,
    *,
    staff: bool,
    besides: Besides = NOTHING,
) -> PlannedBooking:
    """A booking of any mode as it would be, its own time counted as free. Raises NotFree, InvalidInput.

    Guests (`staff` off) are bound by lead time, horizon and restrictions where they ask for another time.
    """
    mode = catalog.offering_of_key(booking.offering_id).mode
    free = replace(besides, owners=(*own(booking), *besides.owners))
    if mode == "stay":
        return _plan_stay(catalog, booking, change, now, staff=staff, besides=free)
    if mode == "session":
        return _plan_session(catalog, booking, change, now, staff=staff, besides=free)
    start = change.start or booking.starts_at
    return plan_again(catalog, booking, start, now, free, change=change, staff=staff)


def own(booking: Booking) -> list[tuple[str, int]]:
    """What a booking has itself, for plans that count it as free."""
    return [(OwnerKind.BOOKING.value, booking.id)]


def plan_again(
    catalog: Catalog,
    booking: Booking,
    start: datetime,
    now: datetime,
    besides: Besides,
    *,
    change: Change | None = None,
    staff: bool = True,
) -> PlannedBooking:
    """Plan a slot for a start, on its present resources when they are free.

    Where the guest chose a resource, that one must stay unless it leaves; the others may change. Raises NotFree.
    """
    change = change or Change()
    inquiry = inquire_again(catalog, booking, change, staff=staff)
    item = SlotItem(inquiry.offering.public_id, start)

    def plan(chosen: frozenset[int]) -> PlannedBooking:
        wanted = replace(inquiry, wish=replace(inquiry.wish, chosen=chosen))
        return plan_slot(wanted, item, 0, now, besides)

    asked = inquiry.wish.chosen
    present = frozenset(one.resource_id for one in booking.assignments.all())
    able = present.intersection(inquiry.resource_ids())
    if change.leaves is not None:
        gone = choose_resource(catalog, inquiry.offering, change.leaves, staff=True)
        minutes = inquiry.margin_minutes
        around = away(gone, start - timedelta(minutes=minutes), start + timedelta(minutes=minutes))
        besides = replace(besides, claims=(*besides.claims, around))
        first, last = asked | able - {gone}, asked
    else:
        first = asked or able
        last = asked or (_chosen_by_guest(inquiry, able) if booking.is_resource_chosen else frozenset())
    try:
        return plan(first)
    except NotFree:
        if last == first:
            raise
        return plan(last)


def away(resource_id: int, starts_at: datetime, ends_at: datetime) -> Claim:
    """Time in which a resource is not there, as if somebody else had it."""
    return Claim(resource_id, 0, int(starts_at.timestamp()), int(ends_at.timestamp()))


def inquire_again(catalog: Catalog, booking: Booking, change: Change, *, staff: bool = True) -> Inquiry:
    """What a booked slot asks for. Only what changes is checked: the rest was agreed on, whatever the catalogue says
    by now.
    """
    offering = catalog.offering_of_key(booking.offering_id)
    minutes = int((booking.ends_at - booking.starts_at).total_seconds() // 60)
    duration = minutes if change.duration in (None, minutes) else choose_duration(offering, change.duration)
    party = booking.party if change.party in (None, booking.party) else choose_party(offering, change.party)
    extras = agreed_extras(booking)
    if change.extras is not None:
        extras = tuple(
            PricedExtra(one.id, one.public_id, one.name, change.extras.count(one.public_id))
            for one in choose_extras(offering, list(change.extras))
        )
    chosen = (
        frozenset({choose_resource(catalog, offering, change.resource, staff=staff)})
        if change.resource is not None
        else frozenset[int]()
    )
    return Inquiry(
        catalog=catalog,
        offering=offering,
        wish=Wish(duration, frozenset(one.id for one in extras), chosen, party),
        party=party,
        rules=get_price_list(catalog.business.id, catalog.revision).get(offering.id, ()),
        extras=extras,
        staff=staff or change.start in (None, booking.starts_at),
    )


def agreed_extras(booking: Booking) -> tuple[PricedExtra, ...]:
    """The extras that a booking has, also those that are not offered any more."""
    lines = booking.extra_lines.select_related("extra").order_by("id")
    return tuple(
        PricedExtra(one.extra_id, one.extra.public_id, one.extra.name, one.quantity) for one in lines
    )


def stay_dates(booking: Booking, time_zone: str) -> tuple[date, date]:
    """Local dates of arrival and departure."""
    tz = zone(time_zone)
    return booking.starts_at.astimezone(tz).date(), booking.ends_at.astimezone(tz).date()


def guests_of(booking: Booking) -> Guests:
    return Guests(booking.guests.get("adults", booking.party), tuple(booking.guests.get("child_ages", ())))


def _chosen_by_guest(inquiry: Inquiry, present: frozenset[int]) -> frozenset[int]:
    """Of the present resources those that a guest could choose; where there are none, staff chose: all."""
    needs = inquiry.offering.needs_with(inquiry.wish.extra_ids)
    choosable = {one for need in needs if need.is_choosable for one in need.candidates}
    return present & choosable or present


def _extra_keys(booking: Booking, change: Change) -> tuple[str, ...]:
    if change.extras is not None:
        return change.extras
    return tuple(one.public_id for one in agreed_extras(booking) for _ in range(one.quantity))


def _plan_stay(
    catalog: Catalog,
    booking: Booking,
    change: Change,
    now: datetime,
    *,
    staff: bool,
    besides: Besides,
) -> PlannedBooking:
    """In its present room when that is free; in another one where the guest did not choose it."""
    item = stay_again(catalog, booking, change)
    arrives, leaves = stay_dates(booking, catalog.offering_of_key(booking.offering_id).location.time_zone)
    is_same_time = (item.check_in, item.check_out) == (arrives, leaves)
    inquiry = inquire_stay(catalog, item, staff=staff or is_same_time)
    if inquiry.chosen:
        return plan_stay(inquiry, item, 0, now, besides)
    present = _present_rooms(booking, inquiry)
    try:
        return plan_stay(replace(inquiry, chosen=present), item, 0, now, besides)
    except NotFree:
        if not present or _keeps_room(booking):
            raise
    return plan_stay(inquiry, item, 0, now, besides)


def stay_again(catalog: Catalog, booking: Booking, change: Change) -> StayItem:
    """What would be booked: as it is, but for the change."""
    offering = catalog.offering_of_key(booking.offering_id)
    arrives, leaves = stay_dates(booking, offering.location.time_zone)
    plans = {one.id: one.public_id for one in offering.rate_plans}
    return StayItem(
        offering.public_id,
        change.check_in or arrives,
        change.check_out or leaves,
        change.guests or guests_of(booking),
        change.rate_plan or plans.get(booking.rate_plan_id or 0),
        change.resource,
        _extra_keys(booking, change),
    )


def inquire_stay_again(catalog: Catalog, booking: Booking, change: Change, *, staff: bool) -> StayInquiry:
    """For the listing of other dates: where the stay keeps its room, only that room counts."""
    inquiry = inquire_stay(catalog, stay_again(catalog, booking, change), staff=staff)
    if inquiry.chosen or not _keeps_room(booking):
        return inquiry
    return replace(inquiry, chosen=_present_rooms(booking, inquiry))


def _keeps_room(booking: Booking) -> bool:
    return booking.is_pinned or booking.is_resource_chosen


def _present_rooms(booking: Booking, inquiry: StayInquiry) -> frozenset[int]:
    return frozenset(one.resource_id for one in booking.assignments.all()) & set(inquiry.resource_ids())


def _plan_session(
    catalog: Catalog,
    booking: Booking,
    change: Change,
    now: datetime,
    *,
    staff: bool,
    besides: Besides,
) -> PlannedBooking:
    item = session_again(catalog, booking, change)
    inquiry = inquire_session(catalog, item, staff=staff)
    return plan_session(inquiry, 0, now, besides)


def session_again(catalog: Catalog, booking: Booking, change: Change) -> SessionItem:
    """What would be booked: as it is, but for the change."""
    offering = catalog.offering_of_key(booking.offering_id)
    tickets = change.tickets or tuple(booking.guests.get("tickets", {}).items())
    extras = _extra_keys(booking, change)
    if change.session is None and change.start is not None:
        return SessionItem(tickets, offering=offering.public_id, start=change.start, extras=extras)
    present = booking.session.public_id if booking.session else None
    return SessionItem(tickets, session=change.session or present, extras=extras)

"""From a wished start to a planned booking: which resources, what price, what terms. Reads only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from horarium.kit.money import Money
from horarium.kit.zones import local_date_of
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries import read_calendars
from horarium.modules.availability.rules.calendars import day_bounds, load_of, span_of, without
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.solver import Claim, Solver
from horarium.modules.catalog.rules import Catalog

from .items import SlotItem
from .list_availability import Inquiry, WishInput, alternatives_to, check_reach, inquire
from .planned import NOTHING, Besides, PlannedBooking
from .stocked_extras import supplies_of_extras


def inquire_slot(catalog: Catalog, item: SlotItem, *, staff: bool = False) -> Inquiry:
    """Check an item against the catalogue. Raises NotFound, or InvalidInput with the field."""
    wish = WishInput(item.duration, item.party, item.resource, item.extras)
    return inquire(catalog, item.offering, wish, staff=staff)


def plan_slot(
    inquiry: Inquiry,
    item: SlotItem,
    number: int,
    now: datetime,
    besides: Besides = NOTHING,
) -> PlannedBooking:
    """Resources, time and price of one item. One query.

    Raises NotFree with the reason, the item's `number` and the nearest alternatives.
    """
    check_reach(item.start, now, field=f"items.{number}.start")
    claims = _claims(inquiry, item, now, besides)
    if isinstance(claims, Reason):
        raise refuse_slot(inquiry, item.start, claims, number, now)
    supplies = supplies_of_extras(
        inquiry.catalog, inquiry.offering, inquiry.extras, now, number=number, earlier=besides.supplies
    )
    return _planned(inquiry, item.start, claims, supplies)


def _claims(inquiry: Inquiry, item: SlotItem, now: datetime, besides: Besides) -> tuple[Claim, ...] | Reason:
    """Whose time the booking takes, or why it cannot."""
    offering = inquiry.offering
    day = local_date_of(item.start, inquiry.tz)
    span = span_of(offering.location.time_zone, day, day, margin_minutes=inquiry.margin_minutes)
    snapshot = read_calendars(inquiry.catalog, inquiry.resource_ids(), span, now, besides=besides.owners)
    mine = [
        (one.resource_id, one.starts, one.ends)
        for one in besides.claims
        if one.resource_id in snapshot.calendars
    ]
    calendars = without(snapshot.calendars, mine)
    solver = Solver(offering, inquiry.wish, calendars, span, inquiry.limits(now))
    second = int(item.start.timestamp())
    if item.start.microsecond:
        return Reason.OFF_GRID
    return solver.claims_at(second, load_of(calendars, day_bounds(day, offering.location.time_zone)))


def _planned(
    inquiry: Inquiry, start: datetime, claims: tuple[Claim, ...], supplies: tuple[tuple[int, int], ...]
) -> PlannedBooking:
    offering, local = inquiry.offering, start.astimezone(inquiry.tz)
    quote = inquiry.price_at(local.date(), local.hour * 60 + local.minute)
    starts_at = start.astimezone(UTC)
    return PlannedBooking(
        offering=offering,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=inquiry.wish.duration),
        party=inquiry.party,
        quote=quote,
        due_now=Money.zero(quote.total.currency) if inquiry.staff else offering.terms.due_now(quote.total),
        terms=offering.terms,
        claims=claims,
        supplies=supplies,
        extras=inquiry.extras,
        is_resource_chosen=bool(inquiry.wish.chosen),
        needs_approval=offering.terms.needs_approval and not inquiry.staff,
    )


def refuse_slot(inquiry: Inquiry, start: datetime, reason: Reason, number: int, now: datetime) -> NotFree:
    """The refusal of an item, with the nearest free starts."""
    slots = alternatives_to(inquiry, start, now)
    return NotFree(
        reason, item=number, params={"alternatives": slots, "offering": inquiry.offering.public_id}
    )

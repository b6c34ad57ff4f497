"""From wishes to planned bookings: which resources, what price, what terms. Reads only; decides by the one engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.kit.zones import local_date_of
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries import read_calendars
from horarium.modules.availability.rules.calendars import Calendar, day_bounds, span_of, without
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.solver import Claim, Solver
from horarium.modules.booking.actions_orders import NewBooking, NewClaim
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.rules import Catalog
from horarium.modules.pricing.rules import PriceQuote

from .list_availability import Inquiry, WishInput, alternatives_to, check_reach, inquire

MAX_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checkout, as it came: public ids, an aware start, minutes, people."""

    offering: str
    start: datetime
    duration: int | None = None
    resource: str | None = None
    party: int | None = None
    extras: tuple[str, ...] = ()

    @property
    def wish(self) -> WishInput:
        return WishInput(self.duration, self.party, self.resource, self.extras)


@dataclass(frozen=True, slots=True)
class Planned:
    """An item that can be booked now."""

    inquiry: Inquiry
    starts_at: datetime
    ends_at: datetime
    quote: PriceQuote
    due_now: Money
    claims: tuple[Claim, ...]

    def as_new_booking(self) -> NewBooking:
        offering = self.inquiry.offering
        return NewBooking(
            offering_id=offering.id,
            location_id=offering.location.id,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            party=self.inquiry.party,
            price=self.quote.as_json(),
            total_minor=self.quote.total.minor,
            claims=new_claims(self.claims),
            extras=tuple((extra.id, 1) for extra in self.inquiry.extras),
            approval_hours=offering.terms.approval_hours,
            is_resource_chosen=bool(self.inquiry.wish.chosen),
            needs_approval=offering.terms.needs_approval and not self.inquiry.staff,
            terms=Agreed(offering.terms.policy, 0 if self.inquiry.staff else self.due_now.minor).as_json(),
        )


def new_claims(claims: Iterable[Claim]) -> tuple[NewClaim, ...]:
    return tuple(NewClaim(one.resource_id, one.need_id, one.starts, one.ends) for one in claims)


def inquire_items(catalog: Catalog, items: Sequence[Item], *, staff: bool = False) -> list[Inquiry]:
    """Check every item against the catalogue. Raises InvalidInput whose field is `items.<n>.<field>`."""
    if not items or len(items) > MAX_ITEMS:
        raise InvalidInput("number of items", field="items", params={"reason": "items", "max": MAX_ITEMS})
    inquiries = []
    for number, item in enumerate(items):
        try:
            inquiries.append(inquire(catalog, item.offering, item.wish, staff=staff))
        except InvalidInput as error:
            error.field = f"items.{number}.{error.field}"
            raise
    return inquiries


def plan_items(
    inquiries: Sequence[Inquiry],
    items: Sequence[Item],
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
    taken: Sequence[Claim] = (),
) -> list[Planned]:
    """Resources, times and prices of all items together, each with what the earlier ones and `taken` take.

    One query an item. Raises NotFree with the reason, the number of the item and the nearest alternatives.
    """
    planned: list[Planned] = []
    own = tuple(besides)
    for number, (inquiry, item) in enumerate(zip(inquiries, items, strict=True)):
        earlier = [*taken, *(claim for one in planned for claim in one.claims)]
        planned.append(_plan(inquiry, item, number, now, earlier, own))
    return planned


def refuse(inquiry: Inquiry, start: datetime, reason: Reason, number: int, now: datetime) -> NotFree:
    """The refusal of an item, with the nearest free starts."""
    slots = alternatives_to(inquiry, start, now)
    return NotFree(
        reason, item=number, params={"alternatives": slots, "offering": inquiry.offering.public_id}
    )


def _plan(
    inquiry: Inquiry,
    item: Item,
    number: int,
    now: datetime,
    earlier: Sequence[Claim],
    besides: tuple[tuple[str, int], ...],
) -> Planned:
    offering, tz = inquiry.offering, inquiry.tz
    check_reach(item.start, now, field=f"items.{number}.start")
    day = local_date_of(item.start, tz)
    span = span_of(offering.location.time_zone, day, day, margin_minutes=inquiry.margin_minutes)
    snapshot = read_calendars(inquiry.catalog, inquiry.resource_ids(), span, now, besides=besides)
    mine = [
        (one.resource_id, one.starts, one.ends) for one in earlier if one.resource_id in snapshot.calendars
    ]
    calendars = without(snapshot.calendars, mine)
    solver = Solver(offering, inquiry.wish, calendars, span, inquiry.limits(now))
    second = int(item.start.timestamp())
    whole = item.start.microsecond == 0 and second % 300 == 0
    reason = solver.why_not(second) if whole else Reason.OFF_GRID
    if reason is not None:
        raise refuse(inquiry, item.start, reason, number, now)
    claims = solver.assign(second, _load(calendars, day_bounds(day, offering.location.time_zone)))
    if claims is None:
        raise refuse(inquiry, item.start, Reason.TAKEN, number, now)
    local = item.start.astimezone(tz)
    quote = inquiry.price_at(local.date(), local.hour * 60 + local.minute)
    starts_at = item.start.astimezone(UTC)
    return Planned(
        inquiry=inquiry,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=inquiry.wish.duration),
        quote=quote,
        due_now=offering.terms.due_now(quote.total),
        claims=tuple(claims),
    )


def _load(calendars: Mapping[int, Calendar], bounds: tuple[int, int]) -> dict[int, int]:
    """Seconds of a local day that are taken of each resource: the fair rule of "any"."""
    first, end = bounds
    return {
        resource_id: sum(max(0, min(one.ends, end) - max(one.starts, first)) for one in calendar.taken)
        for resource_id, calendar in calendars.items()
    }

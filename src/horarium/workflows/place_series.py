"""A recurring series: every occurrence is planned at once, seeing the others, and all are booked together or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import Conflict, InvalidInput
from horarium.kit.money import Money
from horarium.kit.zones import instant_of, local_date_of, minutes_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.actions_series import make_series
from horarium.modules.booking.models import Channel
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.platform.audit.actor import Actor

from .checkout import Checkout, Contact, place_order
from .items import Item, SessionItem, SlotItem, StayItem
from .order_view import OrderView, get_order_view
from .plan_bookings import inquire_items, plan_each
from .planned import PlannedBooking
from .recurrence import SeriesRule, dates_of


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """`item` says what, and when for the first time. `skip` and `starts` are about single occurrences, by number: left
    out, or at another start (an aware instant; of a stay its arrival on that local date).
    """

    item: Item
    rule: SeriesRule
    skip: frozenset[int] = frozenset()
    starts: Mapping[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of the series. `on`: its local date by the rule. It is free when there is no `reason` why not."""

    number: int
    on: date
    start: datetime
    end: datetime | None
    price: Money | None
    reason: str | None = None
    alternatives: tuple[Any, ...] = ()
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    offering: OfferingFacts
    occurrences: tuple[Occurrence, ...]
    total: Money

    @property
    def clashes(self) -> tuple[Occurrence, ...]:
        return tuple(one for one in self.occurrences if one.reason is not None)

    @property
    def count(self) -> int:
        """How many would be booked."""
        return sum(1 for one in self.occurrences if not one.is_skipped)


class SeriesClash(Conflict):
    """Some occurrences cannot be had: nothing was taken. `occurrences`: all of them, with what is in the way."""

    code: ClassVar[str] = "series.clash"

    def __init__(self, occurrences: Sequence[Occurrence]) -> None:
        clashes = [one for one in occurrences if one.reason is not None]
        super().__init__(
            "clash", params={"reason": clashes[0].reason if clashes else "", "count": len(clashes)}
        )
        self.occurrences = tuple(occurrences)


def plan_series(business_id: int, wish: SeriesWish, now: datetime) -> SeriesPlan:
    """Every occurrence with its price, or with the reason against it and what is free near it. Nothing is taken.

    Staff's: neither lead time nor horizon binds. Raises NotFound, InvalidInput.
    """
    with scope(business=business_id):
        return _plan(get_current_catalog(business_id), wish, now)


def place_series(
    business_id: int, wish: SeriesWish, contact: Contact, actor: Actor, now: datetime, *, notes: str = ""
) -> OrderView:
    """Book all occurrences that are not left out, in one order. Raises SeriesClash, NotFound, InvalidInput."""
    with scope(business=business_id):
        catalog = get_current_catalog(business_id)
        plan = _plan(catalog, wish, now)
        if plan.clashes:
            raise SeriesClash(plan.occurrences)
        kept = [number for number, _ in _dated(catalog, wish) if number not in wish.skip]
        items = [one for number, one in _items(catalog, wish) if number not in wish.skip]
        if not items:
            raise InvalidInput("nothing is left", field="skip", params={"reason": "required"})
        checkout = Checkout(contact, tuple(items), notes=notes, channel=Channel.BACKOFFICE)
        try:
            with transaction.atomic():
                order = place_order(catalog.business.slug, checkout, actor, now, staff=True)
                make_series(order, plan.offering.id, wish.rule.as_json(), actor, now)
        except NotFree as lost:
            raise SeriesClash(_lost(plan, kept[lost.item], lost)) from lost
        return get_order_view(business_id, order.public_id, now)


def _plan(catalog: Catalog, wish: SeriesWish, now: datetime) -> SeriesPlan:
    offering = _offering(catalog, wish.item)
    dated, tz = _dated(catalog, wish), zone(offering.location.time_zone)
    items = {number: item for number, item in _items(catalog, wish) if number not in wish.skip}
    inquiries = inquire_items(catalog, list(items.values()), staff=True) if items else []
    planned = dict(zip(items, plan_each(inquiries, list(items.values()), now), strict=True))
    occurrences = []
    for number, on in dated:
        start = _start(offering, wish, number, on).astimezone(tz)
        one = planned.get(number)
        if one is None:
            occurrences.append(Occurrence(number, on, start, None, None, is_skipped=True))
        elif isinstance(one, NotFree):
            near: Any = one.params.get("alternatives", ())
            occurrences.append(Occurrence(number, on, start, None, None, str(one.reason), tuple(near)))
        elif isinstance(one, PlannedBooking):
            occurrences.append(
                Occurrence(
                    number,
                    on,
                    one.starts_at.astimezone(tz),
                    one.ends_at.astimezone(tz),
                    one.quote.total,
                )
            )
    total = sum((one.price for one in occurrences if one.price), Money.zero(catalog.business.currency))
    return SeriesPlan(offering, tuple(occurrences), total)


def _lost(plan: SeriesPlan, number: int, lost: NotFree) -> list[Occurrence]:
    """Others were quicker with one of them."""
    near: Any = lost.params.get("alternatives", ())
    return [
        replace(one, reason=str(lost.reason), alternatives=tuple(near)) if one.number == number else one
        for one in plan.occurrences
    ]


def _offering(catalog: Catalog, item: Item) -> OfferingFacts:
    if isinstance(item, SlotItem | StayItem):
        return catalog.get_offering(item.offering, public_only=False)
    if isinstance(item, SessionItem) and item.offering is not None and item.start is not None:
        return catalog.get_offering(item.offering, public_only=False)
    raise InvalidInput("does not repeat", field="item", params={"reason": "mode"})


def _dated(catalog: Catalog, wish: SeriesWish) -> list[tuple[int, date]]:
    """The numbers of the occurrences, from 0, and their local dates."""
    first_on, _ = _wall(_offering(catalog, wish.item), wish.item)
    return list(enumerate(dates_of(first_on, wish.rule)))


def _items(catalog: Catalog, wish: SeriesWish) -> list[tuple[int, Item]]:
    offering = _offering(catalog, wish.item)
    return [
        (number, _moved(offering, wish.item, _start(offering, wish, number, on)))
        for number, on in _dated(catalog, wish)
    ]


def _start(offering: OfferingFacts, wish: SeriesWish, number: int, on: date) -> datetime:
    """On that date the same time of the wall clock, unless another start was chosen."""
    chosen = wish.starts.get(number)
    if chosen is not None:
        return chosen
    _, minute = _wall(offering, wish.item)
    return instant_of(on, minute, zone(offering.location.time_zone))


def _wall(offering: OfferingFacts, item: Item) -> tuple[date, int]:
    """Local date and minute of the first occurrence."""
    if isinstance(item, StayItem):
        return item.check_in, offering.check_in
    start = item.start if isinstance(item, SlotItem | SessionItem) else None
    if start is None or start.tzinfo is None:
        raise InvalidInput("without a start", field="item.start", params={"reason": "required"})
    tz = zone(offering.location.time_zone)
    return local_date_of(start, tz), minutes_of(start, tz)


def _moved(offering: OfferingFacts, item: Item, start: datetime) -> Item:
    if isinstance(item, StayItem):
        nights = (item.check_out - item.check_in).days
        arrival = local_date_of(start, zone(offering.location.time_zone))
        return replace(item, check_in=arrival, check_out=arrival + timedelta(days=nights))
    if isinstance(item, SlotItem | SessionItem):
        return replace(item, start=start)
    return item

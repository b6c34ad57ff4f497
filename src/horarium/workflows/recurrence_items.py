"""What of an item recurs, and when: each occurrence as an item of its own. Reads the catalogue only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from horarium.kit.errors import InvalidInput
from horarium.kit.zones import instant_of, local_date_of, minutes_of, zone
from horarium.modules.catalog.rules import Catalog, OfferingFacts

from .items import Item, SessionItem, SlotItem, StayItem
from .recurrence import SeriesRule, dates_of


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """`item` says what, and when for the first time. The others are about single occurrences, by number from 0:
    `skip` leaves them out, `starts` puts them at another start (an aware instant; of a stay its arrival on that local
    date), `resources` gives them to another resource, or to anyone (None).
    """

    item: Item
    rule: SeriesRule
    skip: frozenset[int] = frozenset()
    starts: Mapping[int, datetime] = field(default_factory=dict)
    resources: Mapping[int, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dated:
    """One occurrence as it is wished: `on` is its date by the rule, `start` when it would really begin."""

    number: int
    on: date
    start: datetime
    item: Item
    is_skipped: bool


def offering_of(catalog: Catalog, item: Item, *, staff: bool) -> OfferingFacts:
    """Raises NotFound, and InvalidInput for what cannot recur."""
    if isinstance(item, SlotItem | StayItem):
        return catalog.get_offering(item.offering, public_only=not staff)
    if isinstance(item, SessionItem) and item.offering is not None and item.start is not None:
        return catalog.get_offering(item.offering, public_only=not staff)
    raise InvalidInput("does not repeat", field="item", params={"reason": "mode"})


def occurrences_of(offering: OfferingFacts, wish: SeriesWish) -> list[Dated]:
    """All of them, those that are left out, too. Raises InvalidInput."""
    first_on, minute = _wall(offering, wish.item)
    tz = zone(offering.location.time_zone)
    found = []
    for number, on in enumerate(dates_of(first_on, wish.rule)):
        start = (wish.starts.get(number) or instant_of(on, minute, tz)).astimezone(tz)
        item = _moved(offering, wish, number, start)
        found.append(Dated(number, on, start, item, number in wish.skip))
    return found


def _wall(offering: OfferingFacts, item: Item) -> tuple[date, int]:
    """Local date and minute of the first occurrence."""
    if isinstance(item, StayItem):
        return item.check_in, offering.check_in
    start = item.start if isinstance(item, SlotItem | SessionItem) else None
    if start is None or start.tzinfo is None:
        raise InvalidInput("without a start", field="item.start", params={"reason": "required"})
    tz = zone(offering.location.time_zone)
    return local_date_of(start, tz), minutes_of(start, tz)


def _moved(offering: OfferingFacts, wish: SeriesWish, number: int, start: datetime) -> Item:
    item = wish.item
    if isinstance(item, SlotItem | StayItem):
        item = replace(item, resource=wish.resources.get(number, item.resource))
    if isinstance(item, StayItem):
        nights = (item.check_out - item.check_in).days
        arrival = local_date_of(start, zone(offering.location.time_zone))
        return replace(item, check_in=arrival, check_out=arrival + timedelta(days=nights))
    if isinstance(item, SlotItem | SessionItem):
        return replace(item, start=start)
    return item

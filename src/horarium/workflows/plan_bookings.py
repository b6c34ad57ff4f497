"""An order's items of every kind, planned together: each sees what the earlier ones take. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.catalog.rules import Catalog

from .items import Item, SlotItem
from .list_availability import Inquiry
from .plan_slots import inquire_slot, plan_slot, refuse_slot
from .planned import Planned, PlannedBooking

MAX_ITEMS = 60
AnyInquiry: TypeAlias = Inquiry


def inquire_items(catalog: Catalog, items: Sequence[Item], *, staff: bool = False) -> list[AnyInquiry]:
    """Check every item against the catalogue. Raises InvalidInput whose field is `items.<n>.<field>`."""
    if not items or len(items) > MAX_ITEMS:
        raise InvalidInput("number of items", field="items", params={"reason": "items", "max": MAX_ITEMS})
    inquiries = []
    for number, item in enumerate(items):
        try:
            inquiries.append(_inquire(catalog, item, staff=staff))
        except InvalidInput as error:
            error.field = f"items.{number}.{error.field}"
            raise
    _check_conditions(inquiries)
    return inquiries


def plan_items(
    inquiries: Sequence[AnyInquiry],
    items: Sequence[Item],
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
    taken: Sequence[Claim] = (),
) -> list[Planned]:
    """Resources, places, times and prices of all items together, each with what the earlier ones and `taken` take.

    Raises NotFree with the reason, the number of the item and the nearest alternatives.
    """
    planned: list[Planned] = []
    own = tuple(besides)
    for number, (inquiry, item) in enumerate(zip(inquiries, items, strict=True)):
        bookings = [one for one in planned if isinstance(one, PlannedBooking)]
        earlier = [*taken, *(claim for one in bookings for claim in one.claims)]
        counted: Counter[int] = Counter()
        for one in planned:
            counted.update(dict(one.supplies))
        planned.append(_plan(inquiry, item, number, now, earlier=earlier, counted=counted, besides=own))
    return planned


def refuse_item(inquiry: AnyInquiry, item: Item, reason: Reason, number: int, now: datetime) -> NotFree:
    """The refusal of an item that others were quicker to take, with what is near."""
    match inquiry, item:
        case Inquiry(), SlotItem():
            return refuse_slot(inquiry, item.start, reason, number, now)
    return NotFree(Reason.CAPACITY, item=number, params={"alternatives": ()})


def _inquire(catalog: Catalog, item: Item, *, staff: bool) -> AnyInquiry:
    match item:
        case SlotItem():
            return inquire_slot(catalog, item, staff=staff)
    raise InvalidInput("no such kind", field="offering", params={"reason": "mode"})


def _plan(
    inquiry: AnyInquiry,
    item: Item,
    number: int,
    now: datetime,
    *,
    earlier: Sequence[Claim],
    counted: Counter[int],
    besides: tuple[tuple[str, int], ...],
) -> Planned:
    match inquiry, item:
        case Inquiry(), SlotItem():
            return plan_slot(
                inquiry, item, number, now, earlier=earlier, earlier_supplies=counted, besides=besides
            )
    raise TypeError(f"{type(inquiry).__name__} does not plan {type(item).__name__}")


def _check_conditions(inquiries: Sequence[AnyInquiry]) -> None:
    """Extras that go with another offering only. Raises InvalidInput at the item's `extras`."""
    booked = {one.offering.id for one in inquiries}
    for number, one in enumerate(inquiries):
        taken = {extra.id for extra in one.extras}
        for extra in one.offering.extras:
            if extra.id in taken and extra.needs_offering_id not in (None, *booked):
                needed = one.catalog.offering_of_key(extra.needs_offering_id or 0)
                raise InvalidInput(
                    "goes with another offering only",
                    field=f"items.{number}.extras",
                    params={"reason": "needs_offering", "offering": needed.name},
                )

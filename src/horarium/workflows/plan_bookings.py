"""An order's items of every kind, planned together: each sees what the earlier ones take. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.catalog.rules import Catalog

from .items import Item, ProductItem, SessionItem, SlotItem, StayItem
from .list_availability import Inquiry
from .plan_products import ProductInquiry, inquire_product, plan_product
from .plan_sessions import SessionInquiry, inquire_session, plan_session, refuse_session
from .plan_slots import inquire_slot, plan_slot, refuse_slot
from .plan_stays import inquire_stay, plan_stay, refuse_stay
from .planned import NOTHING, Besides, Planned
from .stay_inquiry import StayInquiry

MAX_ITEMS = 60
AnyInquiry: TypeAlias = Inquiry | StayInquiry | SessionInquiry | ProductInquiry


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
    inquiries: Sequence[AnyInquiry], items: Sequence[Item], now: datetime, besides: Besides = NOTHING
) -> list[Planned]:
    """Resources, places, times and prices of all items together, each with what the earlier ones take.

    Raises NotFree with the reason, the number of the item and the nearest alternatives.
    """
    planned: list[Planned] = []
    for number, (inquiry, item) in enumerate(zip(inquiries, items, strict=True)):
        planned.append(_plan(inquiry, item, number, now, besides.after(planned)))
    return planned


def plan_each(
    inquiries: Sequence[AnyInquiry], items: Sequence[Item], now: datetime
) -> list[Planned | NotFree]:
    """`plan_items` that goes on behind a refusal: what cannot be had takes nothing from the others."""
    found: list[Planned | NotFree] = []
    for number, (inquiry, item) in enumerate(zip(inquiries, items, strict=True)):
        earlier = NOTHING.after(one for one in found if not isinstance(one, NotFree))
        try:
            found.append(_plan(inquiry, item, number, now, earlier))
        except NotFree as refusal:
            found.append(refusal)
    return found


def refuse_item(inquiry: AnyInquiry, item: Item, reason: Reason, number: int, now: datetime) -> NotFree:
    """The refusal of an item that others were quicker to take, with what is near."""
    match inquiry, item:
        case Inquiry(), SlotItem():
            return refuse_slot(inquiry, item.start, reason, number, now)
        case StayInquiry(), StayItem():
            return refuse_stay(inquiry, item, reason, number, now)
        case SessionInquiry(), SessionItem():
            return refuse_session(inquiry, reason, number, now)
    return NotFree(Reason.CAPACITY, item=number, params={"alternatives": ()})


def _inquire(catalog: Catalog, item: Item, *, staff: bool) -> AnyInquiry:
    match item:
        case SlotItem():
            return inquire_slot(catalog, item, staff=staff)
        case StayItem():
            return inquire_stay(catalog, item, staff=staff)
        case SessionItem():
            return inquire_session(catalog, item, staff=staff)
        case ProductItem():
            return inquire_product(catalog, item, staff=staff)


def _plan(inquiry: AnyInquiry, item: Item, number: int, now: datetime, besides: Besides) -> Planned:
    match inquiry, item:
        case Inquiry(), SlotItem():
            return plan_slot(inquiry, item, number, now, besides)
        case StayInquiry(), StayItem():
            return plan_stay(inquiry, item, number, now, besides)
        case SessionInquiry(), SessionItem():
            return plan_session(inquiry, number, now, besides)
        case ProductInquiry(), ProductItem():
            return plan_product(inquiry, number, now, besides)
    raise TypeError(f"{type(inquiry).__name__} does not plan {type(item).__name__}")


def _check_conditions(inquiries: Sequence[AnyInquiry]) -> None:
    """Extras that go with another offering only. Raises InvalidInput at the item's `extras`."""
    booked = {one.offering.id for one in inquiries if not isinstance(one, ProductInquiry)}
    for number, one in enumerate(inquiries):
        if isinstance(one, ProductInquiry):
            continue
        taken = {extra.id for extra in one.extras}
        for extra in one.offering.extras:
            if extra.id in taken and extra.needs_offering_id not in (None, *booked):
                needed = one.catalog.offering_of_key(extra.needs_offering_id or 0)
                raise InvalidInput(
                    "goes with another offering only",
                    field=f"items.{number}.extras",
                    params={"reason": "needs_offering", "offering": needed.name},
                )

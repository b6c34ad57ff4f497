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

from .items import Item, ProductItem, SessionItem, SlotItem, StayItem
from .list_availability import Inquiry
from .plan_products import ProductInquiry, inquire_product, plan_product
from .plan_sessions import SessionInquiry, inquire_session, plan_session, refuse_session, session_claims
from .plan_slots import inquire_slot, plan_slot, refuse_slot
from .plan_stays import inquire_stay, plan_stay, refuse_stay
from .planned import Planned, PlannedBooking
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
        planned.append(_plan(inquiry, item, number, now, _Before(planned, taken, own)))
    return planned


def plan_each(
    inquiries: Sequence[AnyInquiry], items: Sequence[Item], now: datetime
) -> list[Planned | NotFree]:
    """`plan_items` that goes on behind a refusal: what cannot be had takes nothing from the others."""
    found: list[Planned | NotFree] = []
    for number, (inquiry, item) in enumerate(zip(inquiries, items, strict=True)):
        planned = [one for one in found if not isinstance(one, NotFree)]
        try:
            found.append(_plan(inquiry, item, number, now, _Before(planned, (), ())))
        except NotFree as refusal:
            found.append(refusal)
    return found


class _Before:
    """What an order's earlier items take, for the next one."""

    def __init__(
        self, planned: Sequence[Planned], taken: Sequence[Claim], besides: tuple[tuple[str, int], ...]
    ) -> None:
        self.bookings = [one for one in planned if isinstance(one, PlannedBooking)]
        self.claims = [
            *taken,
            *(claim for one in self.bookings for claim in one.claims),
            *session_claims(self.bookings),
        ]
        self.reseats = [move for one in self.bookings for move in one.reseats]
        self.supplies: Counter[int] = Counter()
        for one in planned:
            self.supplies.update(dict(one.supplies))
        self.besides = besides


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


def _plan(inquiry: AnyInquiry, item: Item, number: int, now: datetime, before: _Before) -> Planned:
    match inquiry, item:
        case Inquiry(), SlotItem():
            return plan_slot(
                inquiry,
                item,
                number,
                now,
                earlier=before.claims,
                earlier_supplies=before.supplies,
                besides=before.besides,
            )
        case StayInquiry(), StayItem():
            return plan_stay(
                inquiry,
                item,
                number,
                now,
                earlier=before.claims,
                earlier_supplies=before.supplies,
                earlier_reseats=before.reseats,
                besides=before.besides,
            )
        case SessionInquiry(), SessionItem():
            return plan_session(
                inquiry,
                item,
                number,
                now,
                earlier=before.claims,
                earlier_supplies=before.supplies,
                besides=before.besides,
                beside=before.bookings,
            )
        case ProductInquiry(), ProductItem():
            return plan_product(inquiry, item, number, now, earlier_supplies=before.supplies)
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

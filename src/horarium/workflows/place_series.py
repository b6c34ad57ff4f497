"""Recurring series: every occurrence is planned at once, seeing the others, and all are booked together or none.

A series is one line of an order, like any other item, and may stand beside others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar, TypeAlias, cast

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import Conflict, InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.actions_series import make_series
from horarium.modules.booking.models import Channel, Order
from horarium.modules.catalog.queries import catalog_of, get_current_catalog
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.platform.audit.actor import Actor

from .checkout import Checkout, Contact, place_order
from .items import Item, ProductItem, SlotItem
from .list_availability import Inquiry, Slot, alternatives_to
from .order_view import OrderView, get_order_view
from .plan_bookings import AnyInquiry, inquire_items, plan_each
from .planned import Planned, PlannedBooking
from .recurrence_items import Dated, SeriesWish, occurrences_of, offering_of

Line: TypeAlias = Item | SeriesWish


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
    """`planned`: the occurrences that would be booked now; `total` and `due_now` are their sums."""

    offering: OfferingFacts
    occurrences: tuple[Occurrence, ...]
    planned: tuple[PlannedBooking, ...]
    total: Money
    due_now: Money

    @property
    def clashes(self) -> tuple[Occurrence, ...]:
        return tuple(one for one in self.occurrences if one.reason is not None)

    @property
    def count(self) -> int:
        """How many would be booked."""
        return sum(1 for one in self.occurrences if not one.is_skipped)


class SeriesClash(Conflict):
    """Some occurrences cannot be had: nothing was taken. `occurrences`: all of them, with what is in the way. `item`:
    the number of the line.
    """

    code: ClassVar[str] = "series.clash"

    def __init__(self, occurrences: Sequence[Occurrence], item: int = 0) -> None:
        clashes = [one for one in occurrences if one.reason is not None]
        reason = clashes[0].reason if clashes else ""
        super().__init__("clash", params={"reason": reason, "count": len(clashes), "item": item})
        self.occurrences = tuple(occurrences)


def plan_series(business_id: int, wish: SeriesWish, now: datetime, *, staff: bool = True) -> SeriesPlan:
    """Every occurrence with its price, or with the reason against it and what is free near it. Nothing is taken.

    Neither lead time nor horizon binds staff. Raises NotFound, InvalidInput.
    """
    with scope(business=business_id):
        (plan,) = plan_lines(get_current_catalog(business_id), [wish], now, staff=staff)
    return cast(SeriesPlan, plan)


def place_series(
    business_id: int, wish: SeriesWish, contact: Contact, actor: Actor, now: datetime, *, notes: str = ""
) -> OrderView:
    """Staff book all occurrences that are not left out. Raises SeriesClash, NotFound, InvalidInput."""
    slug = get_current_catalog(business_id).business.slug
    checkout = Checkout(contact, (), notes=notes, channel=Channel.BACKOFFICE)
    order = place_lines(slug, [wish], checkout, actor, now, staff=True)
    return get_order_view(business_id, order.public_id, now)


def plan_lines(
    catalog: Catalog, lines: Sequence[Line], now: datetime, *, staff: bool = False
) -> list[Planned | SeriesPlan]:
    """Each line as it would be booked, seeing the others. Raises NotFree for a single item that cannot be had."""
    return _Order(catalog, lines, staff=staff).plan(now)


def place_lines(
    slug: str,
    lines: Sequence[Line],
    checkout: Checkout,
    actor: Actor,
    now: datetime,
    *,
    staff: bool = False,
) -> Order:
    """`place_order` of these lines in place of the checkout's items: one order, one hold, all of it or nothing.

    Raises SeriesClash, NotFree, NotFound, InvalidInput.
    """
    catalog = catalog_of(slug)
    with scope(business=catalog.business.id):
        wanted = _Order(catalog, lines, staff=staff)
        plans = wanted.plan(now)
        wanted.check(plans)
        checkout = replace(checkout, items=tuple(wanted.items))
        try:
            with wanted.named_as_asked(), transaction.atomic():
                order = place_order(slug, checkout, actor, now, staff=staff)
                for numbers, offering, wish in wanted.series():
                    make_series(order, offering.id, wish.rule.as_json(), actor, now, numbers=numbers)
        except NotFree as lost:
            raise wanted.lost(plans, lost) from lost
    return order


@dataclass(frozen=True, slots=True)
class _Single:
    item: Item


@dataclass(frozen=True, slots=True)
class _Repeated:
    wish: SeriesWish
    offering: OfferingFacts
    dated: tuple[Dated, ...]


class _Order:
    """The lines with all their occurrences as items one after the other, and which of them belong to which line."""

    def __init__(self, catalog: Catalog, lines: Sequence[Line], *, staff: bool) -> None:
        self.catalog = catalog
        self.staff = staff
        self.lines = [self._line(line, number) for number, line in enumerate(lines)]
        self.items: list[Item] = []
        self.origins: list[tuple[int, int]] = []
        """Of each item: the number of its line, and of its occurrence."""
        for number, line in enumerate(self.lines):
            parts = [(0, line.item)] if isinstance(line, _Single) else _kept(line)
            self.items += [item for _, item in parts]
            self.origins += [(number, occurrence) for occurrence, _ in parts]

    def plan(self, now: datetime) -> list[Planned | SeriesPlan]:
        found: list[Planned | NotFree] = []
        if self.items:
            with self.named_as_asked():
                inquiries = inquire_items(self.catalog, self.items, staff=self.staff)
                found = plan_each(inquiries, self.items, now)
                found = [
                    _with_others(inquiry, item, one, now) if self._is_repeated(place) else one
                    for place, (inquiry, item, one) in enumerate(
                        zip(inquiries, self.items, found, strict=True)
                    )
                ]
        plans: list[Planned | SeriesPlan] = []
        for number, line in enumerate(self.lines):
            own = {
                origin[1]: one for origin, one in zip(self.origins, found, strict=True) if origin[0] == number
            }
            if isinstance(line, _Repeated):
                plans.append(_plan(line, own, self.catalog.business.currency))
                continue
            only = own[0]
            if isinstance(only, NotFree):
                raise _renumbered(only, number)
            plans.append(only)
        return plans

    def check(self, plans: Sequence[Planned | SeriesPlan]) -> None:
        """Raises SeriesClash, and InvalidInput for a series of which nothing is left."""
        for number, plan in enumerate(plans):
            if not isinstance(plan, SeriesPlan):
                continue
            if plan.clashes:
                raise SeriesClash(plan.occurrences, number)
            if not plan.count:
                field = "skip" if self.staff else f"items.{number}.repeat.skip"
                raise InvalidInput("nothing is left", field=field, params={"reason": "required"})

    def series(self) -> Iterator[tuple[frozenset[int], OfferingFacts, SeriesWish]]:
        """Each with the numbers of its bookings in the order."""
        booked = [
            origin[0]
            for origin, item in zip(self.origins, self.items, strict=True)
            if not isinstance(item, ProductItem)
        ]
        for number, line in enumerate(self.lines):
            if isinstance(line, _Repeated):
                numbers = frozenset(place for place, of in enumerate(booked) if of == number)
                yield numbers, line.offering, line.wish

    def lost(self, plans: Sequence[Planned | SeriesPlan], refusal: NotFree) -> Conflict:
        """Others were quicker with one of the items."""
        number, occurrence = self.origins[refusal.item]
        plan = plans[number]
        if not isinstance(plan, SeriesPlan):
            return _renumbered(refusal, number)
        near: Any = refusal.params.get("alternatives", ())
        return SeriesClash(
            [
                replace(one, reason=str(refusal.reason), alternatives=tuple(near))
                if one.number == occurrence
                else one
                for one in plan.occurrences
            ],
            number,
        )

    @contextmanager
    def named_as_asked(self) -> Iterator[None]:
        """The field of a refusal names the line, not the item that it became."""
        try:
            yield
        except InvalidInput as error:
            first, _, rest = (error.field or "").partition(".")
            place, _, name = rest.partition(".")
            if first == "items" and place.isdigit():
                error.field = f"items.{self.origins[int(place)][0]}.{name}"
            raise

    def _is_repeated(self, place: int) -> bool:
        return isinstance(self.lines[self.origins[place][0]], _Repeated)

    def _line(self, line: Line, number: int) -> _Single | _Repeated:
        if not isinstance(line, SeriesWish):
            return _Single(line)
        offering = offering_of(self.catalog, line.item, staff=self.staff)
        if self.staff:
            return _Repeated(line, offering, tuple(occurrences_of(offering, line)))
        _check_guests(offering, line, number)
        try:
            return _Repeated(line, offering, tuple(occurrences_of(offering, line)))
        except InvalidInput as error:
            is_rule = (error.field or "").startswith("rule.")
            error.field = f"items.{number}.{'repeat.times' if is_rule else 'start'}"
            raise


def _check_guests(offering: OfferingFacts, wish: SeriesWish, number: int) -> None:
    """Guests repeat what the business lets them, up to its limit."""
    field = f"items.{number}.repeat"
    if not isinstance(wish.item, SlotItem) or offering.mode != "slot":
        raise InvalidInput("does not repeat", field=field, params={"reason": "mode"})
    if wish.rule.count is None or wish.rule.count > offering.repeats_up_to:
        most = {"reason": "too_many", "max": offering.repeats_up_to}
        raise InvalidInput("too often", field=f"{field}.times", params=most)


def _kept(line: _Repeated) -> list[tuple[int, Item]]:
    return [(one.number, one.item) for one in line.dated if not one.is_skipped]


def _plan(line: _Repeated, found: dict[int, Planned | NotFree], currency: str) -> SeriesPlan:
    planned = {number: one for number, one in found.items() if isinstance(one, PlannedBooking)}
    zero = Money.zero(currency)
    return SeriesPlan(
        line.offering,
        tuple(_occurrence(one, found.get(one.number), list(planned.values())) for one in line.dated),
        tuple(planned.values()),
        sum((one.quote.total for one in planned.values()), zero),
        sum((one.due_now for one in planned.values()), zero),
    )


def _occurrence(
    dated: Dated, found: Planned | NotFree | None, others: Sequence[PlannedBooking]
) -> Occurrence:
    if isinstance(found, PlannedBooking):
        start, end = (one.astimezone(dated.start.tzinfo) for one in (found.starts_at, found.ends_at))
        return Occurrence(dated.number, dated.on, start, end, found.quote.total)
    if isinstance(found, NotFree):
        near: Any = found.params.get("alternatives", ())
        apart = tuple(one for one in near if not _meets(one, others))
        return Occurrence(dated.number, dated.on, dated.start, None, None, str(found.reason), apart)
    return Occurrence(dated.number, dated.on, dated.start, None, None, is_skipped=True)


def _with_others(
    inquiry: AnyInquiry, item: Item, found: Planned | NotFree, now: datetime
) -> Planned | NotFree:
    """A slot that the chosen resource cannot serve may be free with another one: that is the nearest of all."""
    if not isinstance(found, NotFree) or not isinstance(inquiry, Inquiry) or not isinstance(item, SlotItem):
        return found
    if not inquiry.wish.chosen:
        return found
    anyone = replace(inquiry, wish=replace(inquiry.wish, chosen=frozenset()))
    same = [slot for slot in alternatives_to(anyone, item.start, now) if slot.start == item.start]
    near: Any = found.params.get("alternatives", ())
    others = [slot for slot in near if slot.start != item.start]
    return NotFree(found.reason, item=found.item, params={**found.params, "alternatives": (*same, *others)})


def _meets(near: Any, others: Sequence[PlannedBooking]) -> bool:
    """Whether an alternative lies where another occurrence of the series does."""
    return isinstance(near, Slot) and any(
        near.start < one.ends_at and one.starts_at < near.end for one in others
    )


def _renumbered(refusal: NotFree, number: int) -> NotFree:
    params = {name: value for name, value in refusal.params.items() if name not in ("reason", "item")}
    return NotFree(refusal.reason, item=number, params=params)

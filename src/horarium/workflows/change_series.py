"""Changing a series: this occurrence, this and the following ones, or all that are still ahead, with their money.

Everything happens in one transaction: what clashes is named for each occurrence, and then nothing has changed. A
preview does the very same and takes it back, so that it cannot say anything else than what will happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, TypeAlias

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import Conflict, NotFound
from horarium.kit.money import Money
from horarium.kit.zones import instant_of, local_date_of, minutes_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.actions import lock_for_changes, lock_order
from horarium.modules.booking.actions_series import note_changed_dates
from horarium.modules.booking.errors import DeadlinePassed, IllegalTransition
from horarium.modules.booking.models import Booking, CancelledBy
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.booking.queries_series import find_series_of, list_series_bookings
from horarium.modules.booking.rules import MOVABLE, CancellationTerms, ChangeTerms
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.platform.audit.actor import Actor

from .cancel_booking import CancellationWish, cancel_order, preview_cancellation
from .change_booking import ChangeWish, apply_change
from .order_view import BookingView, OrderView, get_order_view
from .plan_again import Change, own, plan_change
from .planned import Besides, PlannedBooking

Reach: TypeAlias = Literal["this", "following", "all"]


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """`start`: where the named occurrence goes; the others go by the same days and minutes of the wall clock. What is
    None stays. `keep_price` and `waive_fee` are staff's, with a `reason`.
    """

    reach: Reach = "this"
    start: datetime | None = None
    resource: str | None = None
    duration: int | None = None
    keep_price: bool = False
    waive_fee: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangedOccurrence:
    """`start`: where it goes. `reason` is what stands against it, `alternatives` what is free near it."""

    booking: str
    was: datetime
    start: datetime
    reason: str | None = None
    alternatives: tuple[Any, ...] = ()
    money: ChangeTerms | None = None


@dataclass(frozen=True, slots=True)
class SeriesMoney:
    """Summed over the occurrences; `due` is what of the whole order is then still to be paid."""

    before: Money
    after: Money
    fee: Money
    refund: Money
    due: Money


@dataclass(frozen=True, slots=True)
class ChangedSeries:
    occurrences: tuple[ChangedOccurrence, ...]
    money: SeriesMoney


class SeriesChangeClash(Conflict):
    """Some occurrences cannot go there: nothing has changed. `occurrences`: all that were meant."""

    code: ClassVar[str] = "series.clash"

    def __init__(self, occurrences: Sequence[ChangedOccurrence]) -> None:
        clashes = [one for one in occurrences if one.reason is not None]
        super().__init__(
            "clash", params={"reason": clashes[0].reason if clashes else "", "count": len(clashes)}
        )
        self.occurrences = tuple(occurrences)


@dataclass(frozen=True, slots=True)
class SeriesView:
    """Every occurrence of a series by start, cancelled ones too, and the order that they are part of."""

    id: str
    rule: dict[str, Any]
    order: OrderView
    bookings: tuple[BookingView, ...]


@dataclass(frozen=True, slots=True)
class CancelledSeries:
    """The order afterwards, and what cancelling its occurrences has kept and given back."""

    order: OrderView
    money: CancellationTerms


def find_series(business_id: int, booking_id: str, now: datetime) -> SeriesView | None:
    """The series that a booking belongs to."""
    with scope(business=business_id):
        series = find_series_of(business_id, booking_id)
        if series is None:
            return None
        rows = list_series_bookings(series)
        order_id = rows[0].order.public_id
    ids = {one.public_id for one in rows}
    view = get_order_view(business_id, order_id, now)
    return SeriesView(
        series.public_id, series.rule, view, tuple(one for one in view.bookings if one.id in ids)
    )


def preview_series_change(
    business_id: int, booking_id: str, change: SeriesChange, now: datetime, *, staff: bool = True
) -> ChangedSeries:
    """What `change_series` would do and raise; everything is taken back."""
    with scope(business=business_id), transaction.atomic():
        changed = _change(business_id, booking_id, change, Actor.system(), now, staff=staff)
        transaction.set_rollback(True)
    return changed


def change_series(
    business_id: int,
    booking_id: str,
    change: SeriesChange,
    actor: Actor,
    now: datetime,
    *,
    staff: bool = True,
) -> ChangedSeries:
    """Move or serve otherwise the occurrences that are meant and still ahead; guests those that the terms still let
    them move, the named one among them.

    Raises NotFound for a booking of no series; SeriesChangeClash, IllegalTransition, DeadlinePassed, InvalidInput: all
    is as it was.
    """
    with scope(business=business_id), transaction.atomic():
        return _change(business_id, booking_id, change, actor, now, staff=staff)


def preview_series_cancellation(
    business_id: int,
    booking_id: str,
    reach: Reach,
    now: datetime,
    *,
    waive_fee: bool = False,
    staff: bool = True,
) -> tuple[tuple[BookingView, ...], CancellationTerms]:
    """Which bookings would be cancelled, and their money: exactly as `cancel_series` applies it."""
    with scope(business=business_id):
        view, going = _going(business_id, booking_id, reach, now, staff=staff)
    wish = CancellationWish(tuple(one.id for one in going), waive_fee=waive_fee)
    return going, preview_cancellation(view, wish)


def cancel_series(
    business_id: int,
    booking_id: str,
    reach: Reach,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    waive_fee: bool = False,
    staff: bool = True,
) -> CancelledSeries:
    """Cancel the occurrences that are meant and still ahead; guests those that the terms still let them cancel.

    Raises NotFound for a booking of no series, IllegalTransition, DeadlinePassed: all is as it was.
    """
    with scope(business=business_id), transaction.atomic():
        order = lock_order(business_id, get_booking(business_id, booking_id).order.public_id)
        going, money = preview_series_cancellation(
            business_id, booking_id, reach, now, waive_fee=waive_fee, staff=staff
        )
        wish = CancellationWish(tuple(one.id for one in going), reason=reason, waive_fee=waive_fee)
        by = CancelledBy.STAFF if staff else CancelledBy.GUEST
        after = cancel_order(business_id, order.public_id, wish, by=by, actor=actor, now=now)
    return CancelledSeries(after, money)


def open_to_guest(dates: Sequence[BookingView], booking_id: str, reach: Reach) -> tuple[BookingView, ...]:
    """Which dates of a series a guest may cancel at once, counted from one of them: what the terms still let them."""
    named = next(one for one in dates if one.id == booking_id)
    return tuple(
        one
        for one in dates
        if one.can_cancel and (one is named or _is_reached(one.start, named.start, reach))
    )


def _going(
    business_id: int, booking_id: str, reach: Reach, now: datetime, *, staff: bool
) -> tuple[OrderView, tuple[BookingView, ...]]:
    """The order, and which of its bookings are to be cancelled: never none."""
    if staff:
        meant = _meant(business_id, booking_id, reach, now)
        ids = {one.public_id for one in meant}
        view = get_order_view(business_id, meant[0].order.public_id, now)
        return view, tuple(one for one in view.bookings if one.id in ids)
    series = find_series(business_id, booking_id, now)
    if series is None:
        raise NotFound("series", params={"kind": "series"})
    named = next(one for one in series.bookings if one.id == booking_id)
    if not named.is_active or named.has_begun:
        raise IllegalTransition("state", params={"state": named.state})
    going = open_to_guest(series.bookings, booking_id, reach)
    if not going:
        raise DeadlinePassed("cannot be cancelled by the guest", params={"action": "cancel"})
    return series.order, going


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One of the bookings that are meant, what it should become, and when it then starts, in the location's zone."""

    booking: Booking
    change: Change
    start: datetime

    def refused(self, refusal: NotFree) -> ChangedOccurrence:
        near: Any = refusal.params.get("alternatives", ())
        reason = str(refusal.reason)
        return replace(self.done(), reason=reason, alternatives=tuple(near))

    def done(self, money: ChangeTerms | None = None) -> ChangedOccurrence:
        was = self.booking.starts_at.astimezone(self.start.tzinfo)
        return ChangedOccurrence(self.booking.public_id, was, self.start, money=money)


def _change(
    business_id: int, booking_id: str, change: SeriesChange, actor: Actor, now: datetime, *, staff: bool
) -> ChangedSeries:
    lock_order(business_id, get_booking(business_id, booking_id).order.public_id)
    catalog = get_current_catalog(business_id)
    meant = _meant(business_id, booking_id, change.reach, now)
    if not staff:
        meant = _able(business_id, booking_id, meant, now)
    wanted = _wanted(catalog, booking_id, meant, change)
    planned = _check(catalog, wanted, now, staff=staff)
    lock_for_changes(
        business_id,
        meant,
        resource_ids=catalog.offering_of_key(meant[0].offering_id).resource_ids(),
        supply_ids={key for one in planned for key, _ in one.supplies},
    )
    done: dict[str, ChangedOccurrence] = {}
    for one in _in_safe_order(wanted):
        wish = ChangeWish(
            one.change, keep_price=change.keep_price, waive_fee=change.waive_fee, reason=change.reason
        )
        booking_key = one.booking.public_id
        try:
            changed = apply_change(business_id, booking_key, wish, actor, now, staff=staff)
        except NotFree as lost:
            clashes = [each.refused(lost) if each is one else each.done() for each in wanted]
            raise SeriesChangeClash(clashes) from lost
        done[booking_key] = one.done(changed.money)
    occurrences = tuple(done[one.booking.public_id] for one in wanted)
    if len(occurrences) > 1:
        note_changed_dates(business_id, {one.booking: one.was for one in occurrences}, actor)
    view = get_order_view(business_id, wanted[0].booking.order.public_id, now)
    return ChangedSeries(occurrences, _sum([one.money for one in occurrences if one.money], view.due_now))


def _able(business_id: int, booking_id: str, meant: Sequence[Booking], now: datetime) -> list[Booking]:
    """Those that the terms let a guest change; the named one must be among them."""
    view = get_order_view(business_id, meant[0].order.public_id, now)
    able = {one.id for one in view.bookings if one.can_reschedule}
    if booking_id not in able:
        raise DeadlinePassed("cannot be changed by the guest", params={"action": "reschedule"})
    return [one for one in meant if one.public_id in able]


def _meant(business_id: int, booking_id: str, reach: Reach, now: datetime) -> list[Booking]:
    """By start. What is over, cancelled or has begun is never meant (T-28)."""
    series = find_series_of(business_id, booking_id)
    if series is None:
        raise NotFound("series", params={"kind": "series"})
    bookings = list_series_bookings(series)
    named = next(one for one in bookings if one.public_id == booking_id)
    meant = [
        one
        for one in bookings
        if one.state in MOVABLE
        and one.starts_at > now
        and (one.pk == named.pk or _is_reached(one.starts_at, named.starts_at, reach))
    ]
    if named.pk not in {one.pk for one in meant}:
        raise IllegalTransition("state", params={"state": named.state})
    return meant


def _is_reached(start: datetime, named_start: datetime, reach: Reach) -> bool:
    """Whether a change of the one that starts at `named_start` means this other one, too."""
    return reach == "all" or (reach == "following" and start >= named_start)


def _wanted(
    catalog: Catalog, booking_id: str, meant: Sequence[Booking], change: SeriesChange
) -> list[_Wanted]:
    offering = catalog.offering_of_key(meant[0].offering_id)
    named = next(one for one in meant if one.public_id == booking_id)
    days, minutes = _shift(offering, named.starts_at, change.start)
    same = Change(resource=change.resource, duration=change.duration)
    return [_shifted(offering, one, same, days, minutes) for one in meant]


def _shift(offering: OfferingFacts, was: datetime, start: datetime | None) -> tuple[timedelta, int]:
    """Days and minutes of the wall clock between two starts."""
    if start is None:
        return timedelta(0), 0
    tz = zone(offering.location.time_zone)
    days = local_date_of(start, tz) - local_date_of(was, tz)
    return days, 0 if offering.mode == "stay" else minutes_of(start, tz) - minutes_of(was, tz)


def _shifted(
    offering: OfferingFacts, booking: Booking, same: Change, days: timedelta, minutes: int
) -> _Wanted:
    tz = zone(offering.location.time_zone)
    was = booking.starts_at.astimezone(tz)
    if not days and not minutes:
        return _Wanted(booking, same, was)
    start = instant_of(was.date() + days, minutes_of(was, tz) + minutes, tz)
    if offering.mode == "stay":
        last = local_date_of(booking.ends_at, tz)
        same = replace(same, check_in=was.date() + days, check_out=last + days)
    else:
        same = replace(same, start=start)
    return _Wanted(booking, same, start.astimezone(tz))


def _check(
    catalog: Catalog, wanted: Sequence[_Wanted], now: datetime, *, staff: bool
) -> tuple[PlannedBooking, ...]:
    """Plan all of them as if none of them had its time yet. Raises SeriesChangeClash with every clash."""
    besides = Besides(tuple(pair for one in wanted for pair in own(one.booking)))
    found = []
    for one in wanted:
        try:
            planned = plan_change(catalog, one.booking, one.change, now, staff=staff, besides=besides)
        except NotFree as refusal:
            found.append(one.refused(refusal))
            continue
        besides = besides.after([planned])
        found.append(one.done())
    if any(one.reason is not None for one in found):
        raise SeriesChangeClash(found)
    return besides.bookings


def _in_safe_order(wanted: Sequence[_Wanted]) -> list[_Wanted]:
    """So that none goes where another one of them still is: those that go later, from the last one on."""
    is_later = any(one.start > one.booking.starts_at for one in wanted)
    return list(reversed(wanted)) if is_later else list(wanted)


def _sum(changes: Sequence[ChangeTerms], due: Money) -> SeriesMoney:
    zero = Money.zero(due.currency)
    return SeriesMoney(
        before=sum((one.before for one in changes), zero),
        after=sum((one.after for one in changes), zero),
        fee=sum((one.fee for one in changes), zero),
        refund=sum((one.refund for one in changes), zero),
        due=due,
    )

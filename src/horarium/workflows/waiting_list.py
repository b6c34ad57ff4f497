"""The waiting list: somebody joins, freed time is offered to the first who fits as a hold of their own.

The offer is an order like any other, held until its time is over, so nobody else can have the time meanwhile: neither
by the page nor by a second worker, because the same constraints judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django_scopes import scope

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.events import TimeFreed
from horarium.modules.booking.actions import confirm_order, expire_order, lock_order
from horarium.modules.booking.actions_changes import cancel_bookings
from horarium.modules.booking.actions_waiting import (
    NewWaiting,
    join_waiting_list,
    leave_waiting_list,
    lock_waiting,
    offer_time,
    settle_offer,
)
from horarium.modules.booking.errors import IllegalTransition, OrderExpired, PaymentDue
from horarium.modules.booking.models import (
    BookingState,
    CancelledBy,
    Channel,
    Order,
    WaitingEntry,
    WaitingState,
)
from horarium.modules.booking.queries_waiting import (
    get_waiting_entry,
    has_waiting,
    list_businesses_waiting,
    list_in_turn,
    list_offers_over,
    offerings_awaited,
)
from horarium.modules.booking.rules import TAKES_TIME
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.modules.customers.actions import recognise
from horarium.platform.audit.actor import Actor
from horarium.platform.events.event import Event
from horarium.platform.jobs.queue import defer

from .checkout import Checkout, Contact, place_order
from .order_view import OrderView, get_order_view, view_of
from .waiting_fit import Fitting, Wished, check_wished, find_fitting, wished_of_json

RUN = "booking.run_waiting_list"
ATTEMPTS = 3
"""How often another time is looked for when the one that fitted has just been taken."""
UNDO = timedelta(minutes=1)
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Joining:
    """Who waits for what, on the local dates from `first_on` to `last_on`, both included."""

    contact: Contact
    wished: Wished
    first_on: date
    last_on: date


def join(business_id: int, joining: Joining, actor: Actor, now: datetime) -> WaitingEntry:
    """A place at the end of the line. Offers come by e-mail, so there must be an address.

    Who waits for the same already keeps the earlier place: tell the guest nothing of it, because whoever knows the
    address could ask. Raises NotFound, InvalidInput with the field.
    """
    with scope(business=business_id), transaction.atomic():
        catalog = get_current_catalog(business_id)
        offering = catalog.get_offering(joining.wished.offering)
        if not offering.has_waiting_list:
            raise InvalidInput("has no waiting list", field="offering", params={"reason": "no_waiting_list"})
        wished, party = check_wished(catalog, joining.wished, joining.first_on, joining.last_on)
        if joining.last_on < _today(now):
            raise InvalidInput("dates are over", field="to", params={"reason": "date"})
        contact = _check_contact(joining.contact, catalog)
        customer_id = recognise(
            business_id,
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            locale=contact.locale,
            country=offering.location.country,
            now=now,
        )
        new = NewWaiting(
            business_id=business_id,
            offering_id=offering.id,
            customer_id=customer_id,
            contact_name=contact.name,
            contact_email=contact.email,
            contact_phone=contact.phone,
            locale=contact.locale,
            first_on=joining.first_on,
            last_on=joining.last_on,
            party=party,
            wish=wished.as_json(),
        )
        return join_waiting_list(new, actor, now)


def leave(business_id: int, entry_id: str, *, by: CancelledBy, actor: Actor, now: datetime) -> WaitingEntry:
    """Nobody waits any more; a time that is being offered goes to the next. Raises NotFound."""
    with scope(business=business_id), transaction.atomic():
        entry = get_waiting_entry(business_id, entry_id)
        if entry.state == WaitingState.OFFERED and entry.order is not None:
            order = lock_order(business_id, entry.order.public_id)
            held = list(order.bookings.filter(state=BookingState.HELD).order_by("id"))
            cancel_bookings(order, held, by=by, actor=actor, reason="left the waiting list", now=now)
        return leave_waiting_list(business_id, entry_id, actor)


def look_again(event: Event) -> None:
    """Time may have become free: the worker looks whom it can be offered to."""
    if has_waiting(event.business_id):
        defer(RUN, business_id=event.business_id)


def look_again_soon(event: TimeFreed) -> None:
    """What staff put back on sale can be taken back for a while, so it is not offered before."""
    if has_waiting(event.business_id):
        defer(RUN, business_id=event.business_id, at=clock.now() + UNDO)


def run_all_waiting_lists(now: datetime) -> int:
    """Every list once: for time that becomes free without anybody saying so. Returns how many offers were made."""
    return sum(run_waiting_list(business_id, now) for business_id in list_businesses_waiting())


def run_waiting_list(business_id: int, now: datetime) -> int:
    """Settle the offers that are over, and offer what is free to those who wait, in turn. Returns how many offers."""
    with scope(business=business_id):
        for order_id in list_offers_over(business_id, now):
            _settle(business_id, order_id, now)
        awaited = offerings_awaited(business_id, _today(now))
        catalog = get_current_catalog(business_id)
        offered, after = 0, 0
        nothing: set[tuple[str, date, date]] = set()
        while page := list_in_turn(business_id, awaited, _today(now), _PAGE, after=after):
            for entry in page:
                same = (repr(entry.wish), entry.first_on, entry.last_on)
                if same in nothing:
                    continue
                if _offer(catalog, entry, now) is not None:
                    offered += 1
                else:
                    nothing.add(same)
            after = page[-1].pk
        return offered


def offer_by_hand(business_id: int, entry_id: str, now: datetime) -> Order:
    """Staff offer the first time that fits out of turn.

    Raises NotFound; IllegalTransition when the entry does not wait; NotFree when nothing fits.
    """
    with scope(business=business_id):
        entry = get_waiting_entry(business_id, entry_id)
        if entry.state != WaitingState.WAITING:
            raise IllegalTransition("does not wait", params={"state": entry.state})
        order = _offer(get_current_catalog(business_id), entry, now)
        if order is None:
            raise IllegalTransition("nothing fits", params={"state": entry.state, "reason": "nothing_fits"})
        return order


def accept_offer(business_id: int, order_id: str, now: datetime) -> OrderView:
    """Make a hold with nothing to pay a booking: by one click of its guest. Doing it twice changes nothing.

    Raises OrderNotFound; OrderExpired when the hold has run out; PaymentDue; IllegalTransition when it was cancelled.
    """
    with scope(business=business_id), transaction.atomic():
        order = lock_order(business_id, order_id)
        view = view_of(order, now)
        if view.status == "expired":
            raise OrderExpired("the hold has run out")
        if view.status == "cancelled":
            raise IllegalTransition("cancelled", params={"state": view.status})
        if view.status == "held":
            if view.due_now:
                raise PaymentDue("must be paid")
            if not confirm_order(order, now):
                raise OrderExpired("the hold has run out")
    return get_order_view(business_id, order_id, now)


def _offer(catalog: Catalog, entry: WaitingEntry, now: datetime) -> Order | None:
    """Hold the first time that fits for this entry alone; None when there is none, or it does not wait any more."""
    wished = wished_of_json(entry.wish)
    for _ in range(ATTEMPTS):
        try:
            fitting = find_fitting(catalog, wished, entry.first_on, entry.last_on, now)
            if fitting is None:
                return None
            with transaction.atomic():
                return _hold(catalog, entry, fitting, now)
        except NotFree:
            continue
        except HorariumError:
            # The offering has been closed or changed since: nothing of it can be offered.
            return None
    return None


def _hold(catalog: Catalog, entry: WaitingEntry, fitting: Fitting, now: datetime) -> Order | None:
    if not lock_waiting(entry):
        return None
    until = min(now + timedelta(minutes=catalog.business.waiting_offer_minutes), fitting.starts_at)
    contact = Contact(entry.contact_name, entry.contact_email, entry.contact_phone, entry.locale)
    checkout = Checkout(contact, (fitting.item,), channel=Channel.PAGE, held_until=until)
    order = place_order(catalog.business.slug, checkout, Actor.system(), now)
    if not offer_time(entry, order, now):
        transaction.set_rollback(True)
        return None
    defer(RUN, business_id=entry.business_id, at=until)
    return order


def _settle(business_id: int, order_id: str, now: datetime) -> None:
    """Write down what became of an offer that holds nothing any more."""
    with transaction.atomic():
        order = lock_order(business_id, order_id)
        if expire_order(order, now):
            return
        states = set(order.bookings.values_list("state", flat=True))
        if BookingState.HELD in states:
            return
        if states & TAKES_TIME:
            settle_offer(order, WaitingState.TAKEN)
        else:
            is_lapsed = BookingState.EXPIRED in states
            settle_offer(order, WaitingState.LAPSED if is_lapsed else WaitingState.LEFT)


def _today(now: datetime) -> date:
    """The earliest date that it is anywhere: entries of a past date are left out by their own zone."""
    return (now - timedelta(hours=12)).date()


def _check_contact(contact: Contact, catalog: Catalog) -> Contact:
    name, email = " ".join(contact.name.split()), contact.email.strip()
    if not name:
        raise InvalidInput("name is missing", field="customer.name", params={"reason": "required"})
    if not email:
        raise InvalidInput("address is missing", field="customer.email", params={"reason": "required"})
    if catalog.business.needs_phone and not contact.phone.strip():
        raise InvalidInput("phone is missing", field="customer.phone", params={"reason": "required"})
    return Contact(name, email, contact.phone.strip(), contact.locale or catalog.business.default_language)

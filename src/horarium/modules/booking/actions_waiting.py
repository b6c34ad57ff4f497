"""The waiting list: who waits, whom a freed time is offered to, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from horarium.kit.errors import InvalidInput, NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from . import events
from .models import Order, WaitingEntry, WaitingState

MOST_AT_ONCE = 10
"""How many places on waiting lists of one business a customer may have at once."""


@dataclass(frozen=True, slots=True)
class NewWaiting:
    """`wish` is an item of an order as JSON, its time being whatever fits in `[first_on, last_on]` (local dates)."""

    business_id: int
    offering_id: int
    customer_id: int
    contact_name: str
    contact_email: str
    contact_phone: str
    locale: str
    first_on: date
    last_on: date
    party: int
    wish: dict[str, Any]


def join_waiting_list(new: NewWaiting, actor: Actor, now: datetime) -> WaitingEntry:
    """A place at the end. Who already waits for the same keeps the earlier place. Raises InvalidInput for too many."""
    mine = WaitingEntry.objects.filter(
        business_id=new.business_id,
        customer_id=new.customer_id,
        state__in=[WaitingState.WAITING, WaitingState.OFFERED],
    )
    same = mine.filter(
        offering_id=new.offering_id, first_on=new.first_on, last_on=new.last_on, wish=new.wish
    ).first()
    if same is not None:
        return same
    if mine.count() >= MOST_AT_ONCE:
        raise InvalidInput("too many places", field="", params={"reason": "too_many", "max": MOST_AT_ONCE})
    entry = WaitingEntry.objects.create(
        business_id=new.business_id,
        offering_id=new.offering_id,
        customer_id=new.customer_id,
        contact_name=new.contact_name,
        contact_email=new.contact_email,
        contact_phone=new.contact_phone,
        locale=new.locale,
        first_on=new.first_on,
        last_on=new.last_on,
        party=new.party,
        wish=new.wish,
        created_at=now,
    )
    record(new.business_id, actor, "waiting.joined", entry.public_id, after={"wish": new.wish})
    publish(events.WaitingJoined(business_id=new.business_id, entry_id=entry.public_id))
    return entry


def lock_waiting(entry: WaitingEntry) -> bool:
    """Lock the entry until the end of the transaction; whether it still waits.

    Who comes second waits here, so nobody gets a time before somebody whose turn is earlier and being decided.
    """
    waiting = WaitingEntry.objects.filter(
        business_id=entry.business_id, pk=entry.pk, state=WaitingState.WAITING
    )
    return bool(list(waiting.select_for_update(no_key=True).values_list("pk", flat=True)))


def offer_time(entry: WaitingEntry, order: Order, now: datetime) -> bool:
    """The order holds time for this entry alone. False when the entry does not wait any more; then undo the order."""
    changed = WaitingEntry.objects.filter(
        business_id=entry.business_id, pk=entry.pk, state=WaitingState.WAITING
    ).update(state=WaitingState.OFFERED, order=order, offered_at=now)
    if changed:
        publish(
            events.TimeOffered(
                business_id=entry.business_id, entry_id=entry.public_id, order_id=order.public_id
            )
        )
    return bool(changed)


def settle_offer(order: Order, outcome: WaitingState) -> bool:
    """What became of an offered order: `taken`, `lapsed`, or `left` when it was declined. False when it was no offer.

    Late money may still take what has lapsed.
    """
    open_states = [WaitingState.OFFERED]
    if outcome == WaitingState.TAKEN:
        open_states.append(WaitingState.LAPSED)
    mine = WaitingEntry.objects.filter(business_id=order.business_id, order_id=order.pk)
    changed = mine.filter(state__in=open_states).update(state=outcome)
    if changed and outcome == WaitingState.LAPSED:
        entry_id = mine.values_list("public_id", flat=True).get()
        publish(events.OfferLapsed(business_id=order.business_id, entry_id=entry_id))
    return bool(changed)


def leave_waiting_list(business_id: int, entry_id: str, actor: Actor) -> WaitingEntry:
    """Whoever waits, or has been offered time, goes; a second time changes nothing. Raises NotFound.

    The hold of an offer is the caller's to release, before this.
    """
    entry = WaitingEntry.objects.filter(business_id=business_id, public_id=entry_id).first()
    if entry is None:
        raise NotFound("waiting entry", params={"kind": "waiting_entry"})
    changed = WaitingEntry.objects.filter(
        business_id=business_id, pk=entry.pk, state__in=[WaitingState.WAITING, WaitingState.OFFERED]
    ).update(state=WaitingState.LEFT)
    if changed:
        entry.state = WaitingState.LEFT
        record(business_id, actor, "waiting.left", entry.public_id)
    return entry

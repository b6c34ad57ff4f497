"""From drafts to rows: sessions with their places and tickets, goods with their stock."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from random import Random
from typing import Final

from django.db.models import F

from horarium.modules.availability.actions_sessions import BELOW_MINIMUM
from horarium.modules.availability.actions_stock import HANDED_OVER, RECEIVED
from horarium.modules.availability.models import (
    Allocation,
    Session,
    StockMovement,
    Supply,
    SupplyAllocation,
)
from horarium.modules.booking.models import ProductLine, Ticket
from horarium.modules.catalog.rules import Catalog
from horarium.modules.pricing.rules import Line, PriceQuote

from .drafts import Draft, LineDraft, OrderDraft, SessionDraft
from .money import instant
from .tables import Table

GONE: Final = ("cancelled", "expired")
AT_DOOR: Final = 0.94
"""Of the tickets of sessions that took place, how many were shown."""
DELIVERY: Final = 24
"""Pieces of one delivery."""
SPARE: Final = 2
"""Pieces that are there beyond those that wait for their buyers."""


class PlacesWriter:
    """Give it orders in the order in which they were placed: tickets are numbered as they come."""

    def __init__(self, catalog: Catalog, *, now: int, random: Random) -> None:
        self.business_id = catalog.business.id
        self.now = now
        self.random = random
        self.supplies, self.sessions = Table(Supply), Table(Session)
        self.of_supplies, self.of_resources = Table(SupplyAllocation), Table(Allocation)
        self.lines, self.tickets, self.movements = Table(ProductLine), Table(Ticket), Table(StockMovement)
        self._supply_of_session: dict[int, int] = {}
        self._session_ids: dict[int, int] = {}
        self._capacities: dict[int, int] = {}
        self._taken: dict[int, int] = {}
        self._issued: dict[int, int] = {}
        self._of_products = dict(Supply.objects.filter(product__isnull=False).values_list("product_id", "id"))
        self._stock = dict(Supply.objects.filter(product__isnull=False).values_list("product_id", "total"))
        self._products = {
            extra.id: extra.product_id
            for offering in catalog.offerings.values()
            for extra in offering.extras
            if extra.product_id is not None
        }
        self._gone: list[tuple[int, int, int]] = []

    def open(self, sessions: Iterable[SessionDraft]) -> None:
        """All sessions, before the orders."""
        for one in sorted(sessions, key=lambda one: one.starts):
            supply_id = self.supplies.reserve()
            key = self.sessions.add(
                business_id=self.business_id,
                offering_id=one.offering.id,
                schedule_id=one.schedule_id,
                occurs_on=one.occurs_on,
                supply_id=supply_id,
                starts_at=instant(one.starts),
                ends_at=instant(one.ends),
                state="scheduled" if one.cancelled_at is None else "cancelled",
                min_places=one.min_places,
                decide_at=None if one.decide_at is None else instant(one.decide_at),
                decided_at=None if one.decided_at is None else instant(one.decided_at),
                is_shared=one.is_shared,
                note=one.note,
                cancelled_at=None if one.cancelled_at is None else instant(one.cancelled_at),
                cancel_reason="" if one.cancelled_at is None else BELOW_MINIMUM,
            )
            self._session_ids[id(one)], self._supply_of_session[id(one)] = key, supply_id
            self._capacities[id(one)] = one.capacity
            if one.cancelled_at is None:
                self._take_resources(one, key)

    def session_id(self, booking: Draft) -> int | None:
        return None if booking.session is None else self._session_ids[id(booking.session)]

    def add(self, booking: Draft, key: int, order: OrderDraft) -> None:
        """Places, tickets and stocked extras of a booking that has been written."""
        if booking.session is not None:
            supply_id = self._supply_of_session[id(booking.session)]
            if booking.state not in GONE and booking.places:
                self._take(supply_id, booking.places, "booking", key, self._until(booking.state, order))
            self._issue(booking, key, order, supply_id)
        for extra in booking.extras:
            product_id = self._products.get(extra.id)
            if product_id is not None:
                self._move(product_id, extra.quantity, ("booking", key, booking.state), order)

    def add_lines(self, order: OrderDraft, order_key: int, line_ids: Sequence[str]) -> None:
        for line, public_id in zip(order.lines, line_ids, strict=True):
            key = self.lines.add(
                business_id=self.business_id,
                public_id=public_id,
                order_id=order_key,
                product_id=line.product.id,
                quantity=line.quantity,
                state=line.state,
                price=self._price(line).as_json(),
                total_minor=line.total.minor,
            )
            self._move(line.product.id, line.quantity, ("line", key, line.state), order)

    def tables(self) -> tuple[Table, ...]:
        for session, supply_id in self._supply_of_session.items():
            self.supplies.add(
                id=supply_id,
                business_id=self.business_id,
                total=self._capacities[session],
                taken=self._taken.get(supply_id, 0),
                issued=self._issued.get(supply_id, 0),
            )
        self._deliver()
        return (
            self.supplies,
            self.sessions,
            self.lines,
            self.tickets,
            self.of_supplies,
            self.of_resources,
            self.movements,
        )

    def count_stock(self) -> None:
        """What of the goods there is, and what of it is taken now."""
        for product_id, supply_id in self._of_products.items():
            Supply.objects.filter(pk=supply_id).update(
                total=self._stock[product_id],
                taken=self._taken.get(supply_id, 0),
                revision=F("revision") + 1,
            )

    def _price(self, line: LineDraft) -> PriceQuote:
        return PriceQuote.of(
            [Line(line.product.name, line.total, quantity=line.quantity)], line.total.currency
        )

    def _until(self, state: str, order: OrderDraft) -> int | None:
        return order.expires if state == "held" else None

    def _take(self, supply_id: int, quantity: int, kind: str, key: int, until: int | None) -> None:
        self._taken[supply_id] = self._taken.get(supply_id, 0) + quantity
        self.of_supplies.add(
            business_id=self.business_id,
            supply_id=supply_id,
            quantity=quantity,
            state="taken" if until is None else "held",
            expires_at=None if until is None else instant(until),
            owner_kind=kind,
            owner_id=key,
        )

    def _move(self, product_id: int, quantity: int, owner: tuple[str, int, str], order: OrderDraft) -> None:
        """Goods that wait for their buyer are taken; those handed over are not there any more.

        `owner`: kind, key and state.
        """
        kind, key, state = owner
        if state in ("completed", "checked_in", "no_show"):
            self._gone.append((order.ends, product_id, quantity))
        elif state not in GONE:
            self._take(self._of_products[product_id], quantity, kind, key, self._until(state, order))

    def _issue(self, booking: Draft, key: int, order: OrderDraft, supply_id: int) -> None:
        voided = order.cancelled_at if booking.state == "cancelled" else None
        for number, ticket in enumerate(booking.tickets, self._issued.get(supply_id, 0) + 1):
            shown = booking.state in ("completed", "checked_in") and self.random.random() < AT_DOOR
            at = booking.starts - self.random.randrange(60, 1500)
            self.tickets.add(
                business_id=self.business_id,
                booking_id=key,
                session_id=self.session_id(booking),
                ticket_type_id=ticket.kind.id,
                number=number,
                code=secrets.token_urlsafe(15),
                price_minor=ticket.price.minor,
                checked_in_at=instant(min(at, self.now)) if shown else None,
                voided_at=None if voided is None else instant(voided),
            )
            self._issued[supply_id] = number

    def _take_resources(self, session: SessionDraft, key: int) -> None:
        for claim in session.claims:
            self.of_resources.add(
                business_id=self.business_id,
                resource_id=claim.resource_id,
                during=f"[{instant(claim.starts).isoformat()},{instant(claim.ends).isoformat()})",
                state="taken",
                owner_kind="session",
                owner_id=key,
            )

    def _deliver(self) -> None:
        """Deliveries before the sales that needed them, so that the shelf was never emptier than empty."""
        for product_id, supply_id in self._of_products.items():
            self._stock[product_id] = max(self._stock[product_id], self._taken.get(supply_id, 0) + SPARE)
        on_shelf = dict.fromkeys(self._stock, 0)
        for at, product_id, quantity in sorted(self._gone):
            if on_shelf[product_id] < quantity:
                self._moved(product_id, DELIVERY, RECEIVED, at - 86400)
                on_shelf[product_id] += DELIVERY
            self._moved(product_id, -quantity, HANDED_OVER, at)
            on_shelf[product_id] -= quantity
        for product_id, stock in self._stock.items():
            rest = stock - on_shelf[product_id]
            if rest:
                self._moved(product_id, rest, RECEIVED, self.now - 3 * 86400)

    def _moved(self, product_id: int, delta: int, reason: str, at: int) -> None:
        self.movements.add(
            business_id=self.business_id,
            supply_id=self._of_products[product_id],
            delta=delta,
            reason=reason,
            at=instant(min(at, self.now)),
        )

"""What became of each order by now: when it was placed, and whether it was kept, cancelled, missed or left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.actions_sessions import BELOW_MINIMUM

from .demand import Demand
from .drafts import Draft, OrderDraft

DAY: Final = 86400
PAYING: Final = 600
"""Seconds in which a paid order has been paid."""
CHANNELS: Final = {"page": 0.58, "widget": 0.36, "api": 0.06}
REASONS: Final = {
    "spa": ("Cambio de planes", "Me enfermé", "No alcanzo a llegar", "Reagendo más adelante"),
    "studio": ("Изменились планы", "Заболела модель", "Не успеваем приехать", "Перенесём на другой день"),
    "salon": ("Change of plans", "Not feeling well", "Stuck at work", "Will book again later"),
    "hotel": ("Изменились планы", "Заболел ребёнок", "Не дали отпуск", "Отменили поезд", "Приедем летом"),
    "tours": ("Change of plans", "Flight was moved", "Not feeling well", "Booked the wrong day"),
    "venue": ("Cambio de planes", "No puedo ir", "Nos equivocamos de día", "Estoy con gripe"),
    "rental": ("Cambio de planes", "Va a llover", "Al final vamos en coche", "Somos menos"),
}
STAFF_REASONS: Final = {
    "spa": ("La terapeuta está con licencia", "Corte de agua en el edificio"),
    "studio": ("Отключили электричество", "Фотограф заболел"),
    "salon": ("Stylist is ill", "Water off in the building"),
    "hotel": ("Ремонт в номере", "Отключили электричество в посёлке"),
    "tours": ("Guide is ill", "Storm warning"),
    "venue": ("Avería eléctrica", "Enfermedad del artista"),
    "rental": ("Bandera roja", "Bici averiada"),
}


class Fates:
    def __init__(self, demand: Demand, *, now: datetime, time_zone: str, slug: str, random: Random) -> None:
        self.demand = demand
        self.now = int(now.timestamp())
        self.zone = zone(time_zone)
        self.slug = slug
        self.random = random

    def decide(self, order: OrderDraft) -> None:
        """Set everything that time has made of an order, `created` first."""
        order.channel = self._channel()
        order.created = self._created(order)
        session = order.bookings[0].session
        if session is not None and session.cancelled_at is not None:
            self._call_off(order, session.cancelled_at)
            return
        roll = self.random.random()
        if roll < self.demand.cancelled and self._may_cancel(order):
            self._cancel(order)
            return
        is_unpaid = order.due and order.channel != "backoffice"
        if is_unpaid and not order.lines and roll < self.demand.cancelled + 0.02:
            self._state(order, "expired")
            return
        for booking in order.bookings:
            booking.state = self._state_of(booking, order)
        if not order.lines and order.ends < self.now - 3600 and self.random.random() < self.demand.no_show:
            self._state(order, "no_show")
        for line in order.lines:
            line.state = "completed" if order.bookings[0].state == "completed" else "confirmed"

    def hold(self, order: OrderDraft) -> None:
        """Somebody stands before the payment page at this moment."""
        order.channel = self.random.choice(("page", "widget"))
        order.created = self.now - self.random.randrange(60, 240)
        order.expires = order.created + order.hold_minutes * 60
        self._state(order, "held")

    def gives_back(self, order: OrderDraft) -> bool:
        return order.bookings[0].state in ("cancelled", "expired")

    def _state(self, order: OrderDraft, state: str) -> None:
        for booking in order.bookings:
            booking.state = state
        for line in order.lines:
            line.state = state

    def _state_of(self, booking: Draft, order: OrderDraft) -> str:
        if booking.ends <= self.now - 1200:
            return "completed"
        if booking.starts <= self.now + 300:
            # Who sleeps here has arrived; of the others some are written down later.
            is_here = booking.rate_plan is not None or self.random.random() < 0.8
            return "checked_in" if is_here else "confirmed"
        if (
            booking.terms.needs_approval
            and order.channel != "backoffice"
            and order.created > self.now - 3 * DAY
        ):
            return "pending"
        return "confirmed"

    def _channel(self) -> str:
        if self.random.random() < self.demand.by_staff:
            return "backoffice"
        return self.random.choices(list(CHANNELS), list(CHANNELS.values()))[0]

    def _created(self, order: OrderDraft) -> int:
        """An instant in waking hours, before the lead time and before now."""
        first = min(order.bookings, key=lambda one: one.starts)
        lead = max(one.offering.lead for one in order.bookings) * 60
        latest = min(first.starts - (600 if order.channel == "backoffice" else lead), self.now - PAYING)
        earliest = first.starts - min(one.offering.horizon_days for one in order.bookings) * DAY + DAY
        second = latest - self.random.expovariate(1 / self._lead_days(first)) * DAY
        if second < earliest:
            second = self.random.uniform(earliest, latest)
        awake = self._awake(int(second))
        return awake if awake <= latest else int(latest - self.random.uniform(0, 4 * 3600))

    def _lead_days(self, first: Draft) -> float:
        if first.rate_plan is not None and self.demand.nights is not None:
            return self.demand.nights.lead_days
        return self.demand.lead_days

    def _awake(self, second: int) -> int:
        day = local_date_of(datetime.fromtimestamp(second, UTC), self.zone)
        minute = int(self.random.triangular(7 * 60, 23 * 60 + 30, 18 * 60))
        instant = instant_of(day, minute, self.zone) + timedelta(seconds=self.random.randrange(60))
        return int(instant.timestamp())

    def _call_off(self, order: OrderDraft, at: int) -> None:
        """Its session does not take place. Who booked it did so before that was known."""
        order.created = min(order.created, at - 3600)
        order.cancelled_at, order.cancelled_by, order.reason = at, "system", BELOW_MINIMUM
        self._state(order, "cancelled")

    def _may_cancel(self, order: OrderDraft) -> bool:
        return order.bookings[0].starts - order.created > 3 * 3600

    def _cancel(self, order: OrderDraft) -> None:
        starts = order.bookings[0].starts
        latest = min(starts - 1800, self.now - 60)
        order.cancelled_at = int(self.random.uniform(min(order.created + 900, latest), latest))
        is_staff = self.random.random() < 0.16
        order.cancelled_by = "staff" if is_staff else "guest"
        reasons = (STAFF_REASONS if is_staff else REASONS)[self.slug]
        order.reason = self.random.choice(reasons) if is_staff or self.random.random() < 0.6 else ""
        self._state(order, "cancelled")

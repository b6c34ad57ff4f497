"""From drafts to rows: customers, orders, bookings, who serves them, and their time."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any, Final

from horarium.kit.ids import new_id
from horarium.modules.availability.models import Allocation
from horarium.modules.booking.models import Assignment, Booking, BookingExtra, Cancellation, Order
from horarium.modules.catalog.queries import get_catalog
from horarium.modules.customers.models import Customer
from horarium.modules.customers.rules import search_text
from horarium.modules.pricing.queries import get_price_list
from horarium.platform.tenancy.models import Business, Member

from ..plan import BusinessPlan
from .blocks import write_blocks
from .choosing import Chooser
from .correspondence import write_correspondence
from .demand import DEMANDS
from .drafts import Draft, OrderDraft
from .fates import Fates
from .money import MoneyWriter, instant
from .ordering import Ordering
from .people import Guest, guests
from .places import PlacesWriter
from .reviews import write_reviews
from .series import write_series
from .tables import Table
from .traces import Traces
from .waiting import write_waiting
from .wording import ORDER_NOTES, STAFF_NOTES

SEED: Final = 20260101
NO_TIME: Final = ("cancelled", "expired")


def write_history(plan: BusinessPlan, business: Business, now: datetime) -> None:
    """Fill one business. Call it in the scope of the business, inside a transaction."""
    random = Random(f"{SEED}:{plan.slug}")  # noqa: S311 - a demo that looks the same everywhere
    demand = DEMANDS[plan.slug]
    catalog = get_catalog(business.pk)
    chooser = Chooser(
        plan=plan,
        catalog=catalog,
        prices=get_price_list(business.pk, catalog.revision),
        demand=demand,
        guests=guests(demand.customers, country=plan.country, language=plan.language, random=random),
        now=now,
        random=random,
    )
    write_blocks(plan, business.pk, chooser)
    fates = Fates(demand, now=now, time_zone=plan.time_zone, slug=plan.slug, random=random)
    ordering = Ordering(chooser, fates)
    orders = sorted(ordering.orders(), key=lambda one: one.created)
    places = PlacesWriter(catalog, now=int(now.timestamp()), random=random)
    places.open(ordering.sessions)
    writer = OrderWriter(plan, business, places, now=int(now.timestamp()), random=random)
    for order in orders:
        writer.add(order)
    writer.write()
    write_waiting(business.pk, ordering.sessions, chooser)
    write_series(business.slug, chooser)
    write_correspondence(business.pk, plan.rules.reminder_hours, now)
    write_reviews(business.pk)


class OrderWriter:
    def __init__(
        self, plan: BusinessPlan, business: Business, places: PlacesWriter, *, now: int, random: Random
    ) -> None:
        self.plan = plan
        self.places = places
        self.business_id = business.pk
        self.now = now
        self.random = random
        self.staff = list(Member.objects.order_by("id").values_list("user_id", flat=True))
        self.customers, self.orders, self.bookings = Table(Customer), Table(Order), Table(Booking)
        self.assignments, self.extras = Table(Assignment), Table(BookingExtra)
        self.allocations, self.cancellations = Table(Allocation), Table(Cancellation)
        self.money = MoneyWriter(self.business_id, plan.currency, now=now, random=random)
        self.traces = Traces(plan, self.business_id, now=now)
        self._customer_ids: dict[int, int] = {}
        self._policies: dict[int, dict[str, Any]] = {}

    def write(self) -> None:
        own = (self.customers, self.orders)
        of_bookings = (self.bookings, self.assignments, self.extras, self.cancellations, self.allocations)
        supplies, sessions, *of_places = self.places.tables()
        for table in (
            *own,
            supplies,
            sessions,
            *of_bookings,
            *of_places,
            *self.money.tables(),
            *self.traces.tables(),
        ):
            table.write()
        self.places.count_stock()

    def add(self, order: OrderDraft) -> None:
        order_id = new_id("ord")
        booking_ids = [new_id("bk") for _ in order.bookings]
        line_ids = [new_id("lin") for _ in order.lines]
        key = self._add_order(order, order_id)
        refunded = self.money.settle(order, order_id, booking_ids, line_ids)
        for number, booking in enumerate(order.bookings):
            booking_key = self._add_booking(booking, booking_ids[number], order, key)
            if order.cancelled_at is not None:
                self._add_cancellation(order, order.cancelled_at, booking_key, refunded if number == 0 else 0)
        self.places.add_lines(order, key, line_ids)
        self.traces.follow(order, order_id, booking_ids, user_id=self._by(order))

    def _add_order(self, order: OrderDraft, order_id: str) -> int:
        guest = order.guest
        is_staff = order.channel == "backoffice"
        expires = order.expires
        if order.bookings[0].state == "expired":
            expires = order.created + order.hold_minutes * 60
        notes = ORDER_NOTES[self.plan.slug]
        return self.orders.add(
            business_id=self.business_id,
            public_id=order_id,
            customer_id=self._customer(guest, order.created),
            contact_name=guest.name,
            contact_email=guest.email,
            contact_phone=guest.phone,
            locale=guest.locale,
            channel=order.channel,
            currency=self.plan.currency,
            total_minor=order.total.minor,
            due_minor=0 if is_staff else order.due.minor,
            notes=self.random.choice(notes) if self.random.random() < 0.07 else "",
            expires_at=None if expires is None else instant(expires),
            created_at=instant(order.created),
            created_by_id=self._by(order) if is_staff else None,
        )

    def _add_booking(self, booking: Draft, booking_id: str, order: OrderDraft, order_key: int) -> int:
        terms = booking.terms
        is_confirmed = booking.state not in ("held", "expired", "pending")
        needs_approval = terms.needs_approval and order.channel != "backoffice"
        waited = order.due and order.channel != "backoffice"
        confirmed = order.created + (180 if waited else 0) + (5400 if terms.needs_approval else 0)
        staff_notes = STAFF_NOTES[self.plan.language]
        key = self.bookings.add(
            business_id=self.business_id,
            public_id=booking_id,
            order_id=order_key,
            offering_id=booking.offering.id,
            location_id=booking.offering.location.id,
            starts_at=instant(booking.starts),
            ends_at=instant(booking.ends),
            party=booking.party,
            state=booking.state,
            session_id=self.places.session_id(booking),
            rate_plan_id=booking.rate_plan.id if booking.rate_plan else None,
            guests=booking.guests,
            price=booking.quote.as_json(),
            total_minor=booking.quote.total.minor,
            is_resource_chosen=booking.is_chosen,
            is_pinned=booking.is_chosen or (booking.rate_plan is not None and booking.state == "checked_in"),
            needs_approval=needs_approval,
            approve_by=instant(booking.starts) if needs_approval else None,
            terms=self._terms(booking),
            staff_notes=self.random.choice(staff_notes) if self.random.random() < 0.05 else "",
            sequence=1 if booking.state == "cancelled" else 0,
            created_at=instant(order.created),
            confirmed_at=instant(min(confirmed, self.now)) if is_confirmed else None,
            **self._presence(booking),
        )
        self._add_parts(booking, key, order)
        self.places.add(booking, key, order)
        return key

    def _terms(self, booking: Draft) -> dict[str, Any]:
        """As they are frozen; a policy is worked out once."""
        agreed = booking.agreed
        key = id(agreed.policy)
        if key not in self._policies:
            self._policies[key] = agreed.policy.as_json()
        return {**self._policies[key], "deposit_minor": agreed.deposit_minor}

    def _presence(self, booking: Draft) -> dict[str, datetime]:
        """When they came, and when guests of a stay left."""
        if booking.state not in ("checked_in", "completed"):
            return {}
        late = self.random.randrange(0, 4 * 3600 if booking.rate_plan else 420)
        came = {"checked_in_at": instant(min(booking.starts + late, self.now))}
        if booking.rate_plan is None or booking.state != "completed":
            return came
        return came | {"checked_out_at": instant(booking.ends - self.random.randrange(0, 3 * 3600))}

    def _add_parts(self, booking: Draft, key: int, order: OrderDraft) -> None:
        seen: set[int] = set()
        for claim in booking.claims:
            if claim.resource_id not in seen:
                self.assignments.add(
                    business_id=self.business_id,
                    booking_id=key,
                    resource_id=claim.resource_id,
                    requirement_id=claim.need_id,
                )
                seen.add(claim.resource_id)
            if booking.state not in NO_TIME:
                # What waits for staff is theirs until the time to decide has passed.
                until = {"held": order.expires, "pending": booking.starts}.get(booking.state)
                self.allocations.add(
                    business_id=self.business_id,
                    resource_id=claim.resource_id,
                    during=f"[{instant(claim.starts).isoformat()},{instant(claim.ends).isoformat()})",
                    state="taken" if until is None else "held",
                    expires_at=None if until is None else instant(until),
                    owner_kind="booking",
                    owner_id=key,
                )
        for extra in booking.extras:
            self.extras.add(
                business_id=self.business_id, booking_id=key, extra_id=extra.id, quantity=extra.quantity
            )

    def _add_cancellation(self, order: OrderDraft, at: int, booking_key: int, refunded: int) -> None:
        self.cancellations.add(
            business_id=self.business_id,
            booking_id=booking_key,
            by=order.cancelled_by,
            user_id=self.staff[0] if order.cancelled_by == "staff" else None,
            reason=order.reason,
            refunded_minor=refunded,
            at=instant(at),
        )

    def _by(self, order: OrderDraft) -> int | None:
        """Who at the desk wrote it down."""
        is_staff = order.channel == "backoffice"
        return self.staff[1 if order.created % 3 else 0] if is_staff else None

    def _customer(self, guest: Guest, created: int) -> int:
        if guest.number not in self._customer_ids:
            self._customer_ids[guest.number] = self.customers.add(
                business_id=self.business_id,
                name=guest.name,
                email=guest.email,
                phone=guest.phone,
                locale=guest.locale,
                search=search_text(guest.name, guest.email, guest.phone),
                created_at=instant(created),
            )
        return self._customer_ids[guest.number]

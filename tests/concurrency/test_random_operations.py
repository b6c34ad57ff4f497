"""Many writers do random things to one business; afterwards every invariant of the engine holds.

No resource is taken twice, every active booking has exactly its time, the ledger sums to zero, and nothing but
a clear refusal was ever answered.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django_scopes import scope, scopes_disabled

from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.modules.availability.actions_blocks import place_block, remove_blocks
from horarium.modules.availability.models import Block, Session
from horarium.modules.booking.models import Booking, CancelledBy, WaitingEntry
from horarium.modules.catalog.models import Product, TicketType
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business, Location
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.change_booking import ChangeWish, apply_change, move_booking
from horarium.workflows.change_series import Reach, SeriesChange, cancel_series, change_series
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, Item, ProductItem, SessionItem, SlotItem, StayItem
from horarium.workflows.list_availability import WishInput, list_days
from horarium.workflows.place_series import place_series
from horarium.workflows.place_series_guests import order_lines
from horarium.workflows.plan_again import Change
from horarium.workflows.recurrence import SeriesRule
from horarium.workflows.recurrence_items import SeriesWish
from horarium.workflows.take_cash import take_cash
from horarium.workflows.tidy_bookings import expire_lapsed_orders
from horarium.workflows.waiting_fit import Wished
from horarium.workflows.waiting_list import Joining, accept_offer, join, run_waiting_list
from tests.factories import (
    make_business,
    make_location,
    make_offering,
    make_pool,
    make_price,
    make_product,
    make_resource,
    make_session,
    make_ticket_type,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
ACTS = (
    *("hold", "hold", "mixed", "mixed", "mixed", "series", "wait", "cancel", "cancel"),
    *("move", "change", "pay", "block", "tidy"),
)
MORNING = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
DAY = date(2026, 12, 2)
ACTOR = Actor.system()


class Writer:
    """One connection with its own dice and its own clock, which runs on while it works."""

    def __init__(self, business: Business, seed: int) -> None:
        self.business = business
        self.dice = random.Random(seed)
        self.now = MORNING
        self.refusals = 0

    def work(self, steps: int, barrier: Barrier) -> int:
        try:
            barrier.wait(timeout=30)
            for _ in range(steps):
                self.now += timedelta(minutes=self.dice.choice([0, 1, 3]))
                act = self.dice.choice([getattr(self, name) for name in ACTS])
                try:
                    with scope(business=self.business.pk):
                        act()
                except HorariumError:
                    self.refusals += 1
            return self.refusals
        finally:
            connection.close()

    def hold(self) -> None:
        slug = self.dice.choice(["cut", "duo", "paid"])
        listing = list_days(
            self.business.slug, slug, first_on=DAY, last_on=DAY, wish=WishInput(), now=self.now
        )
        if listing.days[0].slots:
            starts = [
                slot.start for slot in self.dice.choices(listing.days[0].slots, k=self.dice.choice([1, 1, 2]))
            ]
            contact = Contact("Guest", f"guest{self.dice.randrange(20)}@example.org")
            items = tuple(SlotItem(listing.offering.public_id, start) for start in starts)
            place_order(self.business.slug, Checkout(contact, items), ACTOR, self.now)

    def mixed(self) -> None:
        """An order of one to three items of any kind."""
        kinds = self.dice.choices([self.stay, self.tour, self.class_, self.goods, self.slot], k=3)
        items = tuple(kind() for kind in kinds[: self.dice.choice([1, 1, 2, 3])])
        contact = Contact("Guest", f"guest{self.dice.randrange(20)}@example.org")
        place_order(self.business.slug, Checkout(contact, items), ACTOR, self.now)

    def stay(self) -> Item:
        arrival = DAY + timedelta(days=self.dice.randrange(8))
        key = self.dice.choice(["double", "family"])
        return StayItem(key, arrival, arrival + timedelta(days=self.dice.choice([1, 1, 2, 3])), Guests(1))

    def tour(self) -> Item:
        session = self.dice.choice(list(Session.objects.filter(is_shared=False)))
        return SessionItem(self.some_tickets("tour"), session=session.public_id)

    def class_(self) -> Item:
        start = datetime(2026, 12, 2, 8, 0, tzinfo=UTC) + timedelta(minutes=60 * self.dice.randrange(4))
        return SessionItem(self.some_tickets("class"), offering="class", start=start)

    def goods(self) -> Item:
        return ProductItem(Product.objects.get(name="Honey").public_id, self.dice.choice([1, 2]))

    def slot(self) -> Item:
        start = datetime(2026, 12, 2, 8, 0, tzinfo=UTC) + timedelta(minutes=15 * self.dice.randrange(30))
        return SlotItem("cut", start)

    def some_tickets(self, slug: str) -> tuple[tuple[str, int], ...]:
        one = TicketType.objects.get(offering__slug=slug)
        return ((one.public_id, self.dice.choice([1, 1, 2, 3])),)

    def series(self) -> None:
        """Two or three of the same, a week apart, by staff, or by guests with goods; or those that are there move."""
        repeated = list(Booking.objects.exclude(series=None).order_by("-id")[:20])
        if repeated and self.dice.random() < 0.4:
            booking = self.dice.choice(repeated)
            start = booking.starts_at + timedelta(minutes=self.dice.choice([15, 30]))
            reach: Reach = self.dice.choice(["following", "all"])
            if self.dice.random() < 0.7:
                change_series(
                    self.business.pk, booking.public_id, SeriesChange(reach, start), ACTOR, self.now
                )
            else:
                cancel_series(
                    self.business.pk, booking.public_id, reach, reason="", actor=ACTOR, now=self.now
                )
            return
        wish = SeriesWish(self.slot(), SeriesRule(count=self.dice.choice([2, 3])))
        contact = Contact("Regular", f"guest{self.dice.randrange(20)}@example.org")
        if self.dice.random() < 0.5:
            place_series(self.business.pk, wish, contact, ACTOR, self.now)
        else:
            order_lines(self.business.slug, [wish, self.goods()], Checkout(contact, ()), ACTOR, self.now)

    def wait(self) -> None:
        """Somebody joins the waiting list, or takes what was offered, or the list is run."""
        offers = list(WaitingEntry.objects.select_related("order").filter(state="offered")[:5])
        chance = self.dice.random()
        if offers and chance < 0.3:
            order = self.dice.choice(offers).order
            assert order is not None
            accept_offer(self.business.pk, order.public_id, self.now)
        elif chance < 0.7:
            contact = Contact("Patient", f"guest{self.dice.randrange(20)}@example.org")
            wished = self.dice.choice([Wished("cut"), Wished("double", nights=1, guests=Guests(1))])
            joining = Joining(contact, wished, DAY, DAY + timedelta(days=2))
            join(self.business.pk, joining, ACTOR, self.now)
        else:
            run_waiting_list(self.business.pk, self.now)

    def change(self) -> None:
        """Other dates, other tickets, another room: whatever the booking has."""
        booking = self.some_booking()
        if booking is None:
            return
        arrival = DAY + timedelta(days=self.dice.randrange(8))
        change = {
            "slot": Change(duration=30),
            "stay": Change(check_in=arrival, check_out=arrival + timedelta(days=self.dice.choice([1, 2, 4]))),
            "session": Change(tickets=self.some_tickets(booking.offering.slug))
            if booking.offering.mode == "session"
            else Change(),
        }[booking.offering.mode]
        wish = ChangeWish(change, waive_fee=True, reason="test")
        apply_change(self.business.pk, booking.public_id, wish, ACTOR, self.now, staff=True)

    def cancel(self) -> None:
        booking = self.some_booking()
        if booking:
            order_id = booking.order.public_id
            wish = CancellationWish(reason="test")
            cancel_order(self.business.pk, order_id, wish, by=CancelledBy.STAFF, actor=ACTOR, now=self.now)

    def move(self) -> None:
        booking = self.some_booking()
        if booking:
            start = datetime(2026, 12, 2, 8, 0, tzinfo=UTC) + timedelta(minutes=15 * self.dice.randrange(40))
            move_booking(self.business.pk, booking.public_id, Change(start=start), ACTOR, self.now)

    def pay(self) -> None:
        booking = self.some_booking()
        if booking and booking.order.total_minor:
            amount = Money(booking.order.due_minor or 100, "EUR")
            take_cash(self.business.pk, booking.order.public_id, amount, actor=ACTOR, now=self.now)

    def block(self) -> None:
        blocks = list(Block.objects.filter(removed_at=None)[:5])
        if blocks and self.dice.random() < 0.5:
            remove_blocks(self.business.pk, self.dice.choice(blocks).public_id, actor=ACTOR, now=self.now)
            return
        start = datetime(2026, 12, 2, 8, 0, tzinfo=UTC) + timedelta(minutes=5 * self.dice.randrange(120))
        ids = self.dice.sample(self.resource_ids, k=2)
        end = start + timedelta(minutes=25)
        place_block(self.business.pk, ids, start, end, reason="test", actor=ACTOR, now=self.now)

    def tidy(self) -> None:
        with scopes_disabled():
            expire_lapsed_orders(self.now)

    def some_booking(self) -> Booking | None:
        found = list(Booking.objects.select_related("order", "offering").order_by("-id")[:40])
        return self.dice.choice(found) if found else None

    @property
    def resource_ids(self) -> list[int]:
        return list(Resource.objects.filter(business=self.business).values_list("pk", flat=True))


def make_salon() -> Business:
    business = make_business()
    place = make_location(business, hours="08:00-18:00", time_zone="UTC")
    people = [make_resource(place) for _ in range(3)]
    rooms = [make_resource(place, kind="room") for _ in range(2)]
    pool = make_pool(people)
    make_offering(
        place, needs=[[pool]], slug="cut", price=2500, durations=[30], buffer_after=10, repeats_up_to=3
    )
    make_offering(place, needs=[[pool], [pool], rooms], slug="duo", price=9000)
    make_offering(
        place,
        needs=[people, rooms],
        slug="paid",
        price=4000,
        prepayment="full",
        hold_minutes=5,
        durations=[45],
    )
    make_resort(place, people)
    return business


def make_resort(place: Location, people: Sequence[Resource]) -> None:
    """Five rooms of two kinds, one of them in both; a tour, an open class, and six jars of honey."""
    rooms = [make_resource(place, kind="room") for _ in range(5)]
    for slug, own in (("double", rooms[:4]), ("family", rooms[3:])):
        stay = make_offering(
            place, mode="stay", durations=[], slug=slug, needs=[[make_pool(own)]], prepayment="full"
        )
        make_price(stay, 7000, basis="per_night")
    tour = make_offering(place, mode="session", slug="tour", durations=[120])
    make_ticket_type(tour, 1500, max_per_order=5)
    for number in range(3):
        starts_at = datetime(2026, 12, 2, 9, 0, tzinfo=UTC) + timedelta(days=number)
        make_session(tour, starts_at, capacity=8)
    group = make_offering(
        place, mode="session", slug="class", durations=[60], is_shared=True, capacity=4, needs=[people]
    )
    make_ticket_type(group, 1000, max_per_order=5)
    make_product(place.business, 600, stock=6, name="Honey")


def run(writers: int, steps: int, seed: int) -> Business:
    business = make_salon()
    barrier = Barrier(writers)
    crew = [Writer(business, seed * 1000 + number) for number in range(writers)]
    with ThreadPoolExecutor(writers) as pool:
        for future in [pool.submit(one.work, steps, barrier) for one in crew]:
            future.result(timeout=540)
    return business


NEVER = {
    "two owners have one time": """
            SELECT count(*) FROM availability_allocation a JOIN availability_allocation b
            ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
            WHERE a.state IN ('held', 'taken') AND b.state IN ('held', 'taken')""",
    "a booking without its time": """
            SELECT count(*) FROM booking_booking k WHERE k.state IN ('confirmed', 'pending') AND
            (SELECT count(*) FROM booking_assignment s WHERE s.booking_id = k.id) <>
            (SELECT count(*) FROM availability_allocation a JOIN booking_assignment s
                ON s.booking_id = k.id AND s.resource_id = a.resource_id
             WHERE a.owner_kind = 'booking' AND a.owner_id = k.id AND a.state = 'taken'
                AND a.during @> tstzrange(k.starts_at, k.ends_at))""",
    "time taken for nobody": """
            SELECT count(*) FROM availability_allocation a JOIN booking_booking k ON k.id = a.owner_id
            WHERE a.owner_kind = 'booking' AND a.state = 'taken'
                AND k.state NOT IN ('confirmed', 'pending', 'checked_in', 'completed', 'no_show')""",
    "places or pieces do not add up": """
            SELECT count(*) FROM availability_supply s WHERE s.taken <> coalesce((
                SELECT sum(a.quantity) FROM availability_supplyallocation a
                WHERE a.supply_id = s.id AND a.state IN ('held', 'taken')), 0)""",
    "guests of a session without their places": """
            SELECT count(*) FROM booking_booking k JOIN availability_session x ON x.id = k.session_id
            WHERE k.state IN ('confirmed', 'pending') AND k.party <> coalesce((
                SELECT sum(a.quantity) FROM availability_supplyallocation a
                WHERE a.supply_id = x.supply_id AND a.owner_kind = 'booking' AND a.owner_id = k.id
                    AND a.state = 'taken'), 0)""",
    "a shared session without its people": """
            SELECT count(*) FROM availability_session x WHERE x.is_shared AND x.state = 'scheduled'
            AND EXISTS (SELECT 1 FROM booking_booking k WHERE k.session_id = x.id AND k.state = 'confirmed')
            AND NOT EXISTS (SELECT 1 FROM availability_allocation a
                WHERE a.owner_kind = 'session' AND a.owner_id = x.id AND a.state = 'taken')""",
    "a guest without a ticket": """
            SELECT count(*) FROM booking_booking k WHERE k.session_id IS NOT NULL AND k.state = 'confirmed'
            AND (SELECT count(*) FROM booking_ticket t
                 WHERE t.booking_id = k.id AND t.voided_at IS NULL AND t.session_id = k.session_id) <> k.party""",
    "the ledger does not sum to zero": """SELECT coalesce(sum(minor), 0) FROM ledger_posting""",
}
"""What counts nothing, asked of the tables themselves and not of the code that wrote them."""


def check_invariants(business: Business) -> None:
    with connection.cursor() as cursor:
        for name, sql in NEVER.items():
            cursor.execute(sql)
            assert cursor.fetchone() == (0,), name
        cursor.execute("SELECT count(*) FROM booking_booking")
        booked = cursor.fetchone()
    assert booked is not None
    assert booked[0] > 5, "the test did nothing"


def test_random_operations_by_six_writers_keep_every_invariant() -> None:
    """T-23."""
    check_invariants(run(writers=6, steps=40, seed=1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(22))
def test_many_random_operations_keep_every_invariant(seed: int) -> None:
    """105,600 operations in all."""
    check_invariants(run(writers=8, steps=600, seed=seed))

"""Blocks against bookings, told by several connections at once: never both, and everybody hears clearly."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections
from django_scopes import scope

from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import Allocation, Block
from horarium.modules.availability.rules.blocks import BlockSpan
from horarium.modules.availability.tests.session_scene import add_session, at, make_tours
from horarium.modules.booking.models import Booking
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.place_blocks import BlocksCollide, BlockWish, place_blocks
from horarium.workflows.replace_in_sessions import AcceptedSession
from horarium.workflows.replace_specialist import Absence, Accepted, apply_replacements
from horarium.workflows.tests.scene import NOW, START, Shop, hold, make_shop
from tests.factories import make_offering

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
STAFF = Actor.system()
HOUR = timedelta(hours=1)


def at_once(tasks: Sequence[Callable[[], str]]) -> Counter[str]:
    """Run them together, each on a connection of its own, started by one bell; how each ended."""
    bell = threading.Barrier(len(tasks))

    def run(task: Callable[[], str]) -> str:
        try:
            bell.wait(10)
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return Counter(pool.map(run, tasks))


def book(shop: Shop, number: int) -> str:
    try:
        hold(shop, name=f"guest{number}", start=START + number % 4 * HOUR)
    except NotFree:
        return "refused"
    return "booked"


def block(shop: Shop, *, around: bool) -> str:
    keys = tuple(one.pk for one in shop.people)
    wish = BlockWish((BlockSpan(START, START + 4 * HOUR, keys),), "Inventory", around=around)
    try:
        place_blocks(shop.id, wish, actor=STAFF, now=NOW)
    except BlocksCollide:
        return "collides"
    return "blocked"


def overlaps(shop: Shop) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM availability_allocation a JOIN availability_allocation b
                ON a.id < b.id AND a.resource_id = b.resource_id AND a.during && b.during
            WHERE a.business_id = %s AND a.state IN ('held', 'taken') AND b.state IN ('held', 'taken')""",
            [shop.id],
        )
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("number", range(4))
def test_a_block_and_bookings_of_its_time_never_both_stand(number: int) -> None:
    shop = make_shop(people=2, prepayment="none")
    ends = at_once([partial(book, shop, one) for one in range(12)] + [partial(block, shop, around=False)])
    with scope(business=shop.id):
        bookings, blocks = Booking.objects.count(), Block.objects.count()
    assert (ends["booked"], ends["blocked"]) == (bookings, blocks)
    assert (bookings == 0) == (blocks == 1)
    assert overlaps(shop) == 0


def test_a_block_around_bookings_takes_all_the_rest() -> None:
    shop = make_shop(people=2, prepayment="none")
    ends = at_once([partial(book, shop, one) for one in range(12)] + [partial(block, shop, around=True)] * 2)
    # Two blocks around the same time: the second finds what the first has left, or nothing.
    if not ends["blocked"]:
        assert block(shop, around=True) in ("blocked", "collides")
    else:
        block(shop, around=True)
    assert overlaps(shop) == 0
    with scope(business=shop.id):
        live = Allocation.objects.exclude(state="released")
        seconds = sum(
            (min(one.during.upper, START + 4 * HOUR) - max(one.during.lower, START)).total_seconds()
            for one in live
        )
    assert seconds == 2 * 4 * 3600


def test_one_free_colleague_is_given_to_one_of_two_who_ask_at_once() -> None:
    shop = make_shop(people=3, prepayment="none")
    ids = []
    for number in range(2):
        order = hold(shop, name=f"guest{number}")
        with scope(business=shop.id):
            booking = order.bookings.get()
            ids.append((booking.public_id, booking.assignments.get().resource))
    spare = next(one for one in shop.people if one.pk not in {resource.pk for _id, resource in ids})

    def replace(number: int) -> str:
        booking_id, resource = ids[number]
        absence = Absence(resource.public_id, START - 2 * HOUR, START + 4 * HOUR)
        done = apply_replacements(
            shop.id,
            absence,
            [Accepted(booking_id, START, spare.public_id)],
            reason=None,
            actor=STAFF,
            now=NOW,
        )
        return done.outcomes[0].reason or "moved"

    ends = at_once([partial(replace, 0), partial(replace, 1)])
    assert ends["moved"] == 1
    assert overlaps(shop) == 0


def test_a_colleague_asked_for_two_tours_and_by_a_guest_at_once_has_one_of_them() -> None:
    """The tour whose guide is away keeps its guide, or gets the colleague whom nobody else got."""
    tours = make_tours(guides=3)
    anna, boris, vera = tours.guides
    walk = make_offering(tours.offering.location, needs=[[vera]], price=2000)
    led = [add_session(tours, at(10), resources=(one.public_id,)) for one in (anna, boris)]

    def exchange(number: int) -> str:
        guide = tours.guides[number]
        done = apply_replacements(
            tours.id,
            Absence(guide.public_id, at(0), at(0, day=2)),
            [AcceptedSession(led[number].public_id, vera.public_id)],
            reason=None,
            actor=STAFF,
            now=NOW,
        )
        return done.sessions[0].reason or "exchanged"

    def visit() -> str:
        item = SlotItem(walk.public_id, at(11))
        checkout = Checkout(Contact("Rita", "rita@example.org"), (item,))
        try:
            place_order(tours.business.slug, checkout, Actor.guest("api"), NOW)
        except NotFree:
            return "taken"
        return "exchanged"

    ends = at_once([partial(exchange, 0), partial(exchange, 1), visit])
    assert ends == {"exchanged": 1, "taken": 2}
    with scope(business=tours.id):
        live = Allocation.objects.exclude(state="released")
        assert sorted(live.values_list("resource_id", flat=True)).count(vera.pk) == 1
        assert live.count() == 2 + (1 if live.filter(owner_kind="booking").exists() else 0)

"""Places of one session under many connections: none over, none under, and `taken` is always what is live."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, transaction

from horarium.modules.availability.actions_supplies import (
    SupplyTaking,
    consume,
    firm_up_supplies,
    release_supplies,
    retake_supplies,
    set_totals_at_least,
    take_supplies,
)
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind, Supply
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.catalog.models import Product
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.hand_over_goods import hand_over_goods
from horarium.workflows.items import ProductItem
from tests.factories import make_business, make_product

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LAPSE = NOW + timedelta(minutes=15)
CONNECTIONS = 16
T = TypeVar("T")


def at_once(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Each on a connection of its own, started together."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T:
        try:
            barrier.wait(timeout=30)
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, task) for task in tasks]]


def buy(
    supply: Supply, quantity: int, owner: int, *, until: datetime | None = None, now: datetime = NOW
) -> bool:
    wanted = [SupplyTaking(supply.pk, quantity, owner, numbers=quantity)]
    try:
        with transaction.atomic():
            take_supplies(supply.business_id, wanted, owner_kind=OwnerKind.BOOKING, now=now, expires_at=until)
    except NotFree:
        return False
    return True


def check(*supplies: Supply) -> list[int]:
    """`taken` of each, which must be the sum of its live allocations and within its total."""
    found = []
    for supply in supplies:
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT s.total, s.taken, coalesce(sum(a.quantity), 0)::int FROM availability_supply s
                LEFT JOIN availability_supplyallocation a ON a.supply_id = s.id AND a.state IN ('held', 'taken')
                WHERE s.id = %s GROUP BY s.id""",
                [supply.pk],
            )
            total, taken, live = cursor.fetchone()
        assert 0 <= taken <= total
        assert taken == live
        found.append(taken)
    return found


def test_a_thousand_takers_of_fifty_places_take_exactly_fifty() -> None:
    """T-22, T-24: by sixteen connections, some of them two at a time; none over, none under."""
    boat = Supply.objects.create(business=make_business(), total=50)
    owners = range(1, 1001)

    def work(share: Sequence[int]) -> list[tuple[int, int]]:
        sold = []
        for owner in share:
            quantity = 2 if owner % 3 == 0 else 1
            if buy(boat, quantity, owner, until=LAPSE if owner % 2 else None):
                sold.append((owner, quantity))
        return sold

    shares = at_once([partial(work, owners[number::CONNECTIONS]) for number in range(CONNECTIONS)])
    sold = [one for share in shares for one in share]
    assert sum(quantity for _, quantity in sold) == 50
    assert check(boat) == [50]
    boat.refresh_from_db()
    assert boat.issued == 50


def test_lapsed_holds_free_their_places_for_a_rush_without_a_sweeper() -> None:
    boat = Supply.objects.create(business=make_business(), total=20)
    for owner in range(20):
        assert buy(boat, 1, owner, until=LAPSE)
    won = at_once(
        [partial(buy, boat, 1, 100 + number, now=LAPSE + timedelta(seconds=1)) for number in range(40)]
    )
    assert Counter(won) == {True: 20, False: 20}
    assert check(boat) == [20]


@pytest.mark.parametrize("turn", range(5))
def test_late_money_and_new_guests_for_the_same_places_end_in_one_sale(turn: int) -> None:
    """T-50: whoever is second finds nothing, and no place is sold twice or lost."""
    boat = Supply.objects.create(business=make_business(), total=4)
    assert buy(boat, 4, 1, until=LAPSE)

    def pay() -> bool:
        return firm_up_supplies(boat.business_id, OwnerKind.BOOKING, [1]) == 1

    tasks: list[Callable[[], bool]] = [pay]
    tasks += [partial(buy, boat, 4, owner, now=LAPSE) for owner in (2, 3, 4)]
    assert at_once(tasks).count(True) == 1
    assert check(boat) == [4]


@pytest.mark.parametrize("turn", range(5))
def test_moves_between_two_sessions_in_both_directions_neither_deadlock_nor_lose_a_place(turn: int) -> None:
    business = make_business()
    first = Supply.objects.create(business=business, total=8)
    second = Supply.objects.create(business=business, total=8)
    for owner in range(8):
        assert buy(first if owner < 4 else second, 1, owner)

    def move(owner: int) -> bool:
        for step in range(10):
            target = (first, second)[(owner + step) % 2]
            wanted = [SupplyTaking(target.pk, 1, owner)]
            retake_supplies(business.pk, wanted, owner_kind=OwnerKind.BOOKING, now=NOW)
        return True

    assert all(at_once([partial(move, owner) for owner in range(8)]))
    assert sum(check(first, second)) == 8


def test_the_last_piece_is_handed_over_or_sold_once() -> None:
    """Parallel deliveries and sales of the last pieces: stock never falls below nothing."""
    business = make_business()
    product = Product.objects.create(business=business, name="Honey", price_minor=500)
    honey = Supply.objects.create(business=business, product=product, total=1)
    assert at_once([partial(buy, honey, 1, owner) for owner in range(1, 9)]).count(True) == 1
    owners = list(range(1, 9))
    given = at_once([partial(consume, business.pk, OwnerKind.BOOKING, owners) for _ in range(8)])
    assert sum(one.get(honey.pk, 0) for one in given) == 1
    honey.refresh_from_db()
    assert (honey.total, honey.taken) == (0, 0)
    assert not buy(honey, 1, 99)


def test_four_people_at_the_counter_hand_over_one_order_once() -> None:
    business = make_business()
    honey = make_product(business, stock=1)
    checkout = Checkout(Contact("Anna", "anna@example.org"), (ProductItem(honey.public_id),))
    order = place_order(business.slug, checkout, Actor.guest("api"), NOW)

    def give() -> int:
        try:
            return hand_over_goods(business.pk, order.public_id, (), Actor.system(), NOW)
        except IllegalTransition:
            return 0

    assert sorted(at_once([give] * 4)) == [0, 0, 0, 1]
    assert check(honey.supply) == [0]
    honey.supply.refresh_from_db()
    assert honey.supply.total == 0


def test_random_takers_changers_and_payers_keep_the_sum() -> None:
    """Every operation of many writers on a few supplies; afterwards `taken` is what is live, everywhere."""
    business = make_business()
    supplies = [Supply.objects.create(business=business, total=12) for _ in range(3)]

    def work(seed: int) -> int:
        dice = random.Random(seed)
        now, refused = NOW, 0
        for step in range(60):
            now += timedelta(minutes=dice.choice([0, 1, 4]))
            owner = seed * 1000 + dice.randrange(step + 1)
            supply, quantity = dice.choice(supplies), dice.choice([1, 1, 2, 5])
            act = dice.choice(["buy", "buy", "hold", "pay", "leave", "move", "resize"])
            try:
                with transaction.atomic():
                    _act(act, supply, quantity, owner, now)
            except NotFree:
                refused += 1
        return refused

    refusals = at_once([partial(work, seed) for seed in range(1, 9)])
    assert sum(refusals) > 20
    check(*supplies)


def _act(act: str, supply: Supply, quantity: int, owner: int, now: datetime) -> None:
    business, kind = supply.business_id, OwnerKind.BOOKING
    wanted = [SupplyTaking(supply.pk, quantity, owner)]
    if act == "pay":
        firm_up_supplies(business, kind, [owner])
    elif act == "leave":
        release_supplies(business, kind, [owner])
    elif act == "move":
        retake_supplies(business, wanted, owner_kind=kind, now=now)
    elif act == "resize":
        set_totals_at_least(business, {supply.pk: 8 + quantity}, now=now)
    else:
        lapse = now + timedelta(minutes=10) if act == "hold" else None
        take_supplies(business, wanted, owner_kind=kind, now=now, expires_at=lapse)

"""Sessions under many connections: first guests meet, cancelling and moving beat selling, nothing is sold twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection
from django_scopes import scope

from horarium.kit.errors import HorariumError
from horarium.modules.availability.actions_schedules import end_schedule, fill_schedule
from horarium.modules.availability.actions_sessions import cancel_session, change_session
from horarium.modules.availability.models import Allocation, Session
from horarium.modules.availability.rules.session_drafts import SessionChange
from horarium.modules.availability.tests.session_scene import (
    LAPSE,
    NOW,
    SYSTEM,
    Tours,
    add_session,
    at,
    facts,
    make_tours,
    run_schedule,
    sessions,
)
from horarium.modules.booking.models import Booking, CancelledBy, Ticket
from horarium.platform.audit.actor import Actor
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SessionItem
from horarium.workflows.run_sessions import close_empty_sessions, move_session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
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
        return [future.result(timeout=180) for future in [pool.submit(run, task) for task in tasks]]


def buy(tours: Tours, where: Session | datetime, number: int, adults: int = 1, *, now: datetime = NOW) -> str:
    """`ok`, or the code of the refusal."""
    tickets = ((tours.adult.public_id, adults),)
    if isinstance(where, Session):
        item = SessionItem(tickets, session=where.public_id)
    else:
        item = SessionItem(tickets, offering=tours.offering.public_id, start=where)
    contact = Contact(f"Guest {number}", f"guest{number}@example.org")
    try:
        place_order(tours.business.slug, Checkout(contact, (item,)), Actor.guest("api"), now)
    except HorariumError as refusal:
        return refusal.code
    return "ok"


def check(tours: Tours) -> None:
    """Asked of the tables themselves: no resource twice, places as taken, tickets as places, times as sessions."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM availability_allocation a JOIN availability_allocation b
            ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
            WHERE a.state IN ('held', 'taken') AND b.state IN ('held', 'taken')"""
        )
        assert cursor.fetchone() == (0,), "two owners have one time"
        cursor.execute(
            """SELECT count(*) FROM (
                SELECT s.id FROM availability_supply s LEFT JOIN availability_supplyallocation a
                    ON a.supply_id = s.id AND a.state IN ('held', 'taken')
                GROUP BY s.id HAVING s.taken <> coalesce(sum(a.quantity), 0) OR s.taken > s.total
            ) wrong"""
        )
        assert cursor.fetchone() == (0,), "places do not add up"
        cursor.execute(
            """SELECT count(*) FROM booking_booking b JOIN availability_session x ON x.id = b.session_id
            WHERE b.state IN ('held', 'confirmed') AND (b.starts_at, b.ends_at) <> (x.starts_at, x.ends_at)"""
        )
        assert cursor.fetchone() == (0,), "a booking at another time than its session"
        cursor.execute(
            """SELECT count(*) FROM booking_booking b WHERE b.state = 'confirmed' AND b.party <>
            (SELECT count(*) FROM booking_ticket t WHERE t.booking_id = b.id AND t.voided_at IS NULL)"""
        )
        assert cursor.fetchone() == (0,), "guests without tickets"
        cursor.execute(
            """SELECT count(*) FROM availability_session x JOIN availability_supply s ON s.id = x.supply_id
            JOIN availability_supplyallocation g ON g.supply_id = s.id AND g.state = 'taken'
            WHERE x.is_shared AND x.state = 'scheduled' AND NOT EXISTS (
                SELECT 1 FROM availability_allocation a WHERE a.owner_kind = 'session' AND a.owner_id = x.id
                    AND a.state = 'taken')"""
        )
        assert cursor.fetchone() == (0,), "guests without a room"


def make_sauna(guides: int = 1, **fields: object) -> Tours:
    plain = {"is_shared": True, "capacity": 6, "durations": [60], "grid_minutes": 60, "hours": "10:00-14:00"}
    return make_tours(guides=guides, **{**plain, **fields})  # type: ignore[arg-type]  # as `make_tours`


@pytest.mark.parametrize("turn", range(4))
def test_first_guests_of_a_shared_slot_meet_in_one_session(turn: int) -> None:
    """T-08: twelve at once for six places: one session, six guests."""
    tours = make_sauna()
    told = at_once([partial(buy, tours, at(11), number) for number in range(12)])
    assert Counter(told) == {"ok": 6, "availability.capacity": 6}
    [session] = sessions(tours)
    assert facts(session).taken == 6
    check(tours)


def test_with_two_rooms_the_second_is_opened_only_when_the_first_is_full() -> None:
    tours = make_sauna(guides=2)
    told = at_once([partial(buy, tours, at(11), number) for number in range(14)])
    assert Counter(told) == {"ok": 12, "availability.capacity": 2}
    assert [facts(one).taken for one in sessions(tours)] == [6, 6]
    check(tours)


def test_a_lapsed_shared_slot_is_made_anew_by_a_rush() -> None:
    """T-51."""
    tours = make_sauna(prepayment="full", hold_minutes=15)
    assert buy(tours, at(11), 0, 6) == "ok"
    assert buy(tours, at(11), 1) == "availability.capacity"
    told = at_once([partial(buy, tours, at(11), number, now=LAPSE) for number in range(2, 10)])
    assert Counter(told) == {"ok": 6, "availability.capacity": 2}
    assert len(sessions(tours)) == 2
    check(tours)


def test_three_hundred_buyers_of_fifty_places_get_numbered_tickets() -> None:
    """T-22: through the checkout, by sixteen connections."""
    tours = make_tours(capacity=50)
    session = add_session(tours)

    def work(share: Sequence[int]) -> list[str]:
        return [buy(tours, session, number) for number in share]

    told = [one for share in at_once([partial(work, range(300)[n::16]) for n in range(16)]) for one in share]
    assert Counter(told) == {"ok": 50, "availability.capacity": 250}
    with scope(business=tours.id):
        assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 51))
    check(tours)


@pytest.mark.parametrize("turn", range(4))
def test_nobody_buys_a_place_of_a_session_that_is_being_cancelled(turn: int) -> None:
    """T-23: bought before, and then cancelled with it, or refused; never sold afterwards."""
    tours = make_tours(capacity=50)
    session = add_session(tours)

    def cancel() -> str:
        cancel_session(tours.id, session.public_id, reason="Storm", actor=SYSTEM, now=NOW)
        return "cancelled"

    tasks: list[Callable[[], str]] = [partial(buy, tours, session, number) for number in range(7)]
    tasks.append(cancel)
    told = Counter(at_once(tasks))
    assert told["ok"] + told["availability.cancelled"] + told["availability.capacity"] == 7
    assert buy(tours, session, 99) == "availability.cancelled"
    with scope(business=tours.id):
        assert Booking.objects.count() == told["ok"]
        assert Allocation.objects.exclude(state="released").count() == 0
    check(tours)


@pytest.mark.parametrize("turn", range(4))
def test_everybody_who_buys_while_a_session_moves_has_its_time(turn: int) -> None:
    tours = make_tours(capacity=50)
    session = add_session(tours)

    def move(hour: int) -> str:
        move_session(tours.id, session.public_id, SessionChange(starts_at=at(hour)), SYSTEM, NOW)
        return "moved"

    tasks: list[Callable[[], str]] = [partial(buy, tours, session, number) for number in range(8)]
    tasks += [partial(move, 12), partial(move, 15)]
    told = Counter(at_once(tasks))
    assert told["moved"] == 2
    assert told["ok"] == facts(session).taken
    assert buy(tours, session, 99) == "ok"
    check(tours)


def test_a_schedule_that_is_filled_by_four_workers_makes_each_date_once() -> None:
    tours = make_tours(guides=1, horizon_days=5)
    saved = run_schedule(tours)
    later = NOW + timedelta(days=5)
    tasks = [partial(fill_schedule, tours.id, saved.schedule.public_id, later) for _ in range(4)]
    assert sorted(one.created for one in at_once(tasks)) == [0, 0, 0, 5]
    check(tours)


@pytest.mark.parametrize("turn", range(4))
def test_nobody_is_lost_who_buys_while_the_schedule_drops_the_date(turn: int) -> None:
    """Either they are refused, or the session stays and is reported as sold."""
    tours = make_tours(capacity=50, horizon_days=1)
    saved = run_schedule(tours)
    [session] = sessions(tours)

    def drop() -> str:
        ended = end_schedule(tours.id, saved.schedule.public_id, actor=SYSTEM, now=NOW)
        return "sold" if ended.filled.sold else "dropped"

    tasks: list[Callable[[], str]] = [partial(buy, tours, session, number) for number in range(7)]
    tasks.append(drop)
    told = Counter(at_once(tasks))
    if told["dropped"]:
        assert told["ok"] == 0
        assert facts(session).state == "cancelled"
    else:
        assert told["sold"] == 1
        assert 0 < told["ok"] == facts(session).taken
        assert facts(session).is_scheduled
    assert set(told) <= {"ok", "sold", "dropped", "availability.cancelled", "availability.capacity"}
    check(tours)


class Crowd:
    """One connection that does random things to the sessions of a business."""

    def __init__(self, tours: Tours, seed: int) -> None:
        self.tours = tours
        self.seed = seed
        self.dice = random.Random(seed)
        self.now = NOW
        self.done: Counter[str] = Counter()

    def work(self) -> Counter[str]:
        for step in range(40):
            self.now += timedelta(minutes=self.dice.choice([0, 1, 6]))
            act = self.dice.choice(["join", "join", "join", "leave", "move", "resize", "tidy"])
            try:
                with scope(business=self.tours.id):
                    getattr(self, act)(step)
                self.done[act] += 1
            except HorariumError as refusal:
                self.done[refusal.code] += 1
        return self.done

    def join(self, step: int) -> None:
        start = at(10 + self.dice.randrange(4))
        number = self.seed * 1000 + step
        told = buy(self.tours, start, number, self.dice.choice([1, 1, 2, 4]), now=self.now)
        self.done[told] += 1

    def leave(self, step: int) -> None:
        found = list(Booking.objects.select_related("order").order_by("-id")[:20])
        if found:
            order = self.dice.choice(found).order.public_id
            wish = CancellationWish(reason="test")
            cancel_order(self.tours.id, order, wish, by=CancelledBy.STAFF, actor=SYSTEM, now=self.now)

    def move(self, step: int) -> None:
        found = list(Session.objects.order_by("-id")[:10])
        if found:
            change = SessionChange(starts_at=at(10 + self.dice.randrange(4)))
            move_session(self.tours.id, self.dice.choice(found).public_id, change, SYSTEM, self.now)

    def resize(self, step: int) -> None:
        found = list(Session.objects.order_by("-id")[:10])
        if found:
            change = SessionChange(capacity=3 + self.dice.randrange(6))
            change_session(self.tours.id, self.dice.choice(found).public_id, change, SYSTEM, self.now)

    def tidy(self, step: int) -> None:
        close_empty_sessions(self.now)


@pytest.mark.parametrize("prepayment", ["none", "full"])
def test_random_guests_and_staff_of_shared_slots_keep_every_invariant(prepayment: str) -> None:
    tours = make_sauna(guides=2, prepayment=prepayment, hold_minutes=5)
    done: Counter[str] = sum(at_once([Crowd(tours, seed).work for seed in range(1, 7)]), Counter())
    assert done["ok"] > 10
    check(tours)

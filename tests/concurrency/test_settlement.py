"""Settlement told by several connections at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from django.db import connections
from django_scopes import scope

from horarium.connectors.test_gateway import delivery, simulator
from horarium.connectors.test_gateway.models import SimulatedPayment
from horarium.connectors.test_gateway.signing import HEADER, sign
from horarium.kit.clock import frozen
from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.modules.booking.models import Booking
from horarium.modules.ledger.models import Entry
from horarium.modules.ledger.queries import Flow, flows_of
from horarium.modules.payments.models import GatewayCallback, Payment, Refund
from horarium.modules.payments.tasks import send_refund
from horarium.platform.audit.actor import Actor
from horarium.workflows.receive_callback import receive_callback
from horarium.workflows.settle_payment import Outcome
from horarium.workflows.take_cash import take_cash
from horarium.workflows.tests.scene import LATE, SOON, Shop, ask, hold, make_shop, settle

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
T = TypeVar("T")


def at_once(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Run them together, each on a connection of its own, started by one bell."""
    bell = threading.Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T:
        try:
            bell.wait(10)
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def booking_states(shop: Shop) -> list[str]:
    with scope(business=shop.id):
        return list(Booking.objects.order_by("id").values_list("state", flat=True))


def refund_reasons(shop: Shop) -> list[str]:
    with scope(business=shop.id):
        return list(Refund.objects.order_by("id").values_list("reason", flat=True))


def test_ten_reports_at_once_confirm_once() -> None:
    """T-64."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    news = ["paid", "pending", "failed", "paid", "authorized"] * 2
    outcomes = at_once([partial(settle, order, payment, state) for state in news])
    assert outcomes.count(Outcome.CONFIRMED) == 1
    assert booking_states(shop) == ["confirmed"]
    with scope(business=shop.id):
        assert Payment.objects.get().state == "paid"
        assert Entry.objects.count() == 1
        assert flows_of(shop.id, [order.public_id]) == {order.public_id: Flow(received=3000)}


def test_one_callback_five_times_and_stale_ones_among_them_are_worked_once() -> None:
    """T-64, T-50: the same signed bodies from eight connections."""
    shop = make_shop()
    order = hold(shop)
    ask(order)
    slug, page = shop.business.slug, SimulatedPayment.objects.get()
    bodies = [delivery.body_of(page, state) for state in ["paid"] * 5 + ["pending", "failed", "failed"]]

    def call(body: bytes) -> None:
        receive_callback("test", slug, headers={HEADER: sign(slug, body)}, body=body, now=SOON)

    at_once([partial(call, body) for body in bodies])
    assert booking_states(shop) == ["confirmed"]
    with scope(business=shop.id):
        kept = {one.dedup_key.partition(":")[2]: one for one in GatewayCallback.objects.all()}
        assert {state: one.repeats for state, one in kept.items()} == {"paid": 4, "pending": 0, "failed": 1}
        assert all(one.processed_at == SOON for one in kept.values())
        assert Entry.objects.count() == 1
        assert Refund.objects.count() == 0


@pytest.mark.parametrize("turn", range(4))
def test_late_money_and_a_new_guest_for_the_same_time_end_in_one_booking(turn: int) -> None:
    """T-50: booked, or refunded; never both and never neither."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)

    def rival() -> object:
        try:
            return hold(shop, name="rival", now=LATE)
        except HorariumError as refusal:
            return refusal.code

    outcome, new, again = at_once(
        [lambda: settle(order, payment, now=LATE), rival, lambda: settle(order, payment, now=LATE)]
    )
    told = {outcome, again} - {Outcome.UNCHANGED}
    states = booking_states(shop)
    if told == {Outcome.LATE_CONFIRMED}:
        assert new == "availability.slot_taken"
        assert states == ["confirmed"]
        assert refund_reasons(shop) == []
    else:
        assert told == {Outcome.LATE_REFUNDED}
        assert states == ["expired", "held"]
        assert refund_reasons(shop) == ["late"]


@pytest.mark.parametrize("turn", range(4))
def test_two_late_payers_of_one_time_end_in_one_booking_and_one_refund(turn: int) -> None:
    """T-50: both holds have lapsed, both pay, whoever is second gets the money back."""
    shop = make_shop()
    first = hold(shop)
    first_payment = ask(first)
    second = hold(shop, name="second", now=LATE)
    second_payment = ask(second, LATE)
    later = LATE.replace(hour=10)
    outcomes = at_once(
        [
            lambda: settle(first, first_payment, now=later),
            lambda: settle(second, second_payment, now=later),
        ]
    )
    assert sorted(outcomes) == [Outcome.LATE_CONFIRMED, Outcome.LATE_REFUNDED]
    assert sorted(booking_states(shop)) == ["confirmed", "expired"]
    assert refund_reasons(shop) == ["late"]


def test_asking_for_a_page_eight_times_at_once_makes_one_payment() -> None:
    """T-54."""
    shop = make_shop()
    order = hold(shop)
    pages = at_once([lambda: ask(order)] * 8)
    assert len({one.id for one in pages}) == 1
    assert len({one.confirmation_url for one in pages}) == 1
    assert SimulatedPayment.objects.count() == 1


def test_a_refund_sent_by_four_workers_goes_back_once() -> None:
    """T-60."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    hold(shop, name="rival", now=LATE)
    simulator.decide(SimulatedPayment.objects.get().ref, simulator.PAID)
    assert settle(order, payment, now=LATE) == Outcome.LATE_REFUNDED
    with scope(business=shop.id):
        refund_id = Refund.objects.get().public_id

    def send() -> None:
        with frozen(LATE):
            send_refund(shop.id, refund_id)

    at_once([send] * 4)
    with scope(business=shop.id):
        assert Payment.objects.get().refunded_minor == 3000
        flow = flows_of(shop.id, [order.public_id])[order.public_id]
    assert flow == Flow(received=3000, refunded=3000)
    assert SimulatedPayment.objects.get().refunded_minor == 3000


def test_cash_and_an_online_payment_at_once_are_both_kept_straight() -> None:
    """T-54: the order is paid once; what came twice goes back or was refused."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)

    def cash() -> str:
        try:
            take_cash(shop.id, order.public_id, Money(3000, "EUR"), actor=Actor.system(), now=SOON)
        except HorariumError as refusal:
            return refusal.code
        return "taken"

    outcome, till = at_once([lambda: str(settle(order, payment)), cash])
    assert booking_states(shop) == ["confirmed"]
    assert (outcome, till) in {
        (Outcome.CONFIRMED, "payments.too_much"),
        (Outcome.EXCESS_REFUNDED, "taken"),
    }

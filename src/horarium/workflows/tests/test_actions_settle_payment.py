"""Every report of a gateway ends in exactly one outcome."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, BookingState, CancelledBy, Order
from horarium.modules.ledger.models import Entry
from horarium.modules.ledger.queries import Flow, flows_of
from horarium.modules.payments.models import Payment, Refund
from horarium.modules.payments.queries import get_payment
from horarium.modules.payments.tasks import send_refund
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.events.models import OutboxEvent
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.order_view import get_order_view
from horarium.workflows.settle_payment import Outcome
from horarium.workflows.take_cash import take_cash

from .scene import LATE, NOW, SOON, START, Shop, ask, hold, make_shop, settle

pytestmark = pytest.mark.django_db


def state_of(order: Order) -> str:
    with scope(business=order.business_id):
        return Booking.objects.get(order=order).state


def payment_of(order: Order, payment_id: str) -> Payment:
    with scope(business=order.business_id):
        return get_payment(order.business_id, payment_id)


def refunds(shop: Shop) -> list[tuple[str, int, str]]:
    with scope(business=shop.id):
        return list(Refund.objects.order_by("id").values_list("reason", "amount_minor", "state"))


def flow(order: Order) -> Flow:
    with scope(business=order.business_id):
        return flows_of(order.business_id, [order.public_id])[order.public_id]


def events(shop: Shop, *names: str) -> list[str]:
    with scope(business=shop.id):
        types = OutboxEvent.objects.order_by("id").values_list("type", flat=True)
        return [one for one in types if not names or one in names]


def send_refunds(shop: Shop) -> None:
    with scope(business=shop.id):
        waiting = list(Refund.objects.values_list("public_id", flat=True))
    with frozen(LATE):
        for refund_id in waiting:
            send_refund(shop.id, refund_id)


def pay_at_gateway(order: Order, payment_id: str) -> None:
    """The simulated gateway has the money, so that it can give it back."""
    from horarium.connectors.test_gateway import simulator

    assert simulator.decide(payment_of(order, payment_id).gateway_ref, simulator.PAID)


def test_money_in_time_confirms_the_order() -> None:
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    assert (payment.state, payment.amount) == ("pending", Money(3000, "EUR"))
    assert settle(order, payment) == Outcome.CONFIRMED
    assert state_of(order) == BookingState.CONFIRMED
    assert payment_of(order, payment.id).state == "paid"
    assert flow(order) == Flow(received=3000)
    assert refunds(shop) == []
    assert events(shop) == ["OrderHeld", "PaymentCreated", "PaymentSettled", "BookingConfirmed"]
    assert get_order_view(shop.id, order.public_id, SOON).payment_state == "paid"


def test_a_paid_order_that_staff_must_approve_waits_for_them() -> None:
    shop = make_shop(needs_approval=True)
    order = hold(shop)
    assert settle(order, ask(order)) == Outcome.CONFIRMED
    assert state_of(order) == BookingState.PENDING


def test_a_deposit_confirms_and_the_rest_can_be_paid_later() -> None:
    shop = make_shop(prepayment="deposit_percent", deposit_value=20)
    order = hold(shop)
    deposit = ask(order)
    assert deposit.amount == Money(600, "EUR")
    assert settle(order, deposit) == Outcome.CONFIRMED
    rest = ask(order, SOON)
    assert rest.amount == Money(2400, "EUR")
    assert settle(order, rest) == Outcome.APPLIED
    assert flow(order) == Flow(received=3000)
    assert refunds(shop) == []


def test_late_money_whose_time_is_free_confirms_the_order() -> None:
    """T-50."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    assert settle(order, payment, now=LATE) == Outcome.LATE_CONFIRMED
    assert state_of(order) == BookingState.CONFIRMED
    assert refunds(shop) == []
    assert events(shop, "BookingConfirmed", "LateMoneyRefunded") == ["BookingConfirmed"]


def test_late_money_takes_another_person_when_the_guest_did_not_choose() -> None:
    """T-50."""
    shop = make_shop(people=2)
    first, second = hold(shop), hold(shop, name="second")
    payment = ask(first)
    with scope(business=shop.id):
        before = Booking.objects.get(order=first).assignments.get().resource_id
    third = hold(shop, name="third", now=LATE)
    assert settle(third, ask(third, LATE), now=LATE) == Outcome.CONFIRMED
    outcome = settle(first, payment, now=LATE)
    assert outcome == Outcome.LATE_CONFIRMED
    with scope(business=shop.id):
        people = {one.order_id: one.assignments.get().resource_id for one in Booking.objects.all()}
    assert people[first.pk] != people[third.pk]
    assert before in {people[first.pk], people[third.pk]}
    assert state_of(second) == BookingState.HELD


def test_late_money_whose_time_is_taken_goes_back_whole() -> None:
    """T-50: never both, a booking and a refund; never neither."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    rival = hold(shop, name="rival", now=LATE)
    assert settle(order, payment, now=LATE) == Outcome.LATE_REFUNDED
    assert state_of(order) == BookingState.EXPIRED
    assert state_of(rival) == BookingState.HELD
    assert refunds(shop) == [("late", 3000, "requested")]
    assert payment_of(order, payment.id).flag == "late_refunded"
    assert events(shop, "BookingConfirmed", "LateMoneyRefunded") == ["LateMoneyRefunded"]
    pay_at_gateway(order, payment.id)
    send_refunds(shop)
    send_refunds(shop)
    assert refunds(shop) == [("late", 3000, "done")]
    assert payment_of(order, payment.id).state == "refunded"
    assert flow(order) == Flow(received=3000, refunded=3000)
    assert get_order_view(shop.id, order.public_id, LATE).payment_state == "refunded"


def test_money_for_a_visit_that_has_begun_meanwhile_goes_back() -> None:
    shop = make_shop(lead_minutes=0)
    order = hold(shop, start=NOW.replace(hour=9, minute=15))
    payment = ask(order)
    assert settle(order, payment, now=LATE) == Outcome.LATE_REFUNDED


def test_late_money_for_an_offering_that_was_closed_meanwhile_goes_back() -> None:
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    rival = hold(shop, name="rival", now=LATE)
    with scope(business=shop.id):
        shop.offering.is_active = False
        shop.offering.save(update_fields=["is_active"])
    assert settle(order, payment, now=LATE) == Outcome.LATE_REFUNDED
    assert state_of(rival) == BookingState.HELD


@pytest.mark.parametrize("state", ["paid", "pending", "failed", "cancelled", "authorized"])
def test_repeated_or_stale_news_after_the_money_change_nothing(state: str) -> None:
    """T-64."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    settle(order, payment)
    before = events(shop)
    for _ in range(5):
        assert settle(order, payment, state, now=LATE) == Outcome.UNCHANGED
    assert state_of(order) == BookingState.CONFIRMED
    assert flow(order) == Flow(received=3000)
    assert events(shop) == before


@pytest.mark.parametrize("order_of_news", list(permutations(["authorized", "paid", "failed"])))
def test_in_whatever_order_news_come_the_paid_order_is_confirmed_once(
    order_of_news: tuple[str, ...],
) -> None:
    """T-56, T-64."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    outcomes = [settle(order, payment, state) for state in order_of_news]
    assert outcomes.count(Outcome.CONFIRMED) == 1
    assert state_of(order) == BookingState.CONFIRMED
    with scope(business=shop.id):
        assert Entry.objects.count() == 1


def test_late_and_taken_told_five_times_and_out_of_order_is_refunded_once() -> None:
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    hold(shop, name="rival", now=LATE)
    news = ["pending", "paid", "failed", "paid", "pending", "paid", "paid", "paid"]
    outcomes = [settle(order, payment, state, now=LATE) for state in news]
    assert outcomes.count(Outcome.LATE_REFUNDED) == 1
    assert set(outcomes) == {Outcome.LATE_REFUNDED, Outcome.UNCHANGED}
    assert refunds(shop) == [("late", 3000, "requested")]


def test_a_declined_payment_leaves_the_hold_and_may_be_paid_after_all() -> None:
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    assert settle(order, payment, "failed") == Outcome.NOTED
    assert state_of(order) == BookingState.HELD
    assert events(shop, "PaymentFailed") == ["PaymentFailed"]
    assert settle(order, payment, "paid") == Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"amount": Money(1, "EUR")}, "amount_mismatch"),
        ({"amount": Money(3000, "CLP")}, "currency_mismatch"),
        ({"order_id": "ord_of_another"}, "order_mismatch"),
        ({"gateway_ref": "tg_forged"}, "reference_mismatch"),
        ({"gateway": "other"}, "gateway_mismatch"),
    ],
)
def test_a_report_that_contradicts_confirms_nothing_and_is_shown_to_staff(
    changes: dict[str, Any], flag: str
) -> None:
    """T-59, T-64."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    assert settle(order, payment, **changes) == Outcome.MISMATCH
    assert state_of(order) == BookingState.HELD
    assert (payment_of(order, payment.id).state, payment_of(order, payment.id).flag) == ("pending", flag)
    assert flow(order) == Flow()
    with scope(business=shop.id):
        assert AuditEntry.objects.filter(action="payment.flagged").count() == 1
    assert settle(order, payment) == Outcome.CONFIRMED


def test_a_second_payment_of_the_same_order_goes_back() -> None:
    """T-54: a guest with two open pages pays twice; T-61: that never looks like an overpaid order."""
    shop = make_shop()
    order = hold(shop)
    first = ask(order)
    settle(order, first, "failed")
    second = ask(order)
    assert second.id != first.id
    assert settle(order, second) == Outcome.CONFIRMED
    assert settle(order, first) == Outcome.EXCESS_REFUNDED
    assert refunds(shop) == [("excess", 3000, "requested")]
    assert payment_of(order, first.id).flag == "excess_refunded"
    pay_at_gateway(order, first.id)
    send_refunds(shop)
    assert flow(order) == Flow(received=6000, refunded=3000)
    assert get_order_view(shop.id, order.public_id, SOON).payment_state == "paid"


def test_only_what_is_too_much_of_a_second_payment_goes_back() -> None:
    """T-54, T-60."""
    shop = make_shop(prepayment="deposit_percent", deposit_value=50)
    order = hold(shop)
    settle(order, ask(order))
    rest = ask(order, SOON)
    take_cash(shop.id, order.public_id, Money(1000, "EUR"), actor=Actor.system(), now=SOON)
    assert settle(order, rest) == Outcome.EXCESS_REFUNDED
    assert refunds(shop) == [("excess", 1000, "requested")]


def test_money_for_a_cancelled_order_goes_back() -> None:
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    wish = CancellationWish(reason="changed my mind")
    cancel_order(shop.id, order.public_id, wish, by="guest", actor=Actor.guest("page"), now=SOON)  # type: ignore[arg-type]  # the value of the choice
    assert settle(order, payment) == Outcome.EXCESS_REFUNDED
    assert state_of(order) == BookingState.CANCELLED
    assert refunds(shop) == [("excess", 3000, "requested")]


def test_a_fee_that_was_kept_does_not_go_back_with_later_money() -> None:
    """T-60: half is paid, the visit is cancelled late for that half, and the rest arrives after all."""
    shop = make_shop(prepayment="deposit_percent", deposit_value=50, cancel_free_hours=48)
    order = hold(shop)
    settle(order, ask(order))
    rest = ask(order, SOON)
    wish = CancellationWish(reason="ill")
    cancel_order(shop.id, order.public_id, wish, by=CancelledBy.GUEST, actor=Actor.guest("page"), now=SOON)
    assert refunds(shop) == []
    assert settle(order, rest) == Outcome.EXCESS_REFUNDED
    assert refunds(shop) == [("excess", 1500, "requested")]


def test_a_report_about_an_unknown_payment_touches_nothing() -> None:
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    other = make_shop()
    stranger = hold(other)
    with scope(business=other.id):
        before = OutboxEvent.objects.count()
    assert settle(stranger, payment) == Outcome.UNKNOWN_PAYMENT
    with scope(business=other.id):
        assert OutboxEvent.objects.count() == before
    assert state_of(order) == BookingState.HELD
    assert START > LATE

"""Asking for money, taking cash, giving back, asking gateways that kept silent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_scopes import scope

from horarium.connectors.test_gateway import delivery, simulator
from horarium.connectors.test_gateway.models import SimulatedPayment
from horarium.connectors.test_gateway.signing import HEADER, sign
from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.errors import IllegalTransition, OrderExpired
from horarium.modules.booking.models import Booking, Order
from horarium.modules.ledger.queries import Flow, balance, flows_of
from horarium.modules.payments.actions import save_gateway_account
from horarium.modules.payments.errors import BadSignature, NothingDue, TooMuch, UnknownGateway
from horarium.modules.payments.models import GatewayCallback, Payment, Refund
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.poll_payments import poll_payments
from horarium.workflows.receive_callback import receive_callback
from horarium.workflows.refund_payment import RefundPlan, refund_order, refund_payment, return_cash
from horarium.workflows.settle_payment import Outcome
from horarium.workflows.start_payment import get_payment_view, start_payment
from horarium.workflows.take_cash import take_cash

from .scene import GUEST, LATE, NOW, SOON, START, Shop, ask, hold, make_shop, settle

pytestmark = pytest.mark.django_db
STAFF = Actor.system()


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def states(shop: Shop) -> list[str]:
    with scope(business=shop.id):
        return list(Booking.objects.order_by("id").values_list("state", flat=True))


def flow(order: Order) -> Flow:
    with scope(business=order.business_id):
        return flows_of(order.business_id, [order.public_id])[order.public_id]


def test_asking_again_gives_the_same_payment() -> None:
    """T-54."""
    shop = make_shop()
    order = hold(shop)
    first, second = ask(order), ask(order, SOON)
    assert second == first
    assert SimulatedPayment.objects.count() == 1
    assert get_payment_view(shop.id, first.id) == first
    page = SimulatedPayment.objects.get()
    assert (page.amount_minor, page.currency, page.description) == (3000, "EUR", order.public_id)
    assert page.hold_expires_at == order.expires_at


def test_a_lapsed_hold_cannot_be_paid_any_more() -> None:
    order = hold(make_shop())
    with pytest.raises(OrderExpired):
        ask(order, LATE)


def test_what_is_paid_cannot_be_paid_again() -> None:
    order = hold(make_shop())
    settle(order, ask(order))
    with pytest.raises(NothingDue):
        ask(order, SOON)


def test_a_booking_without_prepayment_can_be_paid_ahead() -> None:
    shop = make_shop(prepayment="none")
    order = hold(shop)
    payment = ask(order)
    assert payment.amount == eur(3000)
    assert SimulatedPayment.objects.get().hold_expires_at is None
    assert settle(order, payment) == Outcome.APPLIED


def test_a_gateway_that_nobody_installed_is_unknown() -> None:
    order = hold(make_shop())
    with pytest.raises(UnknownGateway):
        start_payment(
            order.business_id, order.public_id, gateway="paypal", return_url="", actor=GUEST, now=NOW
        )
    with scope(business=order.business_id):
        assert Payment.objects.count() == 0


def test_without_a_name_the_gateway_of_the_business_is_taken() -> None:
    order = hold(make_shop())
    payment = start_payment(
        order.business_id, order.public_id, gateway="", return_url="", actor=GUEST, now=NOW
    )
    assert payment.gateway == "test"


def test_where_the_business_has_switched_all_gateways_off_nothing_can_be_paid() -> None:
    order = hold(make_shop())
    with scope(business=order.business_id):
        save_gateway_account(order.business_id, "test", is_enabled=False, actor=STAFF)
    for gateway in ("", "test"):
        with pytest.raises(UnknownGateway):
            start_payment(
                order.business_id, order.public_id, gateway=gateway, return_url="", actor=GUEST, now=NOW
            )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "/my", "https://" + "a" * 500])
def test_the_way_back_is_a_web_address(url: str) -> None:
    order = hold(make_shop())
    with pytest.raises(InvalidInput) as refusal:
        start_payment(
            order.business_id, order.public_id, gateway="test", return_url=url, actor=GUEST, now=NOW
        )
    assert refusal.value.field == "return_url"


def test_cash_that_covers_what_is_due_confirms_the_order() -> None:
    shop = make_shop()
    order = hold(shop)
    first = take_cash(shop.id, order.public_id, eur(1000), actor=STAFF, now=SOON)
    assert (first.status, first.payment_state, first.due_now) == ("held", "part_paid", eur(2000))
    second = take_cash(shop.id, order.public_id, eur(2000), account="bank", actor=STAFF, now=SOON)
    assert (second.status, second.payment_state, second.due_now) == ("confirmed", "paid", eur(0))
    with scope(business=shop.id):
        assert balance(shop.id, "cash", "EUR") == eur(1000)
        assert balance(shop.id, "bank", "EUR") == eur(2000)
        assert AuditEntry.objects.filter(action="cash.taken").count() == 2


@pytest.mark.parametrize(
    ("amount", "error"),
    [(eur(0), InvalidInput), (eur(-5), InvalidInput), (Money(5, "RUB"), InvalidInput), (eur(3001), TooMuch)],
)
def test_cash_that_is_no_amount_or_too_much_is_refused(amount: Money, error: type[Exception]) -> None:
    shop = make_shop()
    order = hold(shop)
    with pytest.raises(error):
        take_cash(shop.id, order.public_id, amount, actor=STAFF, now=SOON)
    assert flow(order) == Flow()
    assert states(shop) == ["held"]


def test_cash_is_not_taken_for_a_cancelled_order() -> None:
    shop = make_shop()
    order = hold(shop)
    cancel_order(shop.id, order.public_id, CancellationWish(), by="staff", actor=STAFF, now=SOON)  # type: ignore[arg-type]  # the value of the choice
    with pytest.raises(IllegalTransition):
        take_cash(shop.id, order.public_id, eur(3000), actor=STAFF, now=SOON)
    assert flow(order) == Flow()


def test_cash_after_the_hold_confirms_what_is_free_and_is_refused_for_what_is_taken() -> None:
    """T-50: staff stands in front of the guest, so nothing is taken that would have to go back."""
    free, taken = make_shop(), make_shop()
    order = hold(free)
    assert take_cash(free.id, order.public_id, eur(3000), actor=STAFF, now=LATE).status == "confirmed"
    lost = hold(taken)
    hold(taken, name="rival", now=LATE)
    with pytest.raises(NotFree):
        take_cash(taken.id, lost.public_id, eur(3000), actor=STAFF, now=LATE)
    assert flow(lost) == Flow()


def test_too_little_cash_after_the_hold_is_refused() -> None:
    shop = make_shop()
    order = hold(shop)
    with pytest.raises(OrderExpired):
        take_cash(shop.id, order.public_id, eur(100), actor=STAFF, now=LATE)
    assert flow(order) == Flow()


def test_a_refund_takes_the_newest_payment_first_and_leaves_cash_to_staff() -> None:
    shop = make_shop(prepayment="deposit_fixed", deposit_value=500)
    order = hold(shop)
    deposit = ask(order)
    settle(order, deposit)
    take_cash(shop.id, order.public_id, eur(1500), actor=STAFF, now=SOON)
    rest = ask(order, SOON)
    settle(order, rest)
    with scope(business=shop.id):
        locked = lock_order(shop.id, order.public_id)
        plan = refund_order(locked, eur(2000), reason="storm", actor=STAFF, now=SOON)
        assert plan == RefundPlan(by_gateway=eur(1500), by_hand=eur(500))
        assert list(Refund.objects.order_by("id").values_list("payment__public_id", "amount_minor")) == [
            (rest.id, 1000),
            (deposit.id, 500),
        ]
    with pytest.raises(TooMuch):
        return_cash(shop.id, order.public_id, eur(1501), account="cash", actor=STAFF, now=SOON)
    return_cash(shop.id, order.public_id, eur(500), account="cash", actor=STAFF, now=SOON)
    assert flow(order) == Flow(received=3000, refunded=500)


def test_staff_gives_a_part_of_a_payment_back() -> None:
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    settle(order, payment)
    refund = refund_payment(shop.id, payment.id, eur(700), reason="late start", actor=STAFF, now=SOON)
    assert (refund.amount_minor, refund.state) == (700, "requested")
    with pytest.raises(TooMuch):
        refund_payment(shop.id, payment.id, eur(2301), reason="greedy", actor=STAFF, now=SOON)


def test_a_payment_whose_callback_never_came_is_asked_for() -> None:
    """T-52."""
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    simulator.decide(SimulatedPayment.objects.get().ref, simulator.PAID)
    assert poll_payments(NOW + timedelta(minutes=1)) == {}
    assert poll_payments(SOON) == {payment.id: Outcome.CONFIRMED}
    assert states(shop) == ["confirmed"]
    assert poll_payments(SOON) == {}


def test_a_payment_of_a_gateway_that_is_no_longer_installed_does_not_stop_the_others() -> None:
    shop = make_shop()
    gone, payment = ask(hold(shop)), ask(hold(shop, start=START + timedelta(hours=2)))
    with scope(business=shop.id):
        Payment.objects.filter(public_id=gone.id).update(gateway="paypal")
    simulator.decide(payment.confirmation_url.rsplit("/", 1)[1], simulator.PAID)
    assert poll_payments(SOON)[payment.id] == Outcome.CONFIRMED


def callback(shop: Shop, state: str = "paid", *, signature: str | None = None, now: object = SOON) -> None:
    body = delivery.body_of(SimulatedPayment.objects.get(business=shop.business.slug), state)
    given = sign(shop.business.slug, body) if signature is None else signature
    receive_callback("test", shop.business.slug, headers={HEADER: given}, body=body, now=SOON)


def test_a_signed_callback_is_kept_as_it_came_and_settles_the_order() -> None:
    shop = make_shop()
    order = hold(shop)
    payment = ask(order)
    for state in ["paid", "paid", "pending", "failed", "paid"]:
        callback(shop, state)
    assert states(shop) == ["confirmed"]
    with scope(business=shop.id):
        kept = GatewayCallback.objects.order_by("id")
        assert [(one.dedup_key.partition(":")[2], one.outcome, one.repeats) for one in kept] == [
            ("paid", "confirmed", 2),
            ("pending", "unchanged", 0),
            ("failed", "unchanged", 0),
        ]
        body = delivery.body_of(SimulatedPayment.objects.get(), "paid")
        assert bytes(kept[0].body) == body
    assert get_payment_view(shop.id, payment.id).state == "paid"
    assert flow(order) == Flow(received=3000)


@pytest.mark.parametrize("signature", ["", "00", "é", "f" * 64])
def test_a_forged_callback_changes_nothing_and_is_not_kept(signature: str) -> None:
    shop = make_shop()
    ask(hold(shop))
    with pytest.raises(BadSignature):
        callback(shop, signature=signature)
    assert states(shop) == ["held"]
    with scope(business=shop.id):
        assert GatewayCallback.objects.count() == 0


def test_the_signature_of_one_shop_does_not_open_another() -> None:
    shop, other = make_shop(), make_shop()
    ask(hold(shop))
    body = delivery.body_of(SimulatedPayment.objects.get(), "paid")
    with pytest.raises(BadSignature):
        receive_callback(
            "test",
            shop.business.slug,
            headers={HEADER: sign(other.business.slug, body)},
            body=body,
            now=SOON,
        )
    with pytest.raises(NotFound):
        receive_callback("test", "nowhere", headers={}, body=body, now=SOON)


def test_a_true_callback_about_a_payment_that_nobody_knows_is_kept_for_people() -> None:
    shop = make_shop()
    ask(hold(shop))
    SimulatedPayment.objects.update(payment_id="pay_lost", ref="tg_lost")
    callback(shop)
    with scope(business=shop.id):
        assert GatewayCallback.objects.get().outcome == "unknown_payment"
    assert states(shop) == ["held"]

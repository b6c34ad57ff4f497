"""Payments, refunds and callbacks against the database."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from cryptography.fernet import InvalidToken
from django.test import override_settings
from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.ledger.queries import Flow, balance, flows_of
from horarium.modules.payments import actions, queries
from horarium.modules.payments.errors import TooMuch, UnknownGateway
from horarium.modules.payments.models import GatewayAccount, Payment, Refund
from horarium.modules.payments.ports import CreatedPayment, RefundResult
from horarium.modules.payments.sealing import seal, unseal
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.events.models import OutboxEvent
from tests.factories import make_business

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
OLD_KEY, NEW_KEY = "old-key-" * 10, "new-key-" * 10
ORDER = "ord_1"


@pytest.fixture
def business(db: None) -> Iterator[int]:
    business_id = make_business().pk
    with scope(business=business_id):
        yield business_id


def make_payment(business: int, minor: int = 2500, *, state: str = "created") -> Payment:
    payment = actions.create_payment(
        business, subject=ORDER, gateway="test", amount=Money(minor, "EUR"), return_url="", now=NOW
    )
    if state != "created":
        actions.advance(payment, state, NOW, gateway_ref="tg_1")
    return payment


def ask_back(payment: Payment, minor: int, key: str) -> Refund:
    return actions.request_refund(
        payment, Money(minor, "EUR"), key=key, reason="test", actor=Actor.system(), now=NOW
    )


def events() -> list[str]:
    return list(OutboxEvent.objects.order_by("id").values_list("type", flat=True))


def test_money_that_comes_is_in_the_ledger_and_told(business: int) -> None:
    payment = make_payment(business, state="paid")
    assert payment.paid_at == NOW
    assert flows_of(business, [ORDER])[ORDER] == Flow(received=2500)
    assert balance(business, "gateway:test", "EUR") == Money(2500, "EUR")
    assert events() == ["PaymentCreated", "PaymentSettled"]


def test_a_page_that_comes_after_the_callback_does_not_turn_the_payment_back(business: int) -> None:
    payment = make_payment(business, state="paid")
    attached = actions.attach_page(
        business, payment.public_id, CreatedPayment("tg_1", "https://pay.example/1")
    )
    assert attached.state == "paid"
    assert attached.confirmation_url == "https://pay.example/1"
    assert queries.view_of(attached).confirmation_url == ""


def test_a_refund_goes_back_once_for_each_key(business: int) -> None:
    payment = make_payment(business, state="paid")
    first = ask_back(payment, 2500, "late")
    assert ask_back(payment, 2500, "late").pk == first.pk
    assert queries.returning_of(business, [ORDER]) == {ORDER: 2500}
    for _ in range(3):
        actions.finish_refund(business, first.public_id, RefundResult("tgr_1"), NOW)
    payment.refresh_from_db()
    assert (payment.state, payment.refunded_minor) == ("refunded", 2500)
    assert flows_of(business, [ORDER])[ORDER] == Flow(received=2500, refunded=2500)
    assert queries.returning_of(business, [ORDER]) == {ORDER: 0}
    assert events() == ["PaymentCreated", "PaymentSettled", "RefundRequested", "RefundDone"]


@pytest.mark.parametrize("minor", [0, -1, 2501])
def test_no_more_goes_back_than_came(business: int, minor: int) -> None:
    payment = make_payment(business, state="paid")
    with pytest.raises(TooMuch):
        ask_back(payment, minor, "wrong")
    assert Refund.objects.count() == 0


def test_what_is_promised_back_cannot_be_promised_again(business: int) -> None:
    payment = make_payment(business, state="paid")
    ask_back(payment, 2000, "first")
    with pytest.raises(TooMuch):
        ask_back(payment, 501, "second")
    ask_back(payment, 500, "third")
    assert queries.refundable(payment) == Money(0, "EUR")


def test_a_payment_that_was_not_paid_has_nothing_to_give_back(business: int) -> None:
    with pytest.raises(TooMuch):
        ask_back(make_payment(business), 1, "early")


def test_a_refused_refund_is_seen_by_staff_and_may_be_tried_anew(business: int) -> None:
    payment = make_payment(business, state="paid")
    refund = ask_back(payment, 2500, "first")
    actions.fail_refund(business, refund.public_id, "account closed")
    payment.refresh_from_db()
    refund.refresh_from_db()
    assert (payment.state, payment.flag) == ("paid", "refund_failed")
    assert (refund.state, refund.error) == ("failed", "account closed")
    assert [one.public_id for one in queries.list_payments(business, flagged=True)] == [payment.public_id]
    assert ask_back(payment, 2500, "second").state == "requested"


def test_a_repeated_callback_is_counted_and_not_stored_again(business: int) -> None:
    first = actions.keep_callback(business, "test", "tg_1:paid", b"{}", NOW)
    actions.close_callback(first, "confirmed", NOW)
    second = actions.keep_callback(business, "test", "tg_1:paid", b"{}", NOW)
    assert (second.pk, second.repeats, second.processed_at) == (first.pk, 1, NOW)
    actions.close_callback(second, "unchanged", NOW)
    second.refresh_from_db()
    assert second.outcome == "confirmed"


def test_secrets_are_sealed_and_stay_out_of_the_audit_log(business: int) -> None:
    account = actions.save_gateway_account(
        business, "test", is_enabled=True, secrets={"key": "hush"}, actor=Actor.system()
    )
    stored = bytes(GatewayAccount.objects.get(pk=account.pk).secrets)
    assert b"hush" not in stored
    assert unseal(stored) == {"key": "hush"}
    _, access = queries.open_gateway(business, "spa", "test")
    assert access.secrets == {"key": "hush"}
    assert "hush" not in repr(access)
    assert "hush" not in str(list(AuditEntry.objects.values("before", "after")))


def test_a_gateway_that_is_switched_off_takes_no_payments_and_keeps_its_secrets(business: int) -> None:
    actions.save_gateway_account(
        business, "test", is_enabled=True, secrets={"key": "hush"}, actor=Actor.system()
    )
    actions.save_gateway_account(business, "test", is_enabled=False, actor=Actor.system())
    assert queries.list_gateways(business) == []
    with pytest.raises(UnknownGateway):
        queries.open_gateway(business, "spa", "test")
    _, access = queries.open_gateway(business, "spa", "test", even_off=True)
    assert access.secrets == {"key": "hush"}


def test_a_gateway_that_is_not_installed_is_unknown(business: int) -> None:
    with pytest.raises(UnknownGateway):
        queries.open_gateway(business, "spa", "paypal")
    with pytest.raises(UnknownGateway):
        actions.save_gateway_account(business, "paypal", is_enabled=True, actor=Actor.system())


def test_secrets_outlive_a_change_of_the_key() -> None:
    with override_settings(SECRET_KEY=OLD_KEY, SECRET_KEY_FALLBACKS=[]):
        sealed = seal({"key": "hush"})
    with override_settings(SECRET_KEY=NEW_KEY, SECRET_KEY_FALLBACKS=[OLD_KEY]):
        assert unseal(sealed) == {"key": "hush"}
    with override_settings(SECRET_KEY=NEW_KEY, SECRET_KEY_FALLBACKS=[]), pytest.raises(InvalidToken):
        unseal(sealed)

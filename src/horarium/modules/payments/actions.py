"""Writing payments. Each function runs in the caller's transaction, or in one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from horarium.kit.money import Money
from horarium.modules.ledger.actions import receive_money, return_money
from horarium.modules.ledger.rules import gateway_account
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish
from horarium.platform.jobs.queue import defer
from horarium.platform.tenancy.models import Business

from . import events, queries, rules
from .errors import PaymentNotFound, TooMuch
from .models import GatewayAccount, GatewayCallback, Payment, PaymentState, Refund, RefundState
from .ports import CreatedPayment, RefundResult, get_gateway
from .sealing import seal

SEND_REFUND = "payments.send_refund"
_KEEP_CALLBACK = """
INSERT INTO payments_gatewaycallback
    (business_id, gateway, dedup_key, body, received_at, outcome, repeats)
VALUES (%s, %s, %s, %s, %s, '', 0)
ON CONFLICT (business_id, gateway, dedup_key)
DO UPDATE SET repeats = payments_gatewaycallback.repeats + 1
RETURNING id
"""


@transaction.atomic
def save_gateway_account(
    business_id: int,
    gateway: str,
    *,
    is_enabled: bool,
    actor: Actor,
    secrets: Mapping[str, str] | None = None,
) -> GatewayAccount:
    """Switch a gateway on or off and enter its secrets; without `secrets` the old ones stay."""
    get_gateway(gateway)
    values: dict[str, object] = {"is_enabled": is_enabled}
    if secrets is not None:
        values["secrets"] = seal(secrets)
    account, _ = GatewayAccount.objects.update_or_create(
        business_id=business_id, gateway=gateway, defaults=values
    )
    record(
        business_id,
        actor,
        "gateway.changed",
        Business.objects.values_list("public_id", flat=True).get(pk=business_id),
        after={"gateway": gateway, "is_enabled": is_enabled, "secrets_entered": secrets is not None},
    )
    return account


@transaction.atomic
def create_payment(
    business_id: int, *, subject: str, gateway: str, amount: Money, return_url: str, now: datetime
) -> Payment:
    """Write down what will be asked from the gateway. Nobody is called here."""
    payment = Payment.objects.create(
        business_id=business_id,
        subject=subject,
        gateway=gateway,
        amount_minor=amount.minor,
        currency=amount.currency,
        return_url=return_url,
        created_at=now,
    )
    publish(events.PaymentCreated(business_id=business_id, payment_id=payment.public_id, subject=subject))
    return payment


@transaction.atomic
def attach_page(business_id: int, payment_id: str, created: CreatedPayment) -> Payment:
    """The gateway has made the page. A callback that came first has its say: the state is not turned back."""
    payment = lock_payment(business_id, payment_id)
    payment.gateway_ref = payment.gateway_ref or created.gateway_ref
    payment.confirmation_url = created.confirmation_url
    if payment.state == PaymentState.CREATED:
        payment.state = PaymentState.PENDING
    payment.save(update_fields=["gateway_ref", "confirmation_url", "state"])
    return payment


def lock_payment(business_id: int, payment_id: str) -> Payment:
    """The payment's row, locked until the end of the transaction. Lock its order first."""
    payment = (
        Payment.objects.select_for_update(no_key=True)
        .filter(business_id=business_id, public_id=payment_id)
        .first()
    )
    if payment is None:
        raise PaymentNotFound("payment", params={"kind": "payment"})
    return payment


@transaction.atomic
def advance(payment: Payment, state: str, now: datetime, *, gateway_ref: str = "") -> None:
    """Move a locked payment forward; money that has come goes into the ledger in the same breath."""
    payment.state = state
    payment.gateway_ref = payment.gateway_ref or gateway_ref
    if state == PaymentState.PAID:
        payment.paid_at = now
    payment.save(update_fields=["state", "gateway_ref", "paid_at"])
    names = {"payment_id": payment.public_id, "subject": payment.subject}
    if state == PaymentState.PAID:
        receive_money(
            payment.business_id,
            key=f"payment:{payment.public_id}:paid",
            into=gateway_account(payment.gateway),
            amount=queries.amount_of(payment),
            subject=payment.subject,
            occurred_at=now,
        )
        publish(events.PaymentSettled(business_id=payment.business_id, **names))
    elif state in (PaymentState.FAILED, PaymentState.CANCELLED):
        publish(events.PaymentFailed(business_id=payment.business_id, **names))


def flag_payment(payment: Payment, flag: str) -> None:
    """Let staff look at a payment; the audit log tells what it was about."""
    if payment.flag == flag:
        return
    record(
        payment.business_id,
        Actor.system(),
        "payment.flagged",
        payment.public_id,
        before={"flag": payment.flag},
        after={"flag": flag, "order": payment.subject},
    )
    payment.flag = flag
    payment.save(update_fields=["flag"])


@transaction.atomic
def unflag_payment(business_id: int, payment_id: str, *, actor: Actor) -> None:
    """A person has looked at the payment and settled it. Raises PaymentNotFound."""
    payment = lock_payment(business_id, payment_id)
    if not payment.flag:
        return
    record(business_id, actor, "payment.unflagged", payment_id, before={"flag": payment.flag})
    payment.flag = ""
    payment.save(update_fields=["flag"])


@transaction.atomic
def request_refund(
    payment: Payment, amount: Money, *, key: str, reason: str, actor: Actor, now: datetime
) -> Refund:
    """Promise money of a locked payment back; a job gives it back after commit.

    The same key makes one refund. Raises TooMuch for more than is left of the payment.
    """
    business_id = payment.business_id
    known = Refund.objects.filter(business_id=business_id, key=key).first()
    if known is not None:
        return known
    left = queries.refundable(payment)
    if not 0 < amount.minor <= left.minor or amount.currency != left.currency:
        raise TooMuch("more than can go back", field="amount", params={"left": left.as_json()})
    refund = Refund.objects.create(
        business_id=business_id,
        payment=payment,
        key=key,
        amount_minor=amount.minor,
        reason=reason,
        created_at=now,
    )
    record(
        business_id,
        actor,
        "refund.requested",
        refund.public_id,
        after={"payment": payment.public_id, "amount_minor": amount.minor, "reason": reason},
    )
    publish(_told(events.RefundRequested, refund))
    defer(SEND_REFUND, queue="payments", business_id=business_id, refund_id=refund.public_id)
    return refund


@transaction.atomic
def finish_refund(business_id: int, refund_id: str, result: RefundResult, now: datetime) -> None:
    """The gateway has given the money back. A second call changes nothing."""
    refund = _lock_refund(business_id, refund_id)
    payment = refund.payment
    if refund.state == RefundState.DONE:
        return
    refund.state, refund.gateway_ref, refund.done_at = RefundState.DONE, result.gateway_ref, now
    refund.save(update_fields=["state", "gateway_ref", "done_at"])
    payment.refunded_minor += refund.amount_minor
    payment.state = rules.state_after_refunds(payment.amount_minor, payment.refunded_minor)
    payment.save(update_fields=["refunded_minor", "state"])
    return_money(
        business_id,
        key=f"refund:{refund.public_id}:done",
        out_of=gateway_account(payment.gateway),
        amount=Money(refund.amount_minor, payment.currency),
        subject=payment.subject,
        occurred_at=now,
    )
    publish(_told(events.RefundDone, refund))


@transaction.atomic
def fail_refund(business_id: int, refund_id: str, error: str) -> None:
    """The gateway will not give it back: staff must, and the payment says so."""
    refund = _lock_refund(business_id, refund_id)
    if refund.state != RefundState.REQUESTED:
        return
    refund.state, refund.error = RefundState.FAILED, error[:300]
    refund.save(update_fields=["state", "error"])
    flag_payment(refund.payment, "refund_failed")
    publish(_told(events.RefundFailed, refund))


def keep_callback(
    business_id: int, gateway: str, event_key: str, body: bytes, now: datetime
) -> GatewayCallback:
    """Store what came, as it came; a repeat is counted on the first one's row.

    A row without `processed_at` has still to be worked, even when it came before.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_CALLBACK, [business_id, gateway, event_key, body, now])
        (key,) = cursor.fetchone()
    return GatewayCallback.objects.get(business_id=business_id, pk=key)


def close_callback(callback: GatewayCallback, outcome: str, now: datetime) -> None:
    """Write down what came of it; the first word stays."""
    GatewayCallback.objects.filter(
        business_id=callback.business_id, pk=callback.pk, processed_at=None
    ).update(processed_at=now, outcome=outcome)


def _lock_refund(business_id: int, refund_id: str) -> Refund:
    """The refund with its payment, the payment's row locked."""
    refund = Refund.objects.select_related("payment").get(business_id=business_id, public_id=refund_id)
    refund.payment = lock_payment(business_id, refund.payment.public_id)
    refund.refresh_from_db(fields=["state"])
    return refund


def _told(
    fact: type[events.RefundRequested] | type[events.RefundDone] | type[events.RefundFailed], refund: Refund
) -> events.RefundRequested | events.RefundDone | events.RefundFailed:
    return fact(
        business_id=refund.business_id,
        refund_id=refund.public_id,
        payment_id=refund.payment.public_id,
        subject=refund.payment.subject,
    )

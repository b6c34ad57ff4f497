"""The outside system's own book of payments. Knows shops by their slug and nothing of our tables."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from horarium.kit.money import Money

from .models import SimulatedPayment, SimulatedRefund

PENDING = "pending"
PAID = "paid"
FAILED = "failed"
LATE = "late"
"""The payer has paid, and the bank will say so only after the hold: until then the shop sees `pending`."""


@dataclass(frozen=True, slots=True)
class NewPayment:
    business: str
    payment_id: str
    amount: Money
    description: str
    return_url: str
    hold_expires_at: datetime | None


class RefundTooHigh(Exception):
    """More than is left of the payment."""


def open_payment(new: NewPayment) -> SimulatedPayment:
    """The page of a payment. The shop's number of the payment is the key: asked twice, it is the same one."""
    payment, _ = SimulatedPayment.objects.get_or_create(
        ref=_reference(new.business, new.payment_id),
        defaults={
            "business": new.business,
            "payment_id": new.payment_id,
            "amount_minor": new.amount.minor,
            "currency": new.amount.currency,
            "description": new.description,
            "return_url": new.return_url,
            "hold_expires_at": new.hold_expires_at,
        },
    )
    return payment


def decide(ref: str, state: str) -> bool:
    """The payer has pressed a button, once: False when the payment is decided already.

    One that was declined may be paid after all.
    """
    undecided = SimulatedPayment.objects.filter(ref=ref, state__in=[PENDING, FAILED])
    return undecided.update(state=state) == 1


def money_arrives(ref: str) -> None:
    """The late money of a payment is here."""
    SimulatedPayment.objects.filter(ref=ref, state=LATE).update(state=PAID)


@transaction.atomic
def give_back(ref: str, key: str, amount_minor: int) -> SimulatedRefund:
    """Once for each key. Raises RefundTooHigh; SimulatedPayment.DoesNotExist."""
    payment = SimulatedPayment.objects.select_for_update().get(ref=ref)
    known = SimulatedRefund.objects.filter(key=key).first()
    if known is not None:
        return known
    left = payment.amount_minor - payment.refunded_minor if payment.state == PAID else 0
    if amount_minor > left:
        raise RefundTooHigh(f"{amount_minor} is more than the {left} that are left")
    payment.refunded_minor += amount_minor
    payment.save(update_fields=["refunded_minor"])
    return SimulatedRefund.objects.create(payment=payment, key=key, amount_minor=amount_minor)


def _reference(business: str, payment_id: str) -> str:
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"test-ref:{business}:{payment_id}".encode(), "sha256")
    return f"tg_{digest.hex()[:32]}"

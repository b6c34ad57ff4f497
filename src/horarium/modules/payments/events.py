"""Facts about payments. `subject` is what the money is for: an order's id."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.platform.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCreated(Event):
    """Money has been asked for."""

    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettled(Event):
    """The gateway has the money: it stands in the ledger."""

    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFailed(Event):
    """The gateway has refused the payment, or the payer gave up."""

    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequested(Event):
    """Money is promised back; the gateway has not been asked yet."""

    refund_id: str
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDone(Event):
    """The money has gone back."""

    refund_id: str
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFailed(Event):
    """The gateway has refused to give the money back: staff must see to it."""

    refund_id: str
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateMoneyRefunded(Event):
    """Money came after the hold, and the time was taken by then: all of it goes back."""

    payment_id: str
    subject: str

"""Facts about payments. `subject` is what the money is for: an order's id."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.platform.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCreated(Event):
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettled(Event):
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFailed(Event):
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequested(Event):
    refund_id: str
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDone(Event):
    refund_id: str
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFailed(Event):
    refund_id: str
    payment_id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateMoneyRefunded(Event):
    """Money came after the hold, and the time was taken by then: all of it goes back."""

    payment_id: str
    subject: str

"""What a connector to an outside payment system must offer, and the book of those that are installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from horarium.kit.money import Money

from .errors import UnknownGateway
from .rules import Report


@dataclass(frozen=True, slots=True)
class Access:
    """How one business enters a gateway. `secrets` are opened for this call only and never shown."""

    business_id: int
    business_slug: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """`payment_id` is also the key of idempotency: asking twice with it makes one payment.

    After `hold_expires_at` the time is no longer kept: gateways that can should refuse the money then.
    """

    payment_id: str
    order_id: str
    amount: Money
    return_url: str
    callback_url: str
    hold_expires_at: datetime | None
    locale: str


@dataclass(frozen=True, slots=True)
class CreatedPayment:
    gateway_ref: str
    confirmation_url: str


@dataclass(frozen=True, slots=True)
class CallbackFact:
    """One report of a verified callback. `event_key` is the same whenever the gateway repeats itself."""

    event_key: str
    payment_id: str
    report: Report


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """`key` is the key of idempotency."""

    key: str
    gateway_ref: str
    amount: Money


@dataclass(frozen=True, slots=True)
class RefundResult:
    gateway_ref: str


class Gateway(Protocol):
    """Every call raises GatewayRefused for a no, GatewayUnavailable when the outcome is not known."""

    code: str
    needs_account: bool
    """Whether a business must enter secrets before it can be used."""

    def create_payment(self, request: PaymentRequest, access: Access) -> CreatedPayment:
        """Make a payment page."""
        ...

    def read_callback(
        self, headers: Mapping[str, str], body: bytes, access: Access
    ) -> Sequence[CallbackFact]:
        """The verified reports of a callback. Raises BadSignature."""
        ...

    def fetch(self, gateway_ref: str, access: Access) -> Report:
        """The present state of a payment, asked from the gateway itself."""
        ...

    def refund(self, request: RefundRequest, access: Access) -> RefundResult:
        """Give money back, once for each key."""
        ...


_gateways: dict[str, Gateway] = {}


def register_gateway(gateway: Gateway) -> None:
    _gateways[gateway.code] = gateway


def get_gateway(code: str) -> Gateway:
    """Raises UnknownGateway for one that is not installed."""
    try:
        return _gateways[code]
    except KeyError:
        raise UnknownGateway(f"no gateway {code!r}", params={"gateway": code}) from None


def installed_gateways() -> list[Gateway]:
    return [_gateways[code] for code in sorted(_gateways)]

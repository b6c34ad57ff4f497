"""Our side of the test gateway: the port of the payments module."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.conf import settings

from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.modules.payments.errors import BadSignature, GatewayRefused
from horarium.modules.payments.ports import (
    Access,
    CallbackFact,
    CreatedPayment,
    PaymentRequest,
    RefundRequest,
    RefundResult,
)
from horarium.modules.payments.rules import Report

from . import simulator
from .models import SimulatedPayment
from .signing import HEADER, is_signed

CODE = "test"


class TestGateway:
    """The secret of each business is made from the installation's key, so there is none to enter.

    `needs_account`: every business must switch it on for itself, for whoever pays by it has paid nothing.
    """

    code = CODE

    def __init__(self, *, needs_account: bool = False) -> None:
        self.needs_account = needs_account

    def create_payment(self, request: PaymentRequest, access: Access) -> CreatedPayment:
        payment = simulator.open_payment(
            simulator.NewPayment(
                business=access.business_slug,
                payment_id=request.payment_id,
                amount=request.amount,
                description=request.order_id,
                return_url=request.return_url,
                hold_expires_at=request.hold_expires_at,
            )
        )
        return CreatedPayment(payment.ref, f"{settings.PUBLIC_URL}/gateways/test/pay/{payment.ref}")

    def read_callback(
        self, headers: Mapping[str, str], body: bytes, access: Access
    ) -> Sequence[CallbackFact]:
        given = {name.lower(): value for name, value in headers.items()}
        if not is_signed(access.business_slug, body, given.get(HEADER.lower(), "")):
            raise BadSignature("the signature does not fit the body")
        try:
            said = json.loads(body)
            report = Report(
                gateway=CODE,
                gateway_ref=str(said["ref"]),
                order_id=str(said["order_id"]),
                amount=Money(int(said["amount_minor"]), str(said["currency"])),
                state=_neutral(str(said["state"])),
            )
            return [CallbackFact(str(said["event"])[:160], str(said["payment_id"]), report)]
        except (ValueError, KeyError, TypeError, HorariumError) as error:
            raise BadSignature("signed, and not a report") from error

    def fetch(self, gateway_ref: str, access: Access) -> Report:
        payment = self._find(gateway_ref, access)
        return Report(
            gateway=CODE,
            gateway_ref=payment.ref,
            order_id=payment.description,
            amount=Money(payment.amount_minor, payment.currency),
            state=_neutral(payment.state),
        )

    def refund(self, request: RefundRequest, access: Access) -> RefundResult:
        payment = self._find(request.gateway_ref, access)
        try:
            refund = simulator.give_back(payment.ref, request.key, request.amount.minor)
        except simulator.RefundTooHigh as refusal:
            raise GatewayRefused(str(refusal)) from refusal
        return RefundResult(f"tgr_{refund.pk}")

    def _find(self, gateway_ref: str, access: Access) -> SimulatedPayment:
        payment = SimulatedPayment.objects.filter(ref=gateway_ref, business=access.business_slug).first()
        if payment is None:
            raise GatewayRefused(f"no payment {gateway_ref}")
        return payment


def _neutral(state: str) -> str:
    """The word of the payments module. Raises KeyError for one that is none."""
    return {
        simulator.PENDING: "pending",
        simulator.LATE: "pending",
        simulator.PAID: "paid",
        simulator.FAILED: "failed",
    }[state]

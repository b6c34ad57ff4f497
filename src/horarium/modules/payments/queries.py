"""Reading payments. All within the scope of their business."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum

from horarium.kit.money import Money

from . import rules
from .errors import PaymentNotFound, UnknownGateway
from .models import GatewayAccount, Payment, PaymentState, Refund, RefundState
from .ports import Access, Gateway, get_gateway, installed_gateways
from .sealing import unseal

_OPEN = [PaymentState.CREATED, PaymentState.PENDING]


@dataclass(frozen=True, slots=True)
class PaymentView:
    """`confirmation_url` is where the payer goes, empty when there is nothing to do there."""

    id: str
    order_id: str
    gateway: str
    state: str
    amount: Money
    refunded: Money
    flag: str
    confirmation_url: str
    created_at: datetime
    paid_at: datetime | None


def view_of(payment: Payment) -> PaymentView:
    return PaymentView(
        id=payment.public_id,
        order_id=payment.subject,
        gateway=payment.gateway,
        state=payment.state,
        amount=amount_of(payment),
        refunded=Money(payment.refunded_minor, payment.currency),
        flag=payment.flag,
        confirmation_url=payment.confirmation_url if payment.state in rules.OPEN else "",
        created_at=payment.created_at,
        paid_at=payment.paid_at,
    )


def amount_of(payment: Payment) -> Money:
    return Money(payment.amount_minor, payment.currency)


def intent_of(payment: Payment) -> rules.Intent:
    return rules.Intent(payment.gateway, payment.gateway_ref, payment.subject, amount_of(payment))


def open_gateway(
    business_id: int, business_slug: str, code: str, *, even_off: bool = False
) -> tuple[Gateway, Access]:
    """A gateway with the access of this business. Raises UnknownGateway when it is not switched on here.

    `even_off` opens one that was switched off since: its callbacks and refunds are still to be worked.
    """
    gateway = get_gateway(code)
    account = GatewayAccount.objects.filter(business_id=business_id, gateway=code).first()
    if not even_off and not _is_usable(gateway, account):
        raise UnknownGateway(f"gateway {code!r} is not switched on", params={"gateway": code})
    secrets = unseal(bytes(account.secrets)) if account else {}
    return gateway, Access(business_id, business_slug, secrets)


def list_gateways(business_id: int) -> list[str]:
    """Codes of the gateways that guests of this business can pay through."""
    accounts = {one.gateway: one for one in GatewayAccount.objects.filter(business_id=business_id)}
    return [one.code for one in installed_gateways() if _is_usable(one, accounts.get(one.code))]


def usual_gateway(business_id: int) -> str:
    """The code of the gateway for a payer who has named none. Raises UnknownGateway when none is switched on."""
    switched_on = list_gateways(business_id)
    if not switched_on:
        raise UnknownGateway("no gateway is switched on", params={"gateway": ""})
    return switched_on[0]


def find_payment(business_id: int, payment_id: str) -> Payment | None:
    return Payment.objects.filter(business_id=business_id, public_id=payment_id).first()


def get_payment(business_id: int, payment_id: str) -> Payment:
    """Raises PaymentNotFound."""
    payment = find_payment(business_id, payment_id)
    if payment is None:
        raise PaymentNotFound("payment", params={"kind": "payment"})
    return payment


def find_reported(business_id: int, payment_id: str, report: rules.Report) -> Payment | None:
    """The payment that a report speaks of: by our own id, else by the gateway's reference."""
    payments = Payment.objects.filter(business_id=business_id)
    by_reference = Q(gateway=report.gateway, gateway_ref=report.gateway_ref)
    return payments.filter(public_id=payment_id).first() or (
        payments.filter(by_reference).first() if report.gateway_ref else None
    )


def find_open_payment(business_id: int, *, subject: str, gateway: str, amount: Money) -> Payment | None:
    """One that the payer may still use for exactly this."""
    return (
        Payment.objects.filter(business_id=business_id, subject=subject, gateway=gateway, state__in=_OPEN)
        .filter(amount_minor=amount.minor, currency=amount.currency)
        .order_by("-id")
        .first()
    )


def find_unanswered(since: datetime, until: datetime, limit: int) -> list[tuple[int, str, str]]:
    """`(business, its slug, payment)` created then and still open at a gateway. Across all businesses."""
    rows = (
        Payment.objects.filter(state__in=rules.OPEN, created_at__range=(since, until))
        .exclude(gateway_ref="")
        .order_by("-id")
        .values_list("business_id", "business__slug", "public_id")[:limit]
    )
    return list(rows)


def payments_of(business_id: int, subject: str) -> list[Payment]:
    """Newest first."""
    return list(Payment.objects.filter(business_id=business_id, subject=subject).order_by("-id"))


def list_payments(
    business_id: int, *, flagged: bool = False, before_id: int | None = None, limit: int = 50
) -> Sequence[Payment]:
    """A page of payments, newest first; only those that need a look when `flagged`."""
    payments = Payment.objects.filter(business_id=business_id)
    if flagged:
        payments = payments.exclude(flag="")
    if before_id is not None:
        payments = payments.filter(pk__lt=before_id)
    return list(payments.order_by("-id")[:limit])


def refunds_of(business_id: int, payments: Collection[Payment]) -> list[Refund]:
    """Newest first, with their payments."""
    refunds = Refund.objects.filter(business_id=business_id, payment__in=payments)
    return list(refunds.select_related("payment").order_by("-id"))


def returning_of(business_id: int, subjects: Collection[str]) -> dict[str, int]:
    """Minor units of each subject that are promised back and have not gone yet. One query."""
    found = dict.fromkeys(subjects, 0)
    rows = (
        Refund.objects.filter(business_id=business_id, state=RefundState.REQUESTED)
        .filter(payment__subject__in=list(found))
        .values("payment__subject")
        .annotate(sum=Sum("amount_minor"))
    )
    return found | {row["payment__subject"]: int(row["sum"]) for row in rows}


def refundable(payment: Payment) -> Money:
    """What of a payment has neither gone back nor been promised."""
    promised = Refund.objects.filter(
        business_id=payment.business_id, payment=payment, state=RefundState.REQUESTED
    ).aggregate(sum=Sum("amount_minor"))["sum"]
    if payment.state not in rules.SETTLED:
        return Money.zero(payment.currency)
    return Money(payment.amount_minor - payment.refunded_minor - int(promised or 0), payment.currency)


def _is_usable(gateway: Gateway, account: GatewayAccount | None) -> bool:
    return account.is_enabled if account else not gateway.needs_account

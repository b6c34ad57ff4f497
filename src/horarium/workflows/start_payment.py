"""Asking for money: the amount is ours to compute, the page is the gateway's to make."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from horarium.kit.errors import InvalidInput
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.errors import OrderExpired
from horarium.modules.booking.models import Order
from horarium.modules.payments import actions
from horarium.modules.payments.errors import GatewayRefused, NothingDue
from horarium.modules.payments.models import Payment, PaymentState
from horarium.modules.payments.ports import Access, Gateway, PaymentRequest
from horarium.modules.payments.queries import (
    PaymentView,
    amount_of,
    find_open_payment,
    get_payment,
    open_gateway,
    usual_gateway,
    view_of,
)
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business
from horarium.platform.tenancy.scope import business_scope

from . import order_view


def start_payment(
    business_id: int, order_id: str, *, gateway: str, return_url: str, actor: Actor, now: datetime
) -> PaymentView:
    """A payment page for what the order needs now: the due part of a hold, or the unpaid rest of a booking.

    No `gateway` means the one of the business, the first when there are several. Asking again for the same amount
    gives the same payment. Raises OrderNotFound, UnknownGateway, OrderExpired, NothingDue; GatewayRefused, then the
    payment has failed; GatewayUnavailable, then asking again goes on with the same payment.
    """
    _check_return_url(return_url)
    with business_scope(business_id):
        slug = Business.objects.values_list("slug", flat=True).get(pk=business_id)
        gateway = gateway or usual_gateway(business_id)
        opened, access = open_gateway(business_id, slug, gateway)
        order, payment = _write_down(business_id, order_id, gateway, return_url, actor, now)
        if not payment.confirmation_url:
            payment = _make_page(order, payment, opened, access, now)
        return view_of(payment)


@transaction.atomic
def _write_down(
    business_id: int, order_id: str, gateway: str, return_url: str, actor: Actor, now: datetime
) -> tuple[Order, Payment]:
    order = lock_order(business_id, order_id)
    view = order_view.view_of(order, now)
    if view.status == "expired":
        raise OrderExpired("the hold has run out", params={"order": order_id})
    if not view.due_now:
        raise NothingDue("nothing is due", params={"order": order_id})
    known = find_open_payment(business_id, subject=order_id, gateway=gateway, amount=view.due_now)
    if known is not None:
        return order, known
    payment = actions.create_payment(
        business_id,
        subject=order_id,
        gateway=gateway,
        amount=view.due_now,
        return_url=return_url or order.return_url or view.manage_url,
        now=now,
    )
    record(
        business_id,
        actor,
        "payment.created",
        payment.public_id,
        after={"order": order_id, "gateway": gateway, "amount_minor": payment.amount_minor},
    )
    return order, payment


def _make_page(order: Order, payment: Payment, gateway: Gateway, access: Access, now: datetime) -> Payment:
    """Outside of any transaction: the gateway may take its time."""
    path = f"/api/v1/gateways/{gateway.code}/{access.business_slug}/callback"
    is_held = order.expires_at is not None and order.expires_at > now
    request = PaymentRequest(
        payment_id=payment.public_id,
        order_id=order.public_id,
        amount=amount_of(payment),
        return_url=payment.return_url,
        callback_url=f"{settings.PUBLIC_URL}{path}",
        hold_expires_at=order.expires_at if is_held else None,
        locale=order.locale,
    )
    try:
        created = gateway.create_payment(request, access)
    except GatewayRefused:
        with transaction.atomic():
            refused = actions.lock_payment(payment.business_id, payment.public_id)
            if refused.state == PaymentState.CREATED:
                actions.advance(refused, PaymentState.FAILED, now)
        raise
    return actions.attach_page(payment.business_id, payment.public_id, created)


def get_payment_view(business_id: int, payment_id: str) -> PaymentView:
    """Raises PaymentNotFound."""
    with business_scope(business_id):
        return view_of(get_payment(business_id, payment_id))


def _check_return_url(url: str) -> None:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 500):
        raise InvalidInput("not a web address", field="return_url", params={"reason": "url"})

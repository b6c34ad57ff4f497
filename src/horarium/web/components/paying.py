"""Sending a guest to the payment page, from the booking page and from the customer's page alike."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from horarium.modules.booking.errors import OrderExpired
from horarium.modules.payments.errors import GatewayRefused, GatewayUnavailable, NothingDue, UnknownGateway
from horarium.modules.payments.queries import list_gateways, payments_of, view_of
from horarium.modules.payments.rules import OPEN
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope
from horarium.workflows.order_view import OrderView
from horarium.workflows.start_payment import start_payment

TROUBLE = "payment"
"""Query parameter of the customer's page: `under_way` on the way back, `unavailable` when no page was made."""


def gateways_of(view: OrderView) -> list[str]:
    with business_scope(view.business.id):
        return list_gateways(view.business.id)


def last_payment(view: OrderView) -> str:
    """`open` while the last payment of the order is under way, else its state; empty without one."""
    with business_scope(view.business.id):
        payments = payments_of(view.business.id, view.id)
    if not payments:
        return ""
    return "open" if payments[0].state in OPEN else str(payments[0].state)


def payment_page_of(view: OrderView, payment_id: str) -> str:
    """The gateway's page of a payment of this order; empty when there is nothing to do there any more."""
    with business_scope(view.business.id):
        found = [one for one in payments_of(view.business.id, view.id) if one.public_id == payment_id]
        return view_of(found[0]).confirmation_url if found else ""


def payment_address(view: OrderView, gateway: str, actor: Actor, now: datetime) -> str:
    """The way to where the guest pays what is due; their own page, saying why, when that cannot be had."""
    page = reverse("order_page", args=[view.token])
    try:
        payment = start_payment(
            view.business.id,
            view.id,
            gateway=gateway,
            return_url=f"{view.manage_url}/?{TROUBLE}=under_way",
            actor=actor,
            now=now,
        )
    except (NothingDue, OrderExpired):
        return page
    except (UnknownGateway, GatewayRefused, GatewayUnavailable):
        return f"{page}?{TROUBLE}=unavailable"
    return reverse("order_leave_to_pay", args=[view.token, payment.id]) if payment.confirmation_url else page

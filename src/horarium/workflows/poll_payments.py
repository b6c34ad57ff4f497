"""Asking the gateways about payments whose callback never came."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_scopes import scopes_disabled

from horarium.modules.payments.errors import GatewayRefused, GatewayUnavailable, UnknownGateway
from horarium.modules.payments.queries import find_unanswered, get_payment, open_gateway
from horarium.platform.tenancy.scope import business_scope

from .settle_payment import Outcome, settle_payment

QUIET = timedelta(minutes=2)
"""How long a callback may take before we ask."""

FORGOTTEN = timedelta(days=3)
"""How long we go on asking."""


def poll_payments(now: datetime, limit: int = 200) -> dict[str, Outcome]:
    """Fetch and settle every payment that is still open. Returns the outcomes by payment."""
    with scopes_disabled():
        waiting = find_unanswered(now - FORGOTTEN, now - QUIET, limit)
    outcomes = {}
    for business_id, slug, payment_id in waiting:
        try:
            outcomes[payment_id] = poll_payment(business_id, slug, payment_id, now)
        except (GatewayRefused, GatewayUnavailable, UnknownGateway):
            continue
    return outcomes


def poll_payment(business_id: int, slug: str, payment_id: str, now: datetime) -> Outcome:
    """Ask about one payment and settle what the gateway says. Raises GatewayUnavailable, GatewayRefused."""
    with business_scope(business_id):
        payment = get_payment(business_id, payment_id)
        gateway, access = open_gateway(business_id, slug, payment.gateway, even_off=True)
        report = gateway.fetch(payment.gateway_ref, access)
    return settle_payment(business_id, payment_id, report, now)

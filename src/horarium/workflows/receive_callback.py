"""A gateway calls: verify, keep what came, settle. Whoever repeats it gets the same answer and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from horarium.kit.errors import NotFound
from horarium.modules.payments.actions import close_callback, keep_callback
from horarium.modules.payments.queries import open_gateway
from horarium.platform.tenancy.models import Business
from horarium.platform.tenancy.scope import business_scope

from .settle_payment import settle_payment


def receive_callback(
    gateway_code: str, business_slug: str, *, headers: Mapping[str, str], body: bytes, now: datetime
) -> None:
    """Work one callback. Raises BadSignature and keeps nothing when the gateway did not send it.

    Raises NotFound for a business or gateway that does not exist. Reports of payments that nobody knows are
    kept with the outcome `unknown_payment`. A callback that was kept but not finished is worked when it is
    repeated.
    """
    business_id = Business.objects.filter(slug=business_slug).values_list("pk", flat=True).first()
    if business_id is None:
        raise NotFound("business", params={"kind": "business"})
    with business_scope(business_id):
        gateway, access = open_gateway(business_id, business_slug, gateway_code, even_off=True)
        for fact in gateway.read_callback(headers, body, access):
            kept = keep_callback(business_id, gateway_code, fact.event_key, body, now)
            if kept.processed_at is None:
                outcome = settle_payment(business_id, fact.payment_id, fact.report, now)
                close_callback(kept, outcome, now)

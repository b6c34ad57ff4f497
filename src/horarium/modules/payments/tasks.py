"""Jobs: giving money back through the gateway."""

from __future__ import annotations

from horarium.kit.clock import now
from horarium.kit.money import Money
from horarium.platform.jobs.declare import job
from horarium.platform.tenancy.models import Business
from horarium.platform.tenancy.scope import business_scope

from . import actions, queries
from .errors import GatewayRefused
from .models import Refund, RefundState
from .ports import RefundRequest


@job(actions.SEND_REFUND, queue="payments")
def send_refund(business_id: int, refund_id: str) -> None:
    """Ask the gateway, outside of any transaction. No answer means unknown: the job asks again with the same key."""
    with business_scope(business_id):
        refund = Refund.objects.select_related("payment").get(business_id=business_id, public_id=refund_id)
        if refund.state != RefundState.REQUESTED:
            return
        payment = refund.payment
        slug = Business.objects.values_list("slug", flat=True).get(pk=business_id)
        gateway, access = queries.open_gateway(business_id, slug, payment.gateway, even_off=True)
        amount = Money(refund.amount_minor, payment.currency)
        try:
            result = gateway.refund(RefundRequest(refund.public_id, payment.gateway_ref, amount), access)
        except GatewayRefused as refusal:
            actions.fail_refund(business_id, refund_id, refusal.message)
        else:
            actions.finish_refund(business_id, refund_id, result, now())

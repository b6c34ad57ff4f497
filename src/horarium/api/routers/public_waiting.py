"""Waiting lists for guests, and taking what is offered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from horarium.api import etags
from horarium.api.answers.orders import order_json
from horarium.api.auth import OrderToken
from horarium.api.idempotency import idempotent
from horarium.api.schemas.answers import OrderAnswer
from horarium.api.schemas.waiting import JoinedAnswer, WaitingInput
from horarium.kit.clock import now
from horarium.modules.catalog.queries import catalog_of
from horarium.workflows.waiting_list import accept_offer, join

from .public_orders import guest, opened

router = Router(tags=["Waiting list"])
token = OrderToken()


@router.post(
    "/{slug:business}/waiting-list", response={202: JoinedAnswer}, summary="Wait for time to become free"
)
@idempotent
def post_waiting(request: HttpRequest, business: str, wanted: WaitingInput) -> HttpResponse:
    """Offers go in turn, to the first who fits, by e-mail: the time is held for them alone until it is taken or lapses.

    The answer is the same whether or not the guest waits already; the link to their place is in the e-mail.
    """
    at = now()
    joining = wanted.as_joining()
    join(catalog_of(business).business.id, joining, guest(request), at)
    body = {
        "offering": wanted.offering,
        "from": wanted.first_on.isoformat(),
        "to": wanted.last_on.isoformat(),
        "email": wanted.customer.email,
    }
    return etags.made(body, status=202)


@router.post(
    "/orders/{order_id:order}/acceptance",
    auth=token,
    response=OrderAnswer,
    summary="Take a time that is held",
)
@idempotent
def post_acceptance(request: HttpRequest, order: str) -> HttpResponse:
    """Makes a hold with nothing to pay a booking. Where something is due, pay it instead."""
    view = opened(request, order)
    return etags.made(order_json(accept_offer(view.business.id, view.id, now())), status=200)

"""Orders of guests. The token that comes with an order opens it; nothing else does, and it opens nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from horarium.api import etags
from horarium.api.answers.orders import cancellation_json, order_json, payment_json
from horarium.api.auth import OrderToken
from horarium.api.idempotency import AnswerTogether, idempotent, idempotent_outside, idempotent_together
from horarium.api.schemas.answers import (
    OrderAnswer,
    PaymentAnswer,
)
from horarium.api.schemas.change_answers import CancellationAnswer, CancellationPreviewAnswer
from horarium.api.schemas.public import CancellationInput, CancellationQuery, CheckoutInput, PaymentInput
from horarium.api.schemas.repeats import lines_of
from horarium.kit.clock import now
from horarium.modules.booking.errors import OrderNotFound
from horarium.modules.booking.models import CancelledBy
from horarium.modules.messaging.queries import get_order_calendar
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.order_view import OrderView, open_order_page
from horarium.workflows.place_series_guests import order_and_show
from horarium.workflows.start_payment import start_payment

router = Router(tags=["Orders"])
token = OrderToken()


@router.post("/{slug:business}/orders", response={201: OrderAnswer}, summary="Book")
@idempotent_together
def create_order(request: HttpRequest, business: str, checkout: CheckoutInput) -> HttpResponse:
    """Takes the time of all items, or of none. What must be paid first is held until `expires_at`.

    An item with `repeat` takes all its dates: where some are not free, `occurrences` of the refusal name each with what
    is free near it, to be sent again with other `starts`, or left out by `skip`.
    """
    by = guest(request, checkout.channel)
    answer = AnswerTogether(request, _made)
    lines = lines_of(checkout.items)
    view = order_and_show(business, lines, checkout.as_checkout(), by, now(), beside=answer.beside)
    return answer.of(view)


@router.get("/orders/{order_id:order}", auth=token, response=OrderAnswer, summary="An order")
def get_order(request: HttpRequest, order: str) -> HttpResponse:
    return etags.private(request, order_json(opened(request, order)))


@router.get(
    "/orders/{order_id:order}/cancellation",
    auth=token,
    response=CancellationPreviewAnswer,
    summary="What cancelling would cost",
)
def get_cancellation(request: HttpRequest, order: str, query: Query[CancellationQuery]) -> HttpResponse:
    """Fee and refund of cancelling what is named, or everything still ahead, as it would be applied now."""
    terms = preview_cancellation(opened(request, order), CancellationWish(tuple(query.bookings)))
    return etags.private(request, cancellation_json(terms))


@router.post(
    "/orders/{order_id:order}/cancellation", auth=token, response={200: CancellationAnswer}, summary="Cancel"
)
@idempotent
def cancel(request: HttpRequest, order: str, wanted: CancellationInput | None = None) -> HttpResponse:
    """Cancels the bookings named, or all that are still ahead; the refund follows the terms."""
    at = now()
    view = opened(request, order)
    asked = wanted or CancellationInput()
    wish = CancellationWish(tuple(asked.bookings), asked.reason)
    terms = preview_cancellation(view, wish)
    after = cancel_order(
        view.business.id,
        view.id,
        wish,
        by=CancelledBy.GUEST,
        actor=guest(request),
        now=at,
    )
    return etags.made({**order_json(after), **cancellation_json(terms)}, status=200)


@router.post("/orders/{order_id:order}/payments", auth=token, response={201: PaymentAnswer}, summary="Pay")
@idempotent_outside
def create_payment(request: HttpRequest, order: str, wanted: PaymentInput) -> HttpResponse:
    """A payment page for what is due now. Send the guest to `confirmation_url`; the gateway tells us the rest."""
    view = opened(request, order)
    payment = start_payment(
        view.business.id,
        view.id,
        gateway=wanted.gateway or "",
        return_url=wanted.return_url,
        actor=guest(request),
        now=now(),
    )
    return etags.made(payment_json(payment))


@router.get("/orders/{order_id:order}/calendar.ics", auth=token, summary="Calendar file")
def get_calendar(request: HttpRequest, order: str) -> HttpResponse:
    """iCalendar with one entry for each booking; a newer file replaces the entries of an older one."""
    view = opened(request, order)
    with business_scope(view.business.id):
        content = get_order_calendar(view.business.id, view.id)
    headers = {"Content-Disposition": f'attachment; filename="{view.id}.ics"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def opened(request: HttpRequest, order_id: str) -> OrderView:
    """The order that the token opens, if it is the one of the address. Raises OrderNotFound."""
    view = open_order_page(request.auth, now())  # type: ignore[attr-defined]  # set by the authentication
    if view.id != order_id:
        raise OrderNotFound("order", params={"kind": "order"})
    return view


def _made(view: OrderView) -> HttpResponse:
    return etags.made(order_json(view), location=f"/api/v1/public/orders/{view.id}")


def guest(request: HttpRequest, channel: str = "api") -> Actor:
    return Actor.guest(channel, request.META.get("REMOTE_ADDR"))

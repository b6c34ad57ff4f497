"""What guests change of their bookings, by the token of their order: each step is previewed by what applies it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from horarium.api import etags
from horarium.api.answers.availability import slot_json
from horarium.api.answers.changes import change_json, change_preview_json
from horarium.api.answers.orders import order_json
from horarium.api.auth import OrderToken
from horarium.api.idempotency import idempotent
from horarium.api.schemas.answers import OrderAnswer
from horarium.api.schemas.change_answers import ChangedAnswer, ChangePreviewAnswer, StartsAnswer
from horarium.api.schemas.changes import ArrivalInput, ChangeInput
from horarium.api.schemas.fields import Day, Input
from horarium.kit.clock import now
from horarium.modules.booking.errors import OrderNotFound
from horarium.workflows.attend_booking import tell_arrival
from horarium.workflows.change_booking import apply_change, list_change_starts, preview_change
from horarium.workflows.order_view import BookingView, OrderView, get_order_view
from horarium.workflows.plan_again import Change

from .public_orders import guest, opened

router = Router(tags=["Orders"])
token = OrderToken()
BOOKING = "/orders/{order_id:order}/bookings/{public_id:booking}"


class StartsQuery(Input):
    on: Day | None = None


@router.get(BOOKING + "/starts", auth=token, response=StartsAnswer, summary="Free starts for another time")
def get_starts(request: HttpRequest, order: str, booking: str, query: Query[StartsQuery]) -> HttpResponse:
    """Of a local date (without one, the booking's), for a booking as it is; its own time counts as free."""
    view, shown = booked(request, order, booking)
    day = query.on or shown.start.date()
    found = list_change_starts(view.business.id, booking, day, Change(), now())
    return etags.private(request, {"slots": [slot_json(one) for one in found]})


@router.post(
    BOOKING + "/change/preview",
    auth=token,
    response=ChangePreviewAnswer,
    summary="What a change would cost",
)
def show_change(request: HttpRequest, order: str, booking: str, wanted: ChangeInput) -> HttpResponse:
    """Price, fee, refund and rest, exactly as the change would apply them now; 409 with the reason against it."""
    view, _ = booked(request, order, booking)
    preview = preview_change(view.business.id, booking, wanted.as_wish(), now())
    return etags.made(change_preview_json(preview), status=200)


@router.post(BOOKING + "/change", auth=token, response=ChangedAnswer, summary="Change a booking")
@idempotent
def post_change(request: HttpRequest, order: str, booking: str, wanted: ChangeInput) -> HttpResponse:
    """New time is taken before the old is given back; what is refused changes nothing. Pay `due_now` afterwards."""
    view, _ = booked(request, order, booking)
    done = apply_change(view.business.id, booking, wanted.as_wish(), guest(request), now())
    return etags.made({**order_json(done.order), "change": change_json(done.money)}, status=200)


@router.put(BOOKING + "/arrival", auth=token, response=OrderAnswer, summary="When the guest will come")
def put_arrival(request: HttpRequest, order: str, booking: str, wanted: ArrivalInput) -> HttpResponse:
    view, shown = booked(request, order, booking)
    tell_arrival(view.business.id, shown, wanted.arrives_at, guest(request))
    return etags.made(order_json(get_order_view(view.business.id, view.id, now())), status=200)


def booked(request: HttpRequest, order_id: str, booking_id: str) -> tuple[OrderView, BookingView]:
    """A booking of the order that the token opens. Raises OrderNotFound."""
    view = opened(request, order_id)
    shown = next((one for one in view.bookings if one.id == booking_id), None)
    if shown is None:
        raise OrderNotFound("booking", params={"kind": "booking"})
    return view, shown

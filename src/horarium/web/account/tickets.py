"""Tickets with their QR: on the page of the order, to print, and each as a picture of its own."""

from __future__ import annotations

import io
from functools import lru_cache

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from horarium.kit import clock
from horarium.workflows.order_view import BookingView, OrderView, open_order_page

from .pages import base_context, private
from .shown import show

VALID = frozenset({"confirmed", "checked_in", "completed", "pending"})


@require_GET
@private
def show_tickets(request: HttpRequest, token: str, booking_id: str) -> HttpResponse:
    """All tickets of a booking, one under another, as they are printed."""
    view = open_order_page(token, clock.now())
    booking = _booking_with_tickets(view, booking_id)
    context = base_context(view, show(view, clock.now())) | {"one": booking}
    return render(request, "my/tickets.html", context)


@require_GET
@private
def show_code(request: HttpRequest, token: str, ticket_id: str) -> HttpResponse:
    """The QR of one ticket: dark on light with its quiet zone, so that it can be read in a dark page, too."""
    view = open_order_page(token, clock.now())
    for booking in view.bookings:
        if booking.state in VALID:
            for ticket in booking.tickets:
                if ticket.id == ticket_id:
                    return HttpResponse(qr_svg(door_address(view, ticket.code)), content_type="image/svg+xml")
    raise Http404("no such ticket")


def door_address(view: OrderView, code: str) -> str:
    """Where the camera of any phone takes staff who are signed in; everybody else is asked to sign in."""
    return settings.PUBLIC_URL + reverse("backoffice:door_ticket", args=[view.business.slug, code])


@lru_cache(maxsize=1024)
def qr_svg(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False, svgclass=None
    )
    return out.getvalue()


def _booking_with_tickets(view: OrderView, booking_id: str) -> BookingView:
    for one in view.bookings:
        if one.id == booking_id and one.tickets and one.state in VALID:
            return one
    raise Http404("no tickets")

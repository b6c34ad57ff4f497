"""The customer's page: what is booked, what is paid, and what can still be done. The link is the only key."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from horarium.kit import clock
from horarium.modules.booking.queries_series import list_repeated
from horarium.modules.messaging.queries import get_order_calendar
from horarium.platform.tenancy.scope import business_scope
from horarium.platform.throttle.pages import limited
from horarium.web.components.paying import (
    TROUBLE,
    gateways_of,
    last_payment,
    payment_address,
    payment_page_of,
)
from horarium.workflows.order_view import OrderView, open_order_page

from .pages import base_context, guest_of, private
from .shown import show

NOTHING_CHANGED = 204


@require_GET
@private
def show_order(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "my/order.html", _context(request, open_order_page(token, clock.now())))


@require_GET
@private
def show_status(request: HttpRequest, token: str) -> HttpResponse:
    """The body of the page, for the one that waits: empty while nothing has changed."""
    context = _context(request, open_order_page(token, clock.now()))
    if request.GET.get("seen") == context["shown"].mark:
        return HttpResponse(status=NOTHING_CHANGED)
    return render(request, "my/order.html#order", context)


@require_POST
@private
@limited
def pay(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    view = open_order_page(token, now)
    gateway = request.POST.get("gateway", "")[:20]
    return HttpResponseRedirect(payment_address(view, gateway, guest_of(request), now))


@require_GET
@private
def leave_to_pay(request: HttpRequest, token: str, payment_id: str) -> HttpResponse:
    """On to the gateway's page, from a page of ours.

    A form may not lead to another origin, not even by a redirect that answers it (`form-action` of our policy, and
    gateways send payers on to banks that nobody can list). A page that leads on by itself may, also without scripts.
    """
    view = open_order_page(token, clock.now())
    address = payment_page_of(view, payment_id)
    if not address:
        return HttpResponseRedirect(reverse("order_page", args=[token]))
    # What is to be said to the guest waits for a page on which they stay.
    context = base_context(view, show(view, clock.now())) | {"address": address, "messages": ()}
    return render(request, "my/leave_to_pay.html", context)


@require_GET
@private
def download_calendar(request: HttpRequest, token: str) -> HttpResponse:
    view = open_order_page(token, clock.now())
    with business_scope(view.business.id):
        content = get_order_calendar(view.business.id, view.id)
    headers = {"Content-Disposition": f'attachment; filename="{view.id}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _series(view: OrderView) -> dict[str, Any]:
    """The bookings that belong to a series, and the `later` ones, which need not say again where it is."""
    if len(view.bookings) < 2:
        return {}
    with business_scope(view.business.id):
        repeated = list_repeated(view.business.id, view.id)
    return {"repeated": repeated, "later": [one.id for one in view.bookings if one.id in repeated][1:]}


def _context(request: HttpRequest, view: OrderView) -> dict[str, Any]:
    trouble = request.GET.get(TROUBLE, "")
    payment = last_payment(view) if trouble == "under_way" and view.due_now else ""
    shown = show(view, clock.now(), is_paying=payment == "open")
    query = {"seen": shown.mark} | ({TROUBLE: trouble} if trouble else {})
    return base_context(view, shown) | {
        **_series(view),
        "trouble": "failed" if payment in ("failed", "cancelled") else trouble,
        "is_paying": payment == "open",
        "gateways": gateways_of(view) if shown.can_pay else [],
        "poll_url": f"{reverse('order_status', args=[view.token])}?{urlencode(query)}",
    }

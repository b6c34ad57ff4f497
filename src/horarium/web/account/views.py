"""The customer's page: what is booked, what is paid, and what can still be done. The link is the only key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import NotFound
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import CancelledBy
from horarium.modules.messaging.queries import get_order_calendar
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope
from horarium.platform.throttle.pages import limited
from horarium.web.components.paying import TROUBLE, gateways_of, last_payment, payment_address
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.order_view import OrderView, open_order_page

from .shown import ShownOrder, show

View = Callable[..., HttpResponse]
NOTHING_CHANGED = 204


def private(view: View) -> View:
    """A wrong link has no page; a right one is neither indexed, nor kept, nor told to other sites."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, **kwargs)
        except NotFound as error:
            raise Http404(error.code) from error
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_vary_headers(response, ["HX-Request"])
        return response

    return guarded


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
    return HttpResponseRedirect(payment_address(view, gateway, _guest(request), now))


@require_http_methods(["GET", "HEAD", "POST"])
@private
@limited
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """First the consequence, then the deed."""
    now = clock.now()
    view = open_order_page(token, now)
    wish = CancellationWish()
    if request.method == "POST":
        with suppress(IllegalTransition):
            cancel_order(
                view.business.id, view.id, wish, by=CancelledBy.GUEST, actor=_guest(request), now=now
            )
        return HttpResponseRedirect(reverse("order_page", args=[token]))
    shown = show(view, now)
    if not shown.can_cancel:
        return HttpResponseRedirect(reverse("order_page", args=[token]))
    context = _base(view, shown) | {"terms": preview_cancellation(view, wish)}
    return render(request, "my/cancel.html", context)


@require_GET
@private
def download_calendar(request: HttpRequest, token: str) -> HttpResponse:
    view = open_order_page(token, clock.now())
    with business_scope(view.business.id):
        content = get_order_calendar(view.business.id, view.id)
    headers = {"Content-Disposition": f'attachment; filename="{view.id}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _context(request: HttpRequest, view: OrderView) -> dict[str, Any]:
    trouble = request.GET.get(TROUBLE, "")
    payment = last_payment(view) if trouble == "under_way" and view.due_now else ""
    shown = show(view, clock.now(), is_paying=payment == "open")
    query = {"seen": shown.mark} | ({TROUBLE: trouble} if trouble else {})
    return _base(view, shown) | {
        "trouble": "failed" if payment in ("failed", "cancelled") else trouble,
        "is_paying": payment == "open",
        "gateways": gateways_of(view) if shown.can_pay else [],
        "poll_url": f"{reverse('order_status', args=[view.token])}?{urlencode(query)}",
    }


def _base(view: OrderView, shown: ShownOrder) -> dict[str, Any]:
    return {
        "business": view.business,
        "home_url": reverse("storefront_business", args=[view.business.slug]),
        "order": view,
        "shown": shown,
        "page_url": reverse("order_page", args=[view.token]),
    }


def _guest(request: HttpRequest) -> Actor:
    return Actor.guest("page", ip=request.META.get("REMOTE_ADDR") or None)

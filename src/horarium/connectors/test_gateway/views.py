"""The page of the simulated gateway: a payer decides, and says how the shop is to hear of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from horarium.kit.clock import now
from horarium.kit.money import Money

from . import simulator
from .delivery import DELAYS, MAX_REPEATS, Manner, tell_shop
from .models import SimulatedPayment

View = Callable[..., HttpResponse]


def only_where_enabled(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, ref: str) -> HttpResponse:
        if not settings.TEST_GATEWAY_ENABLED:
            raise Http404
        return view(request, ref)

    return guarded


@only_where_enabled
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, ref: str) -> HttpResponse:
    payment = get_object_or_404(SimulatedPayment, ref=ref)
    if request.method == "POST":
        return _decide(request, payment)
    response = render(request, "test_gateway/pay.html", _context(payment))
    return _allow_return(response, payment)


def _decide(request: HttpRequest, payment: SimulatedPayment) -> HttpResponse:
    here = redirect("test_gateway_pay", ref=payment.ref)
    manner = _manner(request.POST)
    match request.POST.get("action"):
        case "pay" if simulator.decide(payment.ref, simulator.PAID):
            tell_shop(payment, simulator.PAID, manner)
        case "decline" if simulator.decide(payment.ref, simulator.FAILED):
            tell_shop(payment, simulator.FAILED, manner)
            return here
        case "late" if payment.hold_expires_at and simulator.decide(payment.ref, simulator.LATE):
            after = max(payment.hold_expires_at, now()) + timedelta(seconds=1)
            tell_shop(payment, simulator.PAID, manner, at=after)
            return here
        case _:
            return here
    return _allow_return(redirect(payment.return_url), payment)


def _manner(form: QueryDict) -> Manner:
    """The wish of the form, kept within what the form offers."""
    return Manner(
        repeats=min(max(_number(form.get("repeats"), 1), 1), MAX_REPEATS),
        reordered=form.get("reordered") == "on",
        delay=min(max(_number(form.get("delay"), 0), 0), max(DELAYS)),
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else default


def _context(payment: SimulatedPayment) -> dict[str, object]:
    is_open = payment.state in (simulator.PENDING, simulator.FAILED)
    holds = payment.hold_expires_at is not None and payment.hold_expires_at > now()
    times = [
        (str(count), ngettext("%(count)d time", "%(count)d times", count) % {"count": count})
        for count in range(1, MAX_REPEATS + 1)
    ]
    delays = [
        (
            str(seconds),
            ngettext("after %(count)d second", "after %(count)d seconds", seconds) % {"count": seconds}
            if seconds
            else _("at once"),
        )
        for seconds in DELAYS
    ]
    return {
        "payment": payment,
        "amount": Money(payment.amount_minor, payment.currency),
        "is_open": is_open,
        "is_declined": payment.state == simulator.FAILED,
        "is_late": payment.state == simulator.LATE,
        "is_held": holds,
        "has_lapsed": payment.hold_expires_at is not None and not holds,
        "times": times,
        "delays": delays,
    }


def _allow_return(response: HttpResponse, payment: SimulatedPayment) -> HttpResponse:
    """The form's answer leads back to the shop, which may be a page of another origin."""
    parts = urlsplit(payment.return_url)
    if parts.scheme in ("http", "https") and parts.netloc:
        response._csp_update = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}  # type: ignore[attr-defined]  # django-csp's way in
    return response

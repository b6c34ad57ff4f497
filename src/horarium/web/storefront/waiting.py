"""The waiting list for guests: joining it from a sold-out day, and the signed page of one's place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.zones import zone
from horarium.modules.booking.models import CancelledBy, WaitingEntry, WaitingState
from horarium.modules.booking.queries_waiting import get_waiting_entry_of_link
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.rules import OfferingFacts
from horarium.platform.throttle.pages import limited
from horarium.workflows.checkout import Contact
from horarium.workflows.waiting_list import Joining, join, leave

from .booking import guest_of
from .pages import base_context, found_or_404
from .shop import Shop, open_shop
from .waiting_form import WaitingForm, first_values

_JOINED = "joined"
View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@limited
@found_or_404
def join_list(request: HttpRequest, slug: str, offering_key: str) -> HttpResponse:
    """The same answer for everybody: whether somebody waits already is nobody's business."""
    shop = open_shop(slug, clock.now())
    offering = shop.catalog.get_offering(offering_key)
    if not offering.has_waiting_list:
        raise NotFound("waiting list", params={"kind": "waiting_list"})
    today = shop.today(offering)
    if request.method != "POST":
        form = WaitingForm(first_values(request.GET, offering, today))
        is_done = request.GET.get(_JOINED) == "yes"
        return _page(request, shop, offering, form, is_done=is_done)
    form = WaitingForm(request.POST)
    if form.check(needs_phone=shop.business.needs_phone, today=today) and _join(
        request, shop, offering, form
    ):
        query = urlencode({_JOINED: "yes"})
        address = reverse("storefront_waiting", args=[slug, offering.slug])
        return HttpResponseRedirect(f"{address}?{query}")
    return _page(request, shop, offering, form, problems=form.problems(), status=422)


@require_GET
@found_or_404
def show_place(request: HttpRequest, token: str) -> HttpResponse:
    """One's own place, by the link from the e-mail."""
    entry = get_waiting_entry_of_link(token)
    shop = open_shop(entry.business.slug, clock.now())
    offering = shop.catalog.offering_of_key(entry.offering_id)
    context = {
        **base_context(shop, request),
        "entry": entry,
        "offering": offering,
        "state": _state(entry, shop),
        "leave_url": reverse("waiting_leave", args=[token]),
        "order_url": reverse("order_page", args=[order_token(entry.order)]) if entry.order else "",
        "offering_url": reverse("storefront_offering", args=[shop.business.slug, offering.slug]),
        "zone": offering.location.time_zone,
    }
    return _private(render(request, "storefront/waiting_place.html", context))


@require_POST
@limited
@found_or_404
def leave_list(request: HttpRequest, token: str) -> HttpResponse:
    entry = get_waiting_entry_of_link(token)
    leave(
        entry.business_id,
        entry.public_id,
        by=CancelledBy.GUEST,
        actor=guest_of(request),
        now=clock.now(),
    )
    return HttpResponseRedirect(reverse("waiting_place", args=[token]))


def _join(request: HttpRequest, shop: Shop, offering: OfferingFacts, form: WaitingForm) -> bool:
    data = form.cleaned_data
    contact = Contact(data["name"], data["email"], data["phone"], get_language() or "")
    first_on, last_on = form.dates
    try:
        joining = Joining(contact, form.wished(offering), first_on, last_on)
        join(shop.business.id, joining, guest_of(request), shop.now)
    except InvalidInput as error:
        form.add_refusal(error)
        return False
    return True


def _page(
    request: HttpRequest,
    shop: Shop,
    offering: OfferingFacts,
    form: WaitingForm,
    *,
    problems: list[tuple[str, str]] | None = None,
    is_done: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **base_context(shop, request),
        "offering": offering,
        "form": form,
        "problems": problems or [],
        "is_done": is_done,
        "minutes": shop.business.waiting_offer_minutes,
        "today": shop.today(offering).isoformat(),
        "last_day": shop.last_day(offering).isoformat(),
        "offering_url": reverse("storefront_offering", args=[shop.business.slug, offering.slug]),
        "tickets": [(one, form.data.get(f"ticket_{one.public_id}", "0")) for one in offering.ticket_types],
    }
    return render(request, "storefront/waiting.html", context, status=status)


def _state(entry: WaitingEntry, shop: Shop) -> str:
    """As it is now, whether or not the worker has written it down."""
    if entry.state == WaitingState.OFFERED and entry.order is not None:
        until = entry.order.expires_at
        return "lapsed" if until is not None and until <= shop.now else "offered"
    last = shop.now.astimezone(
        zone(shop.catalog.offering_of_key(entry.offering_id).location.time_zone)
    ).date()
    return "over" if entry.state == WaitingState.WAITING and entry.last_on < last else str(entry.state)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

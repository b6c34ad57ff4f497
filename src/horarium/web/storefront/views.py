"""The public pages of a business: choose, see when, say who, book."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods

from horarium.kit import clock
from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.catalog.rules import OfferingFacts
from horarium.platform.tenancy.models import Business
from horarium.platform.throttle.pages import limited
from horarium.web.components.reasons import reason_text
from horarium.web.components.words import resource_words, words_of

from .booking import alternatives_of, guest_of, instead_value, new_attempt, place, quote_choice, with_instead
from .calendar import build_calendar
from .choice import Choice
from .forms import DetailsForm
from .payment import next_address
from .shop import Shop, open_shop
from .summary import build_summary

View = Callable[..., HttpResponse]


def found_or_404(view: View) -> View:
    """What is unknown, hidden or not open has no page."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except NotFound as error:
            raise Http404(error.code) from error

    return guarded


@require_GET
def show_installation(request: HttpRequest) -> HttpResponse:
    businesses = Business.objects.filter(is_active=True).order_by("name")[:60]
    return render(request, "storefront/installation.html", {"businesses": businesses})


@require_GET
@found_or_404
def show_business(request: HttpRequest, slug: str) -> HttpResponse:
    shop = open_shop(slug, clock.now())
    context = {
        **_base(shop),
        "shelves": shop.shelves(),
        "locations": list(shop.catalog.locations.values()),
        "words": words_of(shop.business.type),
    }
    return render(request, "storefront/business.html", context)


@require_GET
@found_or_404
def show_offering(request: HttpRequest, slug: str, offering_key: str) -> HttpResponse:
    """The calendar; with htmx only the part that has changed."""
    shop = open_shop(slug, clock.now())
    offering = shop.catalog.get_offering(offering_key)
    resources = shop.choosable(offering)
    choice = Choice.of(request.GET).fitted(offering, frozenset(one.public_id for one in resources))
    details_url = reverse("storefront_details", args=[slug, offering.slug])
    calendar = build_calendar(shop, offering, choice, details_url)
    context = {
        **_base(shop),
        "offering": offering,
        "choice": calendar.choice,
        "calendar": calendar,
        "resources": resources,
        "resource_words": resource_words(shop.business.type, resources[0].kind) if resources else None,
        "extras": _priced_extras(shop, offering, calendar.choice),
        "durations": [(length, shop.price_from(offering, length)) for length in offering.durations[:12]],
        "parties": range(offering.party_min, offering.party_max + 1),
        "summary": build_summary(shop, offering, calendar.choice),
        "page_url": request.path,
        "has_bar": True,
        "goes_to_times": "day" in request.GET and calendar.day is not None,
        "zone": offering.location.time_zone,
    }
    is_partial = bool(getattr(request, "htmx", False))
    template = "storefront/offering.html#calendar_update" if is_partial else "storefront/offering.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@limited
@found_or_404
def show_details(request: HttpRequest, slug: str, offering_key: str) -> HttpResponse:
    shop = open_shop(slug, clock.now())
    offering = shop.catalog.get_offering(offering_key)
    data = request.POST if request.method == "POST" else request.GET
    choice = Choice.of(data)
    if request.method == "POST" and "instead" in data:
        return _details(request, shop, offering, with_instead(choice, data), DetailsForm(data))
    if request.method == "POST" and choice.start is not None:
        return _book(request, shop, offering, choice)
    return _details(request, shop, offering, choice, DetailsForm())


def _book(request: HttpRequest, shop: Shop, offering: OfferingFacts, choice: Choice) -> HttpResponse:
    form = DetailsForm(request.POST)
    if not form.check(shop.business):
        return _details(request, shop, offering, choice, form, status=422)
    try:
        order_id = place(shop, offering, choice, form, request)
    except NotFree:
        return _details(request, shop, offering, choice, form, status=409)
    except InvalidInput as error:
        if not form.add_refusal(error):
            return _back_to_times(shop, offering, choice)
        return _details(request, shop, offering, choice, form, status=422)
    return HttpResponseRedirect(next_address(shop.business.id, order_id, guest_of(request), shop.now))


def _details(
    request: HttpRequest,
    shop: Shop,
    offering: OfferingFacts,
    choice: Choice,
    form: DetailsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """The form with the price of this very choice, or with why it cannot be had and what can."""
    quote, refusal = None, None
    try:
        quote = quote_choice(shop, offering, choice)
    except NotFree as error:
        refusal = error
    except InvalidInput:
        return _back_to_times(shop, offering, choice)
    context = {
        **_base(shop),
        **_refused(refusal, choice),
        "offering": offering,
        "choice": choice,
        "pairs": choice.pairs(),
        "form": form,
        "problems": form.problems() if status == 422 else [],
        "attempt": request.POST.get("attempt") or new_attempt(),
        "summary": build_summary(shop, offering, choice, quote),
        "is_new_time": "instead" in request.POST,
        "times_url": _times_url(shop, offering, choice),
        "zone": offering.location.time_zone,
    }
    return render(request, "storefront/details.html", context, status=status)


def _refused(refusal: NotFree | None, choice: Choice) -> dict[str, Any]:
    slots = alternatives_of(refusal) if refusal else ()
    return {
        "is_refused": refusal is not None,
        "refusal": reason_text(str(refusal.reason)) if refusal else "",
        "alternatives": [(slot, instead_value(slot, choice)) for slot in slots],
    }


def _times_url(shop: Shop, offering: OfferingFacts, choice: Choice) -> str:
    """The calendar, open on the day of the chosen time."""
    zone_of_place = zone(offering.location.time_zone)
    day = local_date_of(choice.start, zone_of_place) if choice.start else None
    return _offering_url(shop, offering) + choice.query(day=day, month=day, start=None)


def _back_to_times(shop: Shop, offering: OfferingFacts, choice: Choice) -> HttpResponse:
    """Nothing that can be booked was asked for: choose a time again."""
    return HttpResponseRedirect(
        _offering_url(shop, offering) + choice.query(start=None, day=None, month=None)
    )


def _offering_url(shop: Shop, offering: OfferingFacts) -> str:
    return reverse("storefront_offering", args=[shop.business.slug, offering.slug])


def _base(shop: Shop) -> dict[str, Any]:
    return {
        "business": shop.business,
        "home_url": reverse("storefront_business", args=[shop.business.slug]),
        "now": shop.now,
    }


def _priced_extras(shop: Shop, offering: OfferingFacts, choice: Choice) -> list[tuple[Any, Any]]:
    duration = choice.duration or offering.durations[0]
    return [(extra, shop.extra_price(offering, extra, duration).amount) for extra in offering.extras]

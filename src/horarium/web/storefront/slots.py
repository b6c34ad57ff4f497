"""The page of an offering that is sold by start: a month, and the free times of a day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.words import resource_words

from .calendar import build_calendar, days_on_sale
from .choice import Choice
from .extras import wanted_extras
from .pages import base_context, page_of_choice
from .shop import Shop
from .summary import build_summary


def show_slots(request: HttpRequest, shop: Shop, offering: OfferingFacts) -> HttpResponse:
    resources = shop.choosable(offering)
    choice = Choice.of(request.GET).fitted(offering, frozenset(one.public_id for one in resources))
    details_url = reverse("storefront_details", args=[shop.business.slug, offering.slug])
    calendar = build_calendar(
        offering,
        choice,
        days_on_sale(shop, offering, choice),
        today=shop.today(offering),
        last_day=shop.last_day(offering),
        details_url=details_url,
    )
    context = {
        **base_context(shop, request),
        "offering": offering,
        "choice": calendar.choice,
        "calendar": calendar,
        "resources": resources,
        "resource_words": resource_words(shop.business.type, resources[0].kind) if resources else None,
        "extras": wanted_extras(shop, offering, calendar.choice.extras),
        "durations": [(length, shop.price_from(offering, length)) for length in offering.durations[:12]],
        "parties": range(offering.party_min, offering.party_max + 1),
        "summary": build_summary(shop, offering, calendar.choice),
        "has_bar": True,
        "goes_to_times": "day" in request.GET and calendar.day is not None,
        "zone": offering.location.time_zone,
    }
    return page_of_choice(request, "storefront/offering.html", context)

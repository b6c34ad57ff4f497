"""Who books several dates at once: the usual form, and one order for all of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.rules import OfferingFacts
from horarium.platform.throttle.pages import limited
from horarium.workflows.place_series import SeriesClash

from .booking import guest_of, place
from .details import form_context
from .forms import DetailsForm
from .pages import base_context, found_or_404
from .payment import next_address
from .repeats import plan_context, plan_of
from .repeats_choice import Repeat, address, first_item, repeat_of
from .shop import Shop, open_shop


@require_http_methods(["GET", "HEAD", "POST"])
@limited
@found_or_404
def show_repeat_details(request: HttpRequest, slug: str, offering_key: str) -> HttpResponse:
    shop = open_shop(slug, clock.now())
    offering, repeat = repeat_of(request, shop, offering_key)
    if request.method == "POST" and "instead" in request.POST:
        return _form(
            request, shop, offering, repeat.instead(request.POST["instead"]), DetailsForm(request.POST)
        )
    if request.method == "POST":
        return _book(request, shop, offering, repeat)
    return _form(request, shop, offering, repeat, DetailsForm())


def _book(request: HttpRequest, shop: Shop, offering: OfferingFacts, repeat: Repeat) -> HttpResponse:
    form, item = DetailsForm(request.POST), first_item(offering, repeat)
    if item is None or not form.check(shop.business):
        return _form(request, shop, offering, repeat, form, status=422)
    try:
        order_id = place(shop, [repeat.wish(item)], form, request, chosen={"repeat": repeat.pairs()})
    except SeriesClash:
        return _form(request, shop, offering, repeat, form, status=409)
    except InvalidInput as error:
        if not form.add_refusal(error):
            return HttpResponseRedirect(_dates_url(shop, offering, repeat))
        return _form(request, shop, offering, repeat, form, status=422)
    return HttpResponseRedirect(next_address(shop.business.id, order_id, guest_of(request), shop.now))


def _form(
    request: HttpRequest,
    shop: Shop,
    offering: OfferingFacts,
    repeat: Repeat,
    form: DetailsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """With the price of all dates, or with those that cannot be had any more and what can."""
    plan = plan_of(shop, offering, repeat)
    if plan is None or not plan.count:
        return HttpResponseRedirect(_dates_url(shop, offering, repeat))
    clashing = len(plan.clashes)
    context = {
        **base_context(shop, request),
        **plan_context(shop, offering, repeat, plan),
        **form_context(request, form, status),
        "offering": offering,
        "is_repeat": True,
        "is_refused": bool(clashing),
        "refusal": ngettext("%(count)d date is not free", "%(count)d dates are not free", clashing)
        % {"count": clashing},
        "pairs": repeat.pairs(),
        "summary_template": "storefront/_summary.html",
        "when": ngettext("%(count)d date", "%(count)d dates", plan.count) % {"count": plan.count},
        "total": plan.total,
        "due_now": plan.due_now,
        "needs_approval": offering.terms.needs_approval,
        "times_url": _dates_url(shop, offering, repeat),
    }
    return render(request, "storefront/details.html", context, status=status)


def _dates_url(shop: Shop, offering: OfferingFacts, repeat: Repeat) -> str:
    return address("storefront_repeat", shop, offering) + repeat.query()

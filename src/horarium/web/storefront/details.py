"""Who books one chosen thing: the form, and what happens when it is sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.errors import NotFree
from horarium.workflows.checkout import Quote, quote_items

from .booking import guest_of, new_attempt, place
from .forms import DetailsForm
from .pages import base_context
from .payment import next_address
from .repeats_choice import address, may_repeat
from .selection import Alternative, Selection, SlotSelection
from .shop import Shop


def ask_details(request: HttpRequest, shop: Shop, selection: Selection) -> HttpResponse:
    """The form with the price of this very choice, or with why it cannot be had and what can."""
    if request.method == "POST" and "instead" in request.POST:
        selection = selection.instead(request.POST["instead"])
        return _form(request, shop, selection, DetailsForm(request.POST))
    if request.method == "POST" and selection.item() is not None:
        return _book(request, shop, selection)
    return _form(request, shop, selection, DetailsForm())


def _book(request: HttpRequest, shop: Shop, selection: Selection) -> HttpResponse:
    form, item = DetailsForm(request.POST), selection.item()
    if item is None or not form.check(shop.business):
        return _form(request, shop, selection, form, status=422)
    try:
        order_id = place(shop, [item], form, request, chosen={"choice": selection.pairs()})
    except NotFree:
        return _form(request, shop, selection, form, status=409)
    except InvalidInput as error:
        if not form.add_refusal(error):
            return HttpResponseRedirect(selection.back_url(shop))
        return _form(request, shop, selection, form, status=422)
    return HttpResponseRedirect(next_address(shop.business.id, order_id, guest_of(request), shop.now))


def _form(
    request: HttpRequest, shop: Shop, selection: Selection, form: DetailsForm, *, status: int = 200
) -> HttpResponse:
    item = selection.item()
    quote: Quote | None = None
    refusal: NotFree | None = None
    if item is None:
        return HttpResponseRedirect(selection.back_url(shop))
    try:
        quote = quote_items(shop.business.slug, [item], shop.now)
    except NotFree as error:
        refusal = error
    except InvalidInput:
        return HttpResponseRedirect(selection.back_url(shop))
    context = {
        **base_context(shop, request),
        **_refused(refusal, selection),
        **form_context(request, form, status),
        "offering": selection.offering,
        "pairs": [("offering", selection.offering.public_id), *selection.pairs()],
        "summary": selection.summary(shop, quote),
        "summary_template": selection.summary_template,
        "when": selection.when(),
        "total": quote.total if quote else None,
        "due_now": quote.due_now if quote else None,
        "needs_approval": selection.offering.terms.needs_approval,
        "is_new_time": "instead" in request.POST,
        "times_url": selection.back_url(shop),
        "zone": selection.offering.location.time_zone,
        "repeat_url": _repeat_url(shop, selection),
    }
    return render(request, "storefront/details.html", context, status=status)


def form_context(request: HttpRequest, form: DetailsForm, status: int) -> dict[str, Any]:
    return {
        "form": form,
        "problems": form.problems() if status == 422 else [],
        "attempt": request.POST.get("attempt") or new_attempt(),
    }


def _repeat_url(shop: Shop, selection: Selection) -> str:
    """Empty for what guests do not repeat."""
    if not isinstance(selection, SlotSelection) or not may_repeat(selection.offering):
        return ""
    return address("storefront_repeat", shop, selection.offering) + selection.choice.query()


def alternatives_of(refusal: NotFree, selection: Selection) -> list[Alternative]:
    near: tuple[Any, ...] = refusal.params.get("alternatives", ())  # type: ignore[assignment]
    return [selection.alternative(one) for one in near]


def _refused(refusal: NotFree | None, selection: Selection) -> dict[str, Any]:
    return {
        "is_refused": refusal is not None,
        "refusal": selection.refusal(str(refusal.reason)) if refusal else "",
        "alternatives": alternatives_of(refusal, selection) if refusal else [],
    }

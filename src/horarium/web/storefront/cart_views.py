"""The order that a guest puts together: what is in it, what it costs now, and booking all of it at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.actions_carts import close_cart
from horarium.modules.booking.models import Order
from horarium.modules.booking.queries_carts import find_order_of_cart
from horarium.platform.tenancy.scope import business_scope
from horarium.platform.throttle.pages import limited
from horarium.web.components.quantities import MOST, number_of
from horarium.workflows.carts import CartView, add_to_cart, open_cart, put_cart
from horarium.workflows.items import Item, ProductItem
from horarium.workflows.list_products import list_products

from .booking import guest_of, place
from .cart_cookie import cart_id_of, forget_cart, remember_cart
from .cart_lines import CartSummary, ShownLine, build_cart_summary, shown_lines
from .details import form_context
from .forms import DetailsForm
from .pages import base_context, found_or_404
from .payment import next_address
from .selection import selection_of
from .shop import Shop, open_shop
from .visits import packed_items

PRODUCT = "product-"


@dataclass(frozen=True, slots=True)
class _Opened:
    """The cart of this browser as it can be booked now; None: it has none."""

    shop: Shop
    view: CartView | None
    lines: list[ShownLine]
    summary: CartSummary | None


@require_GET
@found_or_404
def show_cart(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _open(request, slug))


@require_POST
@limited
@found_or_404
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put what the form says into the cart: something chosen of an offering, or goods."""
    shop = open_shop(slug, clock.now())
    try:
        items = _items_of(shop, request.POST)
        view = add_to_cart(slug, cart_id_of(request), items, shop.now) if items else None
    except InvalidInput:
        return _page(request, _open(request, slug), trouble="refused", status=422)
    response = HttpResponseRedirect(reverse("storefront_cart", args=[slug]))
    if view is not None:
        remember_cart(response, slug, view.id)
    return response


@require_POST
@limited
@found_or_404
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove a line, also to choose it again, take an alternative in its place, or set the numbers of goods."""
    opened = _open(request, slug)
    again = number_of(request.POST.get("again"))
    addresses = (line.change_url for line in opened.lines if line.number == again)
    response = HttpResponseRedirect(next(addresses, reverse("storefront_cart", args=[slug])))
    if opened.view is None:
        return response
    items = _changed(opened, request.POST)
    try:
        put_cart(slug, opened.view.id, items, opened.shop.now)
    except InvalidInput:
        return _page(request, opened, trouble="refused", status=422)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@limited
@found_or_404
def show_cart_details(request: HttpRequest, slug: str) -> HttpResponse:
    """One form for all lines. A cart of which a line cannot be had goes back to its page, which names the line."""
    opened = _open(request, slug)
    if opened.view is None and (order_id := _ordered(request, opened.shop)):
        return HttpResponseRedirect(
            next_address(opened.shop.business.id, order_id, guest_of(request), opened.shop.now)
        )
    if opened.view is None or not opened.view.can_be_booked:
        return HttpResponseRedirect(f"{reverse('storefront_cart', args=[slug])}#refused")
    form = DetailsForm(request.POST) if request.method == "POST" else DetailsForm()
    if request.method != "POST":
        return _details(request, opened, form)
    if not form.check(opened.shop.business):
        return _details(request, opened, form, status=422)
    return _book(request, opened, opened.view, form)


def _book(request: HttpRequest, opened: _Opened, view: CartView, form: DetailsForm) -> HttpResponse:
    shop = opened.shop

    def close(order: Order) -> None:
        with business_scope(shop.business.id):
            close_cart(shop.business.id, view.id, order)

    try:
        order_id = place(shop, view.items, form, request, chosen={"cart": view.id}, then=close)
    except NotFree:
        return HttpResponseRedirect(f"{reverse('storefront_cart', args=[shop.business.slug])}#refused")
    except InvalidInput as error:
        if not form.add_refusal(error):
            return HttpResponseRedirect(reverse("storefront_cart", args=[shop.business.slug]))
        return _details(request, opened, form, status=422)
    response = HttpResponseRedirect(next_address(shop.business.id, order_id, guest_of(request), shop.now))
    forget_cart(response, shop.business.slug)
    return response


def _ordered(request: HttpRequest, shop: Shop) -> str | None:
    """The order that this browser's cart has just become: its form was sent twice."""
    if request.method != "POST" or not cart_id_of(request):
        return None
    with business_scope(shop.business.id):
        return find_order_of_cart(shop.business.id, cart_id_of(request))


def _open(request: HttpRequest, slug: str) -> _Opened:
    shop = open_shop(slug, clock.now())
    cart_id = cart_id_of(request)
    view = None
    if cart_id:
        try:
            view = open_cart(slug, cart_id, shop.now)
        except NotFound:
            view = None
    if view is None or not view.lines:
        return _Opened(shop, None if view is None else view, [], None)
    lines = shown_lines(shop, view)
    return _Opened(shop, view, lines, build_cart_summary(shop, view, lines))


def _page(request: HttpRequest, opened: _Opened, *, trouble: str = "", status: int = 200) -> HttpResponse:
    slug = opened.shop.business.slug
    goods = list_products(slug, opened.shop.now).products if opened.shop.has_products else ()
    there = {line.item.product for line in opened.lines if isinstance(line.item, ProductItem)}
    context = {
        **base_context(opened.shop, request),
        "lines": opened.lines,
        "summary": opened.summary,
        "can_be_booked": opened.view is not None and opened.view.can_be_booked,
        "refused": [line for line in opened.lines if not line.is_free],
        "goods": [one for one in goods if one.product.public_id not in there],
        "change_url": reverse("storefront_cart_change", args=[slug]),
        "book_url": reverse("storefront_cart_details", args=[slug]),
        "trouble": trouble,
    }
    return render(request, "storefront/cart.html", context, status=status)


def _details(request: HttpRequest, opened: _Opened, form: DetailsForm, *, status: int = 200) -> HttpResponse:
    summary = opened.summary
    context: dict[str, Any] = {
        **base_context(opened.shop, request),
        **form_context(request, form, status),
        "is_cart": True,
        "pairs": [],
        "summary": summary,
        "summary_template": "storefront/_cart_summary.html",
        "when": "",
        "total": summary.total if summary else None,
        "due_now": summary.due_now if summary else None,
        "needs_approval": summary.needs_approval if summary else False,
        "times_url": reverse("storefront_cart", args=[opened.shop.business.slug]),
    }
    return render(request, "storefront/details.html", context, status=status)


def _items_of(shop: Shop, data: QueryDict) -> list[Item]:
    """Raises NotFound for an offering that is not there."""
    goods: list[Item] = [
        ProductItem(name.removeprefix(PRODUCT), number)
        for name in data
        if name.startswith(PRODUCT) and (number := min(number_of(data.get(name)) or 0, MOST))
    ]
    goods += packed_items(data)
    if not data.get("offering"):
        return goods
    offering = shop.catalog.get_offering(str(data["offering"]))
    item = selection_of(shop, offering, data).item()
    return [*goods, item] if item is not None else goods


def _changed(opened: _Opened, data: QueryDict) -> list[Item]:
    """The items after what the form says. Lines are named by their number."""
    removed = number_of(data.get("remove") or data.get("again"))
    line, _, value = data.get("instead", "").partition(" ")
    items: list[Item] = []
    for shown in opened.lines:
        item = shown.item
        if shown.number == removed:
            continue
        if line == str(shown.number) and shown.selection is not None:
            item = shown.selection.instead(value).item() or item
        quantity = number_of(data.get(f"quantity-{shown.number}"))
        if isinstance(item, ProductItem) and quantity is not None:
            if not quantity:
                continue
            item = replace(item, quantity=min(quantity, MOST))
        items.append(item)
    return items

"""Products: the list with their stock, and the sheet in which one is made, changed and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.queries_supplies import SupplyFacts
from horarium.modules.catalog.actions import (
    ProductFields,
    archive_product,
    create_product,
    update_product,
)
from horarium.modules.catalog.models import Product
from horarium.modules.catalog.queries import list_categories
from horarium.modules.catalog.queries_parts import get_product, list_products
from horarium.platform.files.storage import media_path
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show

from .answers import done
from .languages import languages_of, read_translations, typed_translations
from .pictures import keep_picture, picture_url
from .stock import movements_of, stock_of, write_stock
from .tabs import tabs_of

TEXTS = ("name", "summary", "description")


@dataclass(frozen=True, slots=True)
class ProductLine:
    product: Product
    photo: str
    price: Money
    stock: SupplyFacts | None


@require_GET
@member_page(Permission.CATALOG_READ)
def show_products(request: HttpRequest, office: Office) -> HttpResponse:
    archived = request.GET.get("show") == "archived"
    everything = list_products(office.business.pk)
    context = {
        "tabs": tabs_of(office, "catalogue_products"),
        "lines": _lines(office, [one for one in everything if one.is_active is not archived]),
        "archived": archived,
        "archived_count": sum(1 for one in everything if not one.is_active),
    }
    template = "backoffice/catalogue/products.html"
    return show(request, office, template, context, active="catalogue", part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_READ)
def edit(request: HttpRequest, office: Office, product_id: str) -> HttpResponse:
    product = get_product(office.business.pk, product_id)
    if request.method != "POST":
        return _sheet(request, office, _form_of(product, office.business.currency), product)
    if not office.can(Permission.CATALOG_WRITE):
        return _sheet(request, office, _form_of(product, office.business.currency), product, status=403)
    return _changed(request, office, product)


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    if request.method == "POST":
        return _changed(request, office, None)
    return _sheet(request, office, Entered.of({"is_stocked": True, "is_public": True, "max_per_order": 20}))


@require_POST
@member_page(Permission.CATALOG_WRITE)
def archive(request: HttpRequest, office: Office, product_id: str) -> HttpResponse:
    product = get_product(office.business.pk, product_id)
    if product.is_active:
        archive_product(office.business.pk, product_id, office.actor)
        text = _("%(name)s: archived")
    else:
        update_product(office.business.pk, product_id, office.actor, is_active=True)
        text = _("%(name)s: on offer again")
    return done(request, office.url("catalogue_products"), text % {"name": product.name})


@require_POST
@member_page(Permission.CATALOG_WRITE)
def change_stock(request: HttpRequest, office: Office, product_id: str) -> HttpResponse:
    product = get_product(office.business.pk, product_id)
    entered = Entered.posted(request)
    text = write_stock(office, product, entered)
    form = _form_of(product, office.business.currency)
    if not text:
        return _sheet(request, office, form, product, counting=entered, status=422)
    if not is_partial(request):
        return back_to(request, office.url("catalogue_product", product_id), text)
    return with_toast(_sheet(request, office, form, product), text, also=("catalogue:changed",))


def _changed(request: HttpRequest, office: Office, product: Product | None) -> HttpResponse:
    entered = Entered.posted(request)
    keep_picture(request, office, entered)
    fields: ProductFields = {
        "name": entered.text("name"),
        "summary": entered.text("summary"),
        "description": entered.text("description"),
        "translations": read_translations(entered, office.business.default_language, TEXTS),
        "category": entered.text("category"),
        "photo": entered.text("photo"),
        "price_minor": entered.money("price", office.business.currency, needed=True) or 0,
        "is_stocked": entered.flag("is_stocked"),
        "max_per_order": entered.whole("max_per_order") or 1,
        "is_public": entered.flag("is_public"),
    }
    if not entered.errors:
        try:
            if product is None:
                create_product(office.business.pk, office.actor, **fields)
            else:
                update_product(office.business.pk, product.public_id, office.actor, **fields)
        except InvalidInput as error:
            entered.refuse(error, otherwise="name", names={"price_minor": "price"})
    if entered.errors:
        return _sheet(request, office, entered, product, status=422)
    return done(request, office.url("catalogue_products"), _("%(name)s: saved") % {"name": fields["name"]})


def _form_of(product: Product, currency: str) -> Entered:
    values: dict[str, Any] = {
        name: getattr(product, name) for name in (*TEXTS, "is_stocked", "max_per_order", "is_public")
    }
    values |= typed_translations(product.translations)
    values["price"] = Money(product.price_minor, currency).as_text()
    values["category"] = product.category.public_id if product.category else ""
    values["photo"] = product.photo.public_id if product.photo else ""
    return Entered.of(values)


def _sheet(
    request: HttpRequest,
    office: Office,
    entered: Entered,
    product: Product | None = None,
    *,
    counting: Entered | None = None,
    status: int = 200,
) -> HttpResponse:
    name = ("catalogue_product", product.public_id) if product else ("catalogue_product_new",)
    context: dict[str, Any] = {
        "form": entered,
        "product": product,
        "picture": picture_url(office, entered),
        "languages": languages_of(entered, office.business.default_language),
        "category_options": [(one.public_id, one.name) for one in list_categories(office.business.pk)],
        "action": office.url(*name),
    }
    if product is not None:
        context |= {
            "stock": stock_of(office, [product]).get(product.pk),
            "stock_url": office.url("catalogue_product_stock", product.public_id),
            "counting": counting or Entered.of({"stock_kind": "receive"}),
            "movements": movements_of(office, product) if product.is_stocked else [],
        }
    template = "backoffice/catalogue/product.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)


def _lines(office: Office, products: Sequence[Product]) -> list[ProductLine]:
    stock = stock_of(office, products)
    return [
        ProductLine(
            one,
            media_path(one.photo.name) if one.photo else "",
            Money(one.price_minor, office.business.currency),
            stock.get(one.pk),
        )
        for one in products
    ]

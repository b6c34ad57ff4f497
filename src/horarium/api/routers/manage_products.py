"""Staff's work with products."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.staff_catalogue import product_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.schemas import catalogue as given
from horarium.api.schemas import catalogue_answers as shown
from horarium.modules.catalog import actions
from horarium.modules.catalog.queries_parts import get_product, list_products
from horarium.platform.tenancy.permissions import Permission

router = Router(tags=["Staff: catalogue"])
READ = ApiKey(Permission.CATALOG_READ)
WRITE = ApiKey(Permission.CATALOG_WRITE)


@router.get("/products", auth=READ, response=shown.StaffProductsAnswer, summary="Products")
def get_products(request: HttpRequest, business: Path[str]) -> HttpResponse:
    """All of them, hidden and archived ones too."""
    found = list_products(staff_of(request).business_id)
    return etags.private(request, {"items": [product_json(one) for one in found]})


@router.post("/products", auth=WRITE, response={201: shown.StaffProductAnswer}, summary="New product")
def create_product(request: HttpRequest, business: Path[str], wanted: given.ProductInput) -> HttpResponse:
    staff = staff_of(request)
    made = actions.create_product(staff.business_id, staff.actor, **wanted.given())
    return etags.made(product_json(get_product(staff.business_id, made.public_id)))


@router.get("/products/{public_id:product}", auth=READ, response=shown.StaffProductAnswer, summary="One")
def get_one(request: HttpRequest, business: Path[str], product: str) -> HttpResponse:
    return etags.private(request, product_json(get_product(staff_of(request).business_id, product)))


@router.patch(
    "/products/{public_id:product}", auth=WRITE, response=shown.StaffProductAnswer, summary="Change"
)
def change_product(
    request: HttpRequest, business: Path[str], product: str, change: given.ProductChange
) -> HttpResponse:
    """Orders keep the price that they were placed at."""
    staff = staff_of(request)
    actions.update_product(staff.business_id, product, staff.actor, **change.given())
    return etags.made(product_json(get_product(staff.business_id, product)), status=200)


@router.delete("/products/{public_id:product}", auth=WRITE, response={204: None}, summary="Archive")
def archive_product(request: HttpRequest, business: Path[str], product: str) -> HttpResponse:
    staff = staff_of(request)
    actions.archive_product(staff.business_id, product, staff.actor)
    return etags.done()

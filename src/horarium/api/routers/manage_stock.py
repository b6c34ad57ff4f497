"""Staff's work with the stock of products."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.staff_catalogue import movement_json, stock_json
from horarium.api.auth import ApiKey, Staff, staff_of
from horarium.api.schemas import catalogue as given
from horarium.api.schemas import catalogue_answers as shown
from horarium.kit.clock import now
from horarium.modules.availability.actions_stock import COUNTED, RECEIVED, correct_stock, receive_stock
from horarium.modules.availability.queries_supplies import (
    list_movements,
    read_supplies,
    supplies_of_products,
)
from horarium.modules.catalog.queries_parts import get_product
from horarium.platform.tenancy.permissions import Permission

router = Router(tags=["Staff: catalogue"])
READ = ApiKey(Permission.CATALOG_READ)
WRITE = ApiKey(Permission.CATALOG_WRITE)


@router.get("/products/{public_id:product}/stock", auth=READ, response=shown.StockAnswer, summary="Its stock")
def get_stock(request: HttpRequest, business: Path[str], product: str) -> HttpResponse:
    """With the latest movements, newest first."""
    return etags.private(request, _stock(staff_of(request), product))


@router.post(
    "/products/{public_id:product}/stock/receipts",
    auth=WRITE,
    response={201: shown.StockAnswer},
    summary="Pieces came in",
)
def receive(
    request: HttpRequest, business: Path[str], product: str, wanted: given.ReceiptInput
) -> HttpResponse:
    staff = staff_of(request)
    receive_stock(
        staff.business_id,
        product,
        wanted.quantity,
        reason=wanted.reason or RECEIVED,
        actor=staff.actor,
        now=now(),
    )
    return etags.made(_stock(staff, product))


@router.post(
    "/products/{public_id:product}/stock/counts",
    auth=WRITE,
    response={201: shown.StockAnswer},
    summary="Pieces were counted",
)
def count(request: HttpRequest, business: Path[str], product: str, wanted: given.CountInput) -> HttpResponse:
    """All that are there, those sold and not yet handed over among them; never fewer than these."""
    staff = staff_of(request)
    correct_stock(
        staff.business_id,
        product,
        wanted.counted,
        reason=wanted.reason or COUNTED,
        actor=staff.actor,
        now=now(),
    )
    return etags.made(_stock(staff, product))


def _stock(staff: Staff, product_id: str) -> dict[str, object]:
    product = get_product(staff.business_id, product_id)
    supplies = supplies_of_products(staff.business_id, [product.pk])
    found = read_supplies(staff.business_id, list(supplies.values()), now())
    movements = list_movements(staff.business_id, product_id)
    return {
        **stock_json(next(iter(found.values()), None)),
        "movements": [movement_json(one) for one in movements],
    }

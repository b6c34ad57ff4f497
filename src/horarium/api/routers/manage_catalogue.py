"""Staff's work with offerings, categories and prices."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.staff_catalogue import category_row_json, offering_row_json, price_rule_json
from horarium.api.auth import ApiKey, Staff, staff_of
from horarium.api.schemas import catalogue as given
from horarium.api.schemas import catalogue_answers as shown
from horarium.kit.clock import now
from horarium.modules.catalog import actions
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_offering, list_categories, list_offerings
from horarium.modules.pricing.actions import set_prices
from horarium.modules.pricing.queries import list_prices
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.copy_offering import copy_offering

router = Router(tags=["Staff: catalogue"])
READ = ApiKey(Permission.CATALOG_READ)
WRITE = ApiKey(Permission.CATALOG_WRITE)


@router.get("/offerings", auth=READ, response=shown.StaffOfferingsAnswer, summary="Offerings")
def get_offerings(request: HttpRequest, business: Path[str]) -> HttpResponse:
    """All of them, hidden and archived ones too."""
    staff = staff_of(request)
    return etags.private(request, {"items": _with_prices(staff, list_offerings(staff.business_id))})


@router.post("/offerings", auth=WRITE, response={201: shown.StaffOfferingAnswer}, summary="New offering")
def create_offering(request: HttpRequest, business: Path[str], wanted: given.OfferingInput) -> HttpResponse:
    staff = staff_of(request)
    offering = actions.create_offering(staff.business_id, staff.actor, **wanted.given())
    location = f"/api/v1/manage/{staff.business.slug}/offerings/{offering.public_id}"
    return etags.made(_one(staff, offering.public_id), location=location)


@router.get(
    "/offerings/{public_id:offering}", auth=READ, response=shown.StaffOfferingAnswer, summary="An offering"
)
def get_one(request: HttpRequest, business: Path[str], offering: str) -> HttpResponse:
    return etags.private(request, _one(staff_of(request), offering))


@router.patch(
    "/offerings/{public_id:offering}", auth=WRITE, response=shown.StaffOfferingAnswer, summary="Change"
)
def change_offering(
    request: HttpRequest, business: Path[str], offering: str, change: given.OfferingChange
) -> HttpResponse:
    """Bookings keep the time, price and terms that they were made with."""
    staff = staff_of(request)
    actions.update_offering(staff.business_id, offering, staff.actor, **change.given())
    return etags.made(_one(staff, offering), status=200)


@router.delete("/offerings/{public_id:offering}", auth=WRITE, response={204: None}, summary="Archive")
def archive_offering(request: HttpRequest, business: Path[str], offering: str) -> HttpResponse:
    staff = staff_of(request)
    actions.archive_offering(staff.business_id, offering, staff.actor)
    return etags.done()


@router.post(
    "/offerings/{public_id:offering}/copies",
    auth=WRITE,
    response={201: shown.StaffOfferingAnswer},
    summary="Copy it",
)
def copy_one(
    request: HttpRequest, business: Path[str], offering: str, wanted: given.CopyInput
) -> HttpResponse:
    """With its needs, extras, rate plans, restrictions to come, ticket types, prices and schedules.

    The copy is hidden from guests, and its schedules rest until they are started.
    """
    staff = staff_of(request)
    made = copy_offering(staff.business_id, offering, staff.actor, now(), name=wanted.name)
    location = f"/api/v1/manage/{staff.business.slug}/offerings/{made.public_id}"
    return etags.made(_one(staff, made.public_id), location=location)


@router.put(
    "/offerings/{public_id:offering}/prices",
    auth=WRITE,
    response=shown.StaffOfferingAnswer,
    summary="Replace its price list",
)
def put_prices(
    request: HttpRequest, business: Path[str], offering: str, wanted: given.PricesInput
) -> HttpResponse:
    staff = staff_of(request)
    set_prices(staff.business_id, offering, [one.as_draft() for one in wanted.prices], staff.actor)
    return etags.made(_one(staff, offering), status=200)


@router.get("/categories", auth=READ, response=shown.CategoriesAnswer, summary="Categories")
def get_categories(request: HttpRequest, business: Path[str]) -> HttpResponse:
    found = list_categories(staff_of(request).business_id)
    return etags.private(request, {"items": [category_row_json(one) for one in found]})


@router.post("/categories", auth=WRITE, response={201: shown.StaffCategoryAnswer}, summary="New category")
def create_category(request: HttpRequest, business: Path[str], wanted: given.CategoryInput) -> HttpResponse:
    staff = staff_of(request)
    fields = wanted.given()
    category = actions.create_category(staff.business_id, fields.pop("name"), staff.actor, **fields)
    return etags.made(category_row_json(category))


@router.patch(
    "/categories/{public_id:category}", auth=WRITE, response=shown.StaffCategoryAnswer, summary="Change"
)
def change_category(
    request: HttpRequest, business: Path[str], category: str, change: given.CategoryChange
) -> HttpResponse:
    staff = staff_of(request)
    found = actions.update_category(staff.business_id, category, staff.actor, **change.given())
    return etags.made(category_row_json(found), status=200)


@router.delete("/categories/{public_id:category}", auth=WRITE, response={204: None}, summary="Delete")
def delete_category(request: HttpRequest, business: Path[str], category: str) -> HttpResponse:
    """Its offerings stay, without a category."""
    staff = staff_of(request)
    actions.delete_category(staff.business_id, category, staff.actor)
    return etags.done()


def _one(staff: Staff, offering_id: str) -> dict[str, Any]:
    return _with_prices(staff, [get_offering(staff.business_id, offering_id)])[0]


def _with_prices(staff: Staff, offerings: list[Offering]) -> list[dict[str, Any]]:
    prices = list_prices(staff.business_id, [one.pk for one in offerings])
    return [
        {**offering_row_json(one), "prices": [price_rule_json(rule) for rule in prices[one.pk]]}
        for one in offerings
    ]

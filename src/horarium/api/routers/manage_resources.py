"""Staff's work with resources, pools and opening hours."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.staff import exception_json, opening_json, pool_json, resource_row_json
from horarium.api.auth import ApiKey, Staff, staff_of
from horarium.api.schemas import manage as given
from horarium.api.schemas import staff_answers as shown
from horarium.kit.clock import now
from horarium.modules.catalog.actions import remove_pool
from horarium.modules.resources import actions
from horarium.modules.resources.queries import (
    get_resource,
    list_exceptions,
    list_pools,
    list_resources,
    list_week,
)
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries import get_location

router = Router(tags=["Staff: resources"])
READ = ApiKey(Permission.CATALOG_READ)
WRITE = ApiKey(Permission.CATALOG_WRITE)


@router.get("/resources", auth=READ, response=shown.StaffResourcesAnswer, summary="Resources")
def get_resources(request: HttpRequest, business: Path[str]) -> HttpResponse:
    """All of them, archived ones too."""
    found = list_resources(staff_of(request).business_id)
    return etags.private(request, {"items": [resource_row_json(one) for one in found]})


@router.post("/resources", auth=WRITE, response={201: shown.StaffResourceAnswer}, summary="New resource")
def create_resource(request: HttpRequest, business: Path[str], wanted: given.ResourceInput) -> HttpResponse:
    staff = staff_of(request)
    made = actions.create_resource(staff.business_id, staff.actor, **wanted.given())
    location = f"/api/v1/manage/{staff.business.slug}/resources/{made.public_id}"
    return etags.made(resource_row_json(get_resource(staff.business_id, made.public_id)), location=location)


@router.get(
    "/resources/{public_id:resource}", auth=READ, response=shown.StaffResourceAnswer, summary="A resource"
)
def get_one(request: HttpRequest, business: Path[str], resource: str) -> HttpResponse:
    return etags.private(request, resource_row_json(get_resource(staff_of(request).business_id, resource)))


@router.patch(
    "/resources/{public_id:resource}", auth=WRITE, response=shown.StaffResourceAnswer, summary="Change"
)
def change_resource(
    request: HttpRequest, business: Path[str], resource: str, change: given.ResourceChange
) -> HttpResponse:
    staff = staff_of(request)
    actions.update_resource(staff.business_id, resource, staff.actor, **change.given())
    return etags.made(resource_row_json(get_resource(staff.business_id, resource)), status=200)


@router.delete("/resources/{public_id:resource}", auth=WRITE, response={204: None}, summary="Archive")
def archive_resource(request: HttpRequest, business: Path[str], resource: str) -> HttpResponse:
    """No longer bookable; its past and coming bookings keep it."""
    staff = staff_of(request)
    actions.archive_resource(staff.business_id, resource, staff.actor)
    return etags.done()


@router.get("/openings/{public_id:owner}", auth=READ, response=shown.OpeningsAnswer, summary="Opening hours")
def get_openings(request: HttpRequest, business: Path[str], owner: str) -> HttpResponse:
    """Of a resource or a location: the week, and dated exceptions that are not over."""
    return etags.private(request, _openings(staff_of(request), owner))


@router.put(
    "/openings/{public_id:owner}", auth=WRITE, response=shown.OpeningsAnswer, summary="Replace the week"
)
def put_week(request: HttpRequest, business: Path[str], owner: str, wanted: given.WeekInput) -> HttpResponse:
    staff = staff_of(request)
    week = [one.as_hours() for one in wanted.week]
    actions.set_week(staff.business_id, owner, week, staff.actor, follows_location=wanted.follows_location)
    return etags.made(_openings(staff, owner), status=200)


@router.post(
    "/openings/{public_id:owner}/exceptions",
    auth=WRITE,
    response={201: shown.ExceptionAnswer},
    summary="Other hours on some dates",
)
def post_exception(
    request: HttpRequest, business: Path[str], owner: str, wanted: given.ExceptionInput
) -> HttpResponse:
    staff = staff_of(request)
    made = actions.add_exception(staff.business_id, owner, wanted.as_hours(), staff.actor)
    return etags.made(exception_json(made))


@router.delete("/exceptions/{public_id:exception}", auth=WRITE, response={204: None}, summary="Remove")
def delete_exception(request: HttpRequest, business: Path[str], exception: str) -> HttpResponse:
    staff = staff_of(request)
    actions.remove_exception(staff.business_id, exception, staff.actor)
    return etags.done()


@router.get("/pools", auth=READ, response=shown.PoolsAnswer, summary="Pools")
def get_pools(request: HttpRequest, business: Path[str]) -> HttpResponse:
    found = list_pools(staff_of(request).business_id)
    return etags.private(request, {"items": [pool_json(one) for one in found]})


@router.post("/pools", auth=WRITE, response={201: shown.PoolAnswer}, summary="New pool")
def create_pool(request: HttpRequest, business: Path[str], wanted: given.PoolInput) -> HttpResponse:
    staff = staff_of(request)
    made = actions.create_pool(staff.business_id, wanted.name, wanted.resources, staff.actor)
    return etags.made(pool_json(made))


@router.patch("/pools/{public_id:pool}", auth=WRITE, response=shown.PoolAnswer, summary="Change")
def change_pool(
    request: HttpRequest, business: Path[str], pool: str, change: given.PoolChange
) -> HttpResponse:
    staff = staff_of(request)
    found = actions.update_pool(
        staff.business_id, pool, staff.actor, name=change.name, resource_ids=change.resources
    )
    return etags.made(pool_json(found), status=200)


@router.delete("/pools/{public_id:pool}", auth=WRITE, response={204: None}, summary="Delete")
def delete_pool(request: HttpRequest, business: Path[str], pool: str) -> HttpResponse:
    """409 while an offering needs it."""
    staff = staff_of(request)
    remove_pool(staff.business_id, pool, staff.actor)
    return etags.done()


def _openings(staff: Staff, owner: str) -> dict[str, object]:
    get_resource(staff.business_id, owner) if owner.startswith("res_") else get_location(
        staff.business_id, owner
    )
    since = (now() - timedelta(days=1)).date()
    return {
        "week": [opening_json(one) for one in list_week(staff.business_id, owner)],
        "exceptions": [exception_json(one) for one in list_exceptions(staff.business_id, owner, since)],
    }

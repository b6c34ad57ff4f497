"""Staff's work with rate plans and restrictions of stays."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.staff_catalogue import rate_plan_json, restriction_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.schemas import catalogue as given
from horarium.api.schemas import catalogue_answers as shown
from horarium.modules.catalog import actions
from horarium.modules.catalog.queries import get_offering
from horarium.modules.catalog.queries_parts import (
    get_rate_plan,
    get_restriction,
    list_rate_plans,
    list_restrictions,
)
from horarium.platform.tenancy.permissions import Permission

router = Router(tags=["Staff: catalogue"])
READ = ApiKey(Permission.CATALOG_READ)
WRITE = ApiKey(Permission.CATALOG_WRITE)


@router.get(
    "/offerings/{public_id:offering}/rate-plans",
    auth=READ,
    response=shown.StaffRatePlansAnswer,
    summary="Its rate plans",
)
def get_rate_plans(request: HttpRequest, business: Path[str], offering: str) -> HttpResponse:
    """Archived ones, too. Their prices stand in the price list of the offering."""
    staff = staff_of(request)
    found = list_rate_plans(staff.business_id, [get_offering(staff.business_id, offering).pk])
    return etags.private(request, {"items": [rate_plan_json(one) for one in found]})


@router.post(
    "/offerings/{public_id:offering}/rate-plans",
    auth=WRITE,
    response={201: shown.StaffRatePlanAnswer},
    summary="New rate plan",
)
def create_rate_plan(
    request: HttpRequest, business: Path[str], offering: str, wanted: given.RatePlanInput
) -> HttpResponse:
    staff = staff_of(request)
    made = actions.create_rate_plan(staff.business_id, offering, staff.actor, **wanted.given())
    return etags.made(rate_plan_json(get_rate_plan(staff.business_id, made.public_id)))


@router.patch(
    "/rate-plans/{public_id:plan}", auth=WRITE, response=shown.StaffRatePlanAnswer, summary="Change"
)
def change_rate_plan(
    request: HttpRequest, business: Path[str], plan: str, change: given.RatePlanChange
) -> HttpResponse:
    """Bookings keep the price and terms that they were sold on."""
    staff = staff_of(request)
    actions.update_rate_plan(staff.business_id, plan, staff.actor, **change.given())
    return etags.made(rate_plan_json(get_rate_plan(staff.business_id, plan)), status=200)


@router.delete("/rate-plans/{public_id:plan}", auth=WRITE, response={204: None}, summary="Archive")
def archive_rate_plan(request: HttpRequest, business: Path[str], plan: str) -> HttpResponse:
    staff = staff_of(request)
    actions.archive_rate_plan(staff.business_id, plan, staff.actor)
    return etags.done()


@router.get(
    "/offerings/{public_id:offering}/restrictions",
    auth=READ,
    response=shown.RestrictionsAnswer,
    summary="Its restrictions",
)
def get_restrictions(request: HttpRequest, business: Path[str], offering: str) -> HttpResponse:
    """In order of their first date; the strictest that fits a date counts there."""
    staff = staff_of(request)
    found = list_restrictions(staff.business_id, get_offering(staff.business_id, offering).pk)
    return etags.private(request, {"items": [restriction_json(one) for one in found]})


@router.post(
    "/offerings/{public_id:offering}/restrictions",
    auth=WRITE,
    response={201: shown.RestrictionAnswer},
    summary="New restriction",
)
def create_restriction(
    request: HttpRequest, business: Path[str], offering: str, wanted: given.RestrictionInput
) -> HttpResponse:
    """It counts besides those that are there."""
    staff = staff_of(request)
    made = actions.create_restriction(staff.business_id, offering, staff.actor, **wanted.given())
    return etags.made(restriction_json(get_restriction(staff.business_id, made.public_id)))


@router.put(
    "/offerings/{public_id:offering}/restrictions/dates",
    auth=WRITE,
    response=shown.RestrictionsAnswer,
    summary="Set limits on dates",
)
def restrict_dates(
    request: HttpRequest, business: Path[str], offering: str, wanted: given.RestrictedDatesInput
) -> HttpResponse:
    """Limits that are sent are exactly so on these dates afterwards, null and false take them away.

    Other limits, other dates and other rate plans stay. Answers all restrictions of the same rate plan.
    """
    staff = staff_of(request)
    actions.restrict_dates(
        staff.business_id,
        offering,
        staff.actor,
        dates=wanted.dates(),
        rate_plan=wanted.rate_plan,
        **wanted.limits(),
    )
    found = list_restrictions(staff.business_id, get_offering(staff.business_id, offering).pk)
    items = [restriction_json(one) for one in found]
    return etags.made({"items": [one for one in items if one["rate_plan"] == wanted.rate_plan]}, status=200)


@router.patch(
    "/restrictions/{public_id:restriction}", auth=WRITE, response=shown.RestrictionAnswer, summary="Change"
)
def change_restriction(
    request: HttpRequest, business: Path[str], restriction: str, change: given.RestrictionChange
) -> HttpResponse:
    staff = staff_of(request)
    actions.update_restriction(staff.business_id, restriction, staff.actor, **change.given())
    return etags.made(restriction_json(get_restriction(staff.business_id, restriction)), status=200)


@router.delete("/restrictions/{public_id:restriction}", auth=WRITE, response={204: None}, summary="Delete")
def delete_restriction(request: HttpRequest, business: Path[str], restriction: str) -> HttpResponse:
    staff = staff_of(request)
    actions.delete_restriction(staff.business_id, restriction, staff.actor)
    return etags.done()

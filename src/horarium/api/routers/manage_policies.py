"""Staff's work with policies: what cancelling, rescheduling and not coming cost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.staff_catalogue import policy_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.schemas import catalogue as given
from horarium.api.schemas import catalogue_answers as shown
from horarium.modules.catalog import actions
from horarium.modules.catalog.queries_parts import get_policy, list_policies
from horarium.platform.tenancy.permissions import Permission

router = Router(tags=["Staff: catalogue"])
READ = ApiKey(Permission.CATALOG_READ)
WRITE = ApiKey(Permission.CATALOG_WRITE)


@router.get("/policies", auth=READ, response=shown.PoliciesAnswer, summary="Policies")
def get_policies(request: HttpRequest, business: Path[str]) -> HttpResponse:
    found = list_policies(staff_of(request).business_id)
    return etags.private(request, {"items": [policy_json(one) for one in found]})


@router.post("/policies", auth=WRITE, response={201: shown.PolicyAnswer}, summary="New policy")
def create_policy(request: HttpRequest, business: Path[str], wanted: given.PolicyInput) -> HttpResponse:
    staff = staff_of(request)
    return etags.made(policy_json(actions.create_policy(staff.business_id, staff.actor, **wanted.given())))


@router.get("/policies/{public_id:policy}", auth=READ, response=shown.PolicyAnswer, summary="A policy")
def get_one(request: HttpRequest, business: Path[str], policy: str) -> HttpResponse:
    return etags.private(request, policy_json(get_policy(staff_of(request).business_id, policy)))


@router.patch("/policies/{public_id:policy}", auth=WRITE, response=shown.PolicyAnswer, summary="Change")
def change_policy(
    request: HttpRequest, business: Path[str], policy: str, change: given.PolicyChange
) -> HttpResponse:
    """Bookings keep the terms that they were sold on."""
    staff = staff_of(request)
    found = actions.update_policy(staff.business_id, policy, staff.actor, **change.given())
    return etags.made(policy_json(found), status=200)


@router.delete("/policies/{public_id:policy}", auth=WRITE, response={204: None}, summary="Delete")
def delete_policy(request: HttpRequest, business: Path[str], policy: str) -> HttpResponse:
    """409 while an offering, a rate plan or the booking rules name it."""
    staff = staff_of(request)
    actions.delete_policy(staff.business_id, policy, staff.actor)
    return etags.done()

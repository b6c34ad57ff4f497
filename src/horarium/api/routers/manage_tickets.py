"""Staff's work with ticket types of sessions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.staff_catalogue import ticket_type_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.schemas import catalogue as given
from horarium.api.schemas import catalogue_answers as shown
from horarium.modules.catalog import actions
from horarium.modules.catalog.queries import get_offering
from horarium.modules.catalog.queries_parts import list_ticket_types
from horarium.platform.tenancy.permissions import Permission

router = Router(tags=["Staff: catalogue"])
READ = ApiKey(Permission.CATALOG_READ)
WRITE = ApiKey(Permission.CATALOG_WRITE)


@router.get(
    "/offerings/{public_id:offering}/ticket-types",
    auth=READ,
    response=shown.StaffTicketTypesAnswer,
    summary="Its ticket types",
)
def get_ticket_types(request: HttpRequest, business: Path[str], offering: str) -> HttpResponse:
    """Archived ones, too. Their prices stand in the price list of the offering."""
    staff = staff_of(request)
    found = list_ticket_types(staff.business_id, [get_offering(staff.business_id, offering).pk])
    return etags.private(request, {"items": [ticket_type_json(one) for one in found]})


@router.post(
    "/offerings/{public_id:offering}/ticket-types",
    auth=WRITE,
    response={201: shown.StaffTicketTypeAnswer},
    summary="New ticket type",
)
def create_ticket_type(
    request: HttpRequest, business: Path[str], offering: str, wanted: given.TicketTypeInput
) -> HttpResponse:
    staff = staff_of(request)
    made = actions.create_ticket_type(staff.business_id, offering, staff.actor, **wanted.given())
    return etags.made(ticket_type_json(made))


@router.patch(
    "/ticket-types/{public_id:ticket_type}",
    auth=WRITE,
    response=shown.StaffTicketTypeAnswer,
    summary="Change",
)
def change_ticket_type(
    request: HttpRequest, business: Path[str], ticket_type: str, change: given.TicketTypeChange
) -> HttpResponse:
    """Tickets that are sold keep their price, and the places that they took."""
    staff = staff_of(request)
    found = actions.update_ticket_type(staff.business_id, ticket_type, staff.actor, **change.given())
    return etags.made(ticket_type_json(found), status=200)


@router.delete("/ticket-types/{public_id:ticket_type}", auth=WRITE, response={204: None}, summary="Archive")
def archive_ticket_type(request: HttpRequest, business: Path[str], ticket_type: str) -> HttpResponse:
    staff = staff_of(request)
    actions.archive_ticket_type(staff.business_id, ticket_type, staff.actor)
    return etags.done()

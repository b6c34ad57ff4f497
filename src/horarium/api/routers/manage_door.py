"""The door: tickets that are shown, and guests who are expected."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from horarium.api import etags
from horarium.api.answers.door import check_in_json, session_tickets_json, shown_ticket_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.schemas import door
from horarium.kit.clock import now
from horarium.kit.zones import zone
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.booking.queries_tickets import list_tickets
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.check_in_tickets import check_in, take_back_check_in

router = Router(tags=["Staff: door"])
READ = ApiKey(Permission.BOOKINGS_READ)
WRITE = ApiKey(Permission.BOOKINGS_WRITE)


@router.post("/tickets/check-in", auth=WRITE, response=door.CheckInAnswer, summary="A ticket is shown")
def post_check_in(request: HttpRequest, business: Path[str], shown: door.CheckInInput) -> HttpResponse:
    """Lets its guest in, once. A ticket that is not good is no error: the outcome says why."""
    staff = staff_of(request)
    found = check_in(staff.business_id, shown.code, staff.actor, now(), session_id=shown.session or None)
    return etags.made(check_in_json(found), status=200)


@router.delete(
    "/tickets/{public_id:ticket}/check-in",
    auth=WRITE,
    response=door.ShownTicketAnswer,
    summary="It was a mistake",
)
def delete_check_in(request: HttpRequest, business: Path[str], ticket: str) -> HttpResponse:
    """The ticket is good again. Twice is once."""
    staff = staff_of(request)
    return etags.made(
        shown_ticket_json(take_back_check_in(staff.business_id, ticket, staff.actor)), status=200
    )


@router.get(
    "/sessions/{public_id:session}/tickets",
    auth=READ,
    response=door.SessionTicketsAnswer,
    summary="Who is expected",
)
def get_tickets(
    request: HttpRequest, business: Path[str], session: str, query: Query[door.TicketsQuery]
) -> HttpResponse:
    """By name and number; those of cancelled and unpaid bookings are not among them."""
    business_id = staff_of(request).business_id
    facts = get_session_facts(business_id, session, now())
    offering = get_current_catalog(business_id).offering_of_key(facts.offering_id)
    everybody = list_tickets(business_id, session)
    chosen = list_tickets(business_id, session, search=query.search) if query.search else everybody
    tz = zone(offering.location.time_zone)
    return etags.private(request, session_tickets_json(facts, tz, everybody, chosen))

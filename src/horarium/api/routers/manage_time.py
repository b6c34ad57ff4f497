"""Staff's search for a time, and what becomes of the bookings of somebody who is away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from horarium.api import etags
from horarium.api.answers.staff_time import found_times_json, replaced_json, replacement_json
from horarium.api.answers.visits import visit_plans_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.schemas import staff_time as given
from horarium.api.schemas import staff_time_answers as shown
from horarium.api.schemas.visits import VisitInput, VisitPlansAnswer
from horarium.kit.clock import now
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.find_time import find_time
from horarium.workflows.plan_visits import plan_visits
from horarium.workflows.replace_specialist import apply_replacements, propose_replacements

router = Router(tags=["Staff: finding time"])
READ_ALL = ApiKey(Permission.BOOKINGS_READ)
WRITE = ApiKey(Permission.BOOKINGS_WRITE)


@router.post(
    "/time-search", auth=READ_ALL, response=shown.FoundTimesAnswer, summary="When several are free together"
)
def search_time(request: HttpRequest, business: Path[str], wanted: given.TimeSearchInput) -> HttpResponse:
    """Every start at which so many of each need are free for the whole time, by start, with who would serve."""
    staff = staff_of(request)
    found = find_time(staff.business_id, wanted.as_wish(), now())
    return etags.made(found_times_json(get_current_catalog(staff.business_id), found), status=200)


@router.post("/visit-plans", auth=READ_ALL, response=VisitPlansAnswer, summary="Plans for a visit")
def plan_visit(request: HttpRequest, business: Path[str], wanted: VisitInput) -> HttpResponse:
    """As for guests, without lead time and horizon, and with hidden offerings."""
    found = plan_visits(staff_of(request).business.slug, wanted.as_visit(), now(), staff=True)
    return etags.made(visit_plans_json(found), status=200)


@router.get(
    "/replacements",
    auth=READ_ALL,
    response=shown.ReplacementAnswer,
    summary="Bookings and sessions of somebody who is away",
)
def get_replacements(
    request: HttpRequest, business: Path[str], query: Query[given.AbsenceQuery]
) -> HttpResponse:
    """Each booking with a free colleague at the same time, else the nearest new time, else nothing; each session with a
    free colleague, else nothing. Nothing is changed.
    """
    staff = staff_of(request)
    found = propose_replacements(staff.business_id, query.as_absence(), now())
    return etags.private(request, replacement_json(get_current_catalog(staff.business_id), found))


@router.post(
    "/replacements", auth=WRITE, response=shown.ReplacedAnswer, summary="Accept proposals and block the rest"
)
def post_replacements(
    request: HttpRequest, business: Path[str], wanted: given.ReplacementInput
) -> HttpResponse:
    """Each is checked anew and moved by itself: what clashes by now stays as it was, with the code that says why.

    Of a session only who leads it changes; its guests are not told.
    """
    staff = staff_of(request)
    done = apply_replacements(
        staff.business_id,
        wanted.as_absence(),
        wanted.as_accepted(),
        reason=wanted.reason if wanted.block else None,
        actor=staff.actor,
        now=now(),
    )
    return etags.made(replaced_json(get_current_catalog(staff.business_id), done), status=200)

"""Staff's work with schedules of sessions, and with sessions one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from horarium.api import etags
from horarium.api.answers.staff_schedules import saved_json, schedule_json, session_json
from horarium.api.auth import ApiKey, Staff, staff_of
from horarium.api.schemas import schedule_answers as shown
from horarium.api.schemas import schedules as given
from horarium.kit.clock import now
from horarium.kit.errors import InvalidInput
from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.actions_schedules import (
    change_schedule,
    create_schedule,
    end_schedule,
    start_schedule,
)
from horarium.modules.availability.actions_sessions import cancel_session, create_session
from horarium.modules.availability.queries_schedules import (
    get_schedule,
    list_paused_schedules,
    list_schedules,
)
from horarium.modules.availability.queries_sessions import get_session_facts, read_sessions
from horarium.modules.catalog.queries import get_current_catalog, get_offering
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.run_sessions import move_session

router = Router(tags=["Staff: catalogue"])
READ = ApiKey(Permission.CATALOG_READ)
WRITE = ApiKey(Permission.CATALOG_WRITE)
LONGEST_SPAN = timedelta(days=400)


@router.get(
    "/offerings/{public_id:offering}/schedules",
    auth=READ,
    response=shown.SchedulesAnswer,
    summary="Its schedules",
)
def get_schedules(
    request: HttpRequest, business: Path[str], offering: str, query: Query[given.SchedulesQuery]
) -> HttpResponse:
    staff = staff_of(request)
    one = get_offering(staff.business_id, offering)
    if query.resting:
        today = local_date_of(now(), zone(one.location.time_zone))
        found = list_paused_schedules(staff.business_id, one.pk, today)
    else:
        found = list_schedules(staff.business_id, one.pk)
    return etags.private(request, {"items": [schedule_json(one) for one in found]})


@router.post(
    "/offerings/{public_id:offering}/schedules",
    auth=WRITE,
    response={201: shown.ScheduleSavedAnswer},
    summary="New schedule",
)
def new_schedule(
    request: HttpRequest, business: Path[str], offering: str, wanted: given.ScheduleInput
) -> HttpResponse:
    """Makes its sessions as far ahead as can be booked; dates whose resources are not free are `unseated`."""
    staff = staff_of(request)
    saved = create_schedule(staff.business_id, wanted.as_draft(offering), staff.actor, now())
    return etags.made(saved_json(saved))


@router.put(
    "/schedules/{public_id:schedule}", auth=WRITE, response=shown.ScheduleSavedAnswer, summary="Change"
)
def put_schedule(
    request: HttpRequest, business: Path[str], schedule: str, wanted: given.ScheduleChange
) -> HttpResponse:
    """Sessions that were changed by themselves stay, and those with guests whose time would change (`sold`)."""
    staff = staff_of(request)
    offering = _offering_of(staff, get_schedule(staff.business_id, schedule).offering_id)
    saved = change_schedule(
        staff.business_id,
        schedule,
        wanted.as_draft(offering),
        from_on=wanted.from_on,
        actor=staff.actor,
        now=now(),
    )
    return etags.made(saved_json(saved), status=200)


@router.delete(
    "/schedules/{public_id:schedule}", auth=WRITE, response=shown.ScheduleSavedAnswer, summary="End"
)
def remove_schedule(
    request: HttpRequest, business: Path[str], schedule: str, query: Query[given.EndQuery]
) -> HttpResponse:
    """Its sessions to come are removed; those with guests stay and are told in `sold`."""
    staff = staff_of(request)
    get_schedule(staff.business_id, schedule)
    saved = end_schedule(staff.business_id, schedule, from_on=query.from_on, actor=staff.actor, now=now())
    return etags.made(saved_json(saved), status=200)


@router.post(
    "/schedules/{public_id:schedule}/start",
    auth=WRITE,
    response=shown.ScheduleSavedAnswer,
    summary="Let it run",
)
def start_one(request: HttpRequest, business: Path[str], schedule: str) -> HttpResponse:
    """One that was copied or ended makes its sessions from now on. Twice is once."""
    staff = staff_of(request)
    return etags.made(saved_json(start_schedule(staff.business_id, schedule, staff.actor, now())), status=200)


@router.get(
    "/offerings/{public_id:offering}/sessions",
    auth=READ,
    response=shown.StaffSessionsAnswer,
    summary="Its sessions",
)
def get_sessions(
    request: HttpRequest, business: Path[str], offering: str, query: Query[given.SessionsQuery]
) -> HttpResponse:
    """Cancelled ones, too, by their start."""
    if not timedelta(0) < query.until - query.since <= LONGEST_SPAN:
        raise InvalidInput("no such span", field="to", params={"reason": "range_too_long"})
    staff = staff_of(request)
    catalog = get_current_catalog(staff.business_id)
    key = get_offering(staff.business_id, offering).pk
    found = read_sessions(staff.business_id, [key], query.since, query.until, now())
    return etags.private(request, {"items": [session_json(catalog, one) for one in found]})


@router.post(
    "/offerings/{public_id:offering}/sessions",
    auth=WRITE,
    response={201: shown.StaffSessionAnswer},
    summary="New session",
)
def new_session(
    request: HttpRequest, business: Path[str], offering: str, wanted: given.SessionInput
) -> HttpResponse:
    """One that no schedule makes. 409 with the reason when its resources are not free then."""
    staff = staff_of(request)
    made = create_session(staff.business_id, wanted.as_draft(offering), staff.actor, now())
    return etags.made(_session(staff, made.public_id))


@router.patch(
    "/sessions/{public_id:session}", auth=WRITE, response=shown.StaffSessionAnswer, summary="Change"
)
def change_one(
    request: HttpRequest, business: Path[str], session: str, change: given.SessionChangeInput
) -> HttpResponse:
    """Its guests come along and are told; its schedule leaves it alone from then on."""
    staff = staff_of(request)
    move_session(staff.business_id, session, change.as_change(), staff.actor, now())
    return etags.made(_session(staff, session), status=200)


@router.post(
    "/sessions/{public_id:session}/cancellation",
    auth=WRITE,
    response=shown.StaffSessionAnswer,
    summary="Cancel",
)
def cancel_one(
    request: HttpRequest, business: Path[str], session: str, wanted: given.SessionCancellationInput
) -> HttpResponse:
    """Its bookings are cancelled without a fee and paid back, one order after another."""
    staff = staff_of(request)
    cancel_session(staff.business_id, session, reason=wanted.reason, actor=staff.actor, now=now())
    return etags.made(_session(staff, session), status=200)


def _session(staff: Staff, session_id: str) -> dict[str, Any]:
    facts = get_session_facts(staff.business_id, session_id, now())
    return session_json(get_current_catalog(staff.business_id), facts)


def _offering_of(staff: Staff, key: int) -> str:
    return get_current_catalog(staff.business_id).offering_of_key(key).public_id

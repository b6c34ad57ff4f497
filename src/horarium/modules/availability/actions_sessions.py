"""Sessions one by one: made, moved, resized, cancelled, decided. What a session takes is chosen by the one solver.

Every change locks the session, then all resources that its offering could take, then its places: what is decided after
that stays true until it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from horarium.kit.errors import NotFound
from horarium.kit.zones import local_date_of, zone
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.events.actions import publish
from horarium.platform.tenancy.scope import business_scope

from . import events
from .actions import lock_resources, release, retake
from .actions_supplies import raise_supplies, set_total
from .actions_taking import Taking, take
from .errors import NotFree
from .models import Allocation, AllocationState, OwnerKind, Session, SessionState, Supply
from .queries import read_calendars
from .queries_supplies import read_supplies
from .rules.calendars import span_of
from .rules.reasons import Reason
from .rules.session_drafts import (
    SessionChange,
    SessionDraft,
    check_capacity,
    check_duration,
    check_minimum,
    check_note,
    check_resources,
    check_start,
    decide_at,
    session_offering,
)
from .rules.sessions import Gathering, resources_of, seat
from .rules.solver import Claim

BELOW_MINIMUM = "below_minimum"
"""The reason of a cancellation by the clock; faces translate it."""

_OWN = "a.business_id = %(business)s AND a.owner_kind = %(kind)s AND a.owner_id = ANY(%(owners)s)"
_CLEAR_LAPSED_SQL = f"""
UPDATE availability_allocation lapsed SET state = 'released'
WHERE lapsed.business_id = %(business)s AND lapsed.state = 'held' AND lapsed.expires_at <= %(now)s
    AND EXISTS (
        SELECT 1 FROM availability_allocation a
        WHERE {_OWN} AND a.state IN ('held', 'taken') AND a.resource_id = lapsed.resource_id AND a.id <> lapsed.id
            AND lapsed.during && tstzrange(lower(a.during) + %(by)s, upper(a.during) + %(by)s)
    )
"""
_SHIFT_SQL = f"""
UPDATE availability_allocation a SET during = tstzrange(lower(a.during) + %(by)s, upper(a.during) + %(by)s)
WHERE {_OWN} AND a.state IN ('held', 'taken')
"""


def create_session(business_id: int, draft: SessionDraft, actor: Actor, now: datetime) -> Session:
    """A session that no schedule makes. Raises NotFree with the reason when its resources are not free then."""
    catalog = get_current_catalog(business_id)
    offering = session_offering(catalog, draft.offering)
    duration = check_duration(offering.durations[0] if draft.duration is None else draft.duration)
    capacity = check_capacity(offering.capacity if draft.capacity is None else draft.capacity)
    check_minimum(draft.min_places, draft.decide_hours, capacity)
    check_start(draft.starts_at, now)
    wished = check_resources(catalog, offering, draft.resources)
    with business_scope(business_id), transaction.atomic():
        lock_resources(business_id, resources_of(offering))
        gathering = Gathering(int(draft.starts_at.timestamp()), duration, capacity, wished)
        claims = seat_now(catalog, offering, gathering, now)
        session = Session(
            business_id=business_id,
            offering_id=offering.id,
            starts_at=draft.starts_at.astimezone(UTC),
            ends_at=draft.starts_at.astimezone(UTC) + timedelta(minutes=duration),
            min_places=draft.min_places,
            decide_at=decide_at(draft.starts_at, draft.min_places, draft.decide_hours),
            note=check_note(draft.note),
        )
        write_sessions(business_id, [session], capacity, [claims], now=now)
        after = {"starts_at": session.starts_at.isoformat(), "capacity": capacity}
        record(business_id, actor, "session.created", session.public_id, after=after)
    return session


def change_session(
    business_id: int, session_id: str, change: SessionChange, actor: Actor, now: datetime
) -> Session:
    """Change one session by itself; its schedule leaves it alone from then on.

    New time is taken before the old is given back. Raises NotFound; NotFree with the reason when the new time is not
    free, or CANCELLED; InvalidInput(`capacity`) below what is taken. Whoever moves a session moves its bookings, too.
    """
    with business_scope(business_id), transaction.atomic():
        session = lock_session(business_id, session_id)
        catalog = get_current_catalog(business_id)
        offering = catalog.offering_of_key(session.offering_id)
        before = _facts(session)
        if _needs_seats(offering, change):
            _reseat(catalog, offering, session, change, now)
        if change.capacity is not None:
            _resize(session, check_capacity(change.capacity), now)
        _set_minimum(session, change, was=datetime.fromisoformat(before["starts_at"]))
        if change.note is not None:
            session.note = check_note(change.note)
        session.is_edited = session.is_edited or session.schedule_id is not None
        session.save()
        raise_supplies(business_id, [session.supply_id])
        _tell_of_change(session, before, actor)
    return session


def cancel_session(business_id: int, session_id: str, *, reason: str, actor: Actor, now: datetime) -> Session:
    """It does not take place. Sells no more places; its resources are free; its guests hear of the event.

    The bookings are cancelled and paid back by whoever hears `SessionCancelled`. Twice is once. Raises NotFound.
    """
    with business_scope(business_id), transaction.atomic():
        session = lock_session(business_id, session_id, is_cancelled_too=True)
        if session.state == SessionState.SCHEDULED:
            _cancel(session, reason=reason, actor=actor, now=now)
            publish(events.SessionCancelled(business_id=business_id, session_id=session_id, reason=reason))
    return session


def decide_session(business_id: int, session_id: str, now: datetime) -> bool | None:
    """Whether it runs, at its time of decision; None: not yet, because somebody is paying for the places it lacks.

    Below the minimum it is cancelled. Raises NotFound, NotFree(CANCELLED).
    """
    with business_scope(business_id), transaction.atomic():
        session = lock_session(business_id, session_id)
        if session.decided_at is not None or session.decide_at is None or session.decide_at > now:
            return session.decided_at is not None or None
        lock_resources(business_id, _taken_resources(session))
        raise_supplies(business_id, [session.supply_id])
        supply = read_supplies(business_id, [session.supply_id], now)[session.supply_id]
        if supply.sold >= session.min_places:
            session.decided_at = now
            session.save(update_fields=["decided_at"])
            return True
        if supply.taken >= session.min_places:
            return None
        _cancel(session, reason=BELOW_MINIMUM, actor=Actor.system(), now=now)
        publish(
            events.SessionBelowMinimum(
                business_id=business_id, session_id=session_id, sold=supply.sold, needed=session.min_places
            )
        )
        publish(events.SessionCancelled(business_id=business_id, session_id=session_id, reason=BELOW_MINIMUM))
        return False


def list_sessions_to_decide(now: datetime, limit: int = 200) -> list[tuple[int, str]]:
    """(business, session) of all businesses whose time of decision has come."""
    with scopes_disabled():
        due = Session.objects.filter(decide_at__lte=now, decided_at=None, state=SessionState.SCHEDULED)
        return list(due.order_by("decide_at").values_list("business_id", "public_id")[:limit])


def lock_session(business_id: int, session_id: str, *, is_cancelled_too: bool = False) -> Session:
    """The session's row, locked until the end of the transaction. Raises NotFound, NotFree(CANCELLED)."""
    session = (
        Session.objects.select_for_update(no_key=True)
        .filter(business_id=business_id, public_id=session_id)
        .first()
    )
    if session is None:
        raise NotFound("session", params={"kind": "session"})
    if session.state != SessionState.SCHEDULED and not is_cancelled_too:
        raise NotFree(Reason.CANCELLED)
    return session


def write_sessions(
    business_id: int,
    sessions: Sequence[Session],
    capacity: int,
    claims: Sequence[Sequence[Claim]],
    *,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Write new sessions with their places, and take their resources. Raises NotFree."""
    supplies = Supply.objects.bulk_create([Supply(business_id=business_id, total=capacity) for _ in sessions])
    for session, supply in zip(sessions, supplies, strict=True):
        session.supply = supply
    Session.objects.bulk_create(sessions)
    pairs = zip(sessions, claims, strict=True)
    takings = [taking for session, of_session in pairs for taking in takings_of(session, of_session)]
    take(business_id, takings, owner_kind=OwnerKind.SESSION, now=now, expires_at=expires_at)


def takings_of(session: Session, claims: Sequence[Claim]) -> list[Taking]:
    return [Taking(one.resource_id, one.starts, one.ends, session.pk) for one in claims]


def seat_now(
    catalog: Catalog,
    offering: OfferingFacts,
    gathering: Gathering,
    now: datetime,
    *,
    besides: int | None = None,
) -> tuple[Claim, ...]:
    """Resources for a session as the calendars are. `besides`: the key of a session whose own time counts as free.

    Raises NotFree with the reason.
    """
    zone_name = offering.location.time_zone
    day = local_date_of(datetime.fromtimestamp(gathering.second, UTC), zone(zone_name))
    margin = gathering.duration + offering.buffer_before + offering.buffer_after + 60
    span = span_of(zone_name, day, day, margin_minutes=margin)
    own = [] if besides is None else [(OwnerKind.SESSION.value, besides)]
    calendars = read_calendars(catalog, resources_of(offering), span, now, besides=own).calendars
    load = {key: sum(one.ends - one.starts for one in found.taken) for key, found in calendars.items()}
    seated = seat(offering, gathering, calendars, span, load)
    if isinstance(seated, Reason):
        raise NotFree(seated)
    return seated


def _needs_seats(offering: OfferingFacts, change: SessionChange) -> bool:
    more = change.capacity is not None and any(need.is_per_person for need in offering.needs)
    return more or any(one is not None for one in (change.starts_at, change.duration, change.resources))


def _reseat(
    catalog: Catalog, offering: OfferingFacts, session: Session, change: SessionChange, now: datetime
) -> None:
    """Another time or other resources; those it has are wished where nothing else is."""
    starts_at = session.starts_at if change.starts_at is None else change.starts_at
    if change.starts_at is not None:
        check_start(starts_at, now)
    minutes = int((session.ends_at - session.starts_at).total_seconds()) // 60
    duration = check_duration(minutes if change.duration is None else change.duration)
    taken = _taken_resources(session)
    wished = taken if change.resources is None else check_resources(catalog, offering, change.resources)
    lock_resources(session.business_id, resources_of(offering) | taken)
    raise_supplies(session.business_id, [session.supply_id])
    capacity = change.capacity or session.supply.total
    gathering = Gathering(int(starts_at.timestamp()), duration, capacity, wished)
    reseat(catalog, offering, session, gathering, now)
    session.starts_at = starts_at.astimezone(UTC)
    session.ends_at = session.starts_at + timedelta(minutes=duration)


def reseat(
    catalog: Catalog, offering: OfferingFacts, session: Session, gathering: Gathering, now: datetime
) -> None:
    """Give a locked session the resources of a gathering instead of what it has. Raises NotFree; nothing is changed."""
    claims = seat_now(catalog, offering, gathering, now, besides=session.pk)
    if claims:
        takings = takings_of(session, claims)
        retake(session.business_id, takings, owner_kind=OwnerKind.SESSION, now=now)
    else:
        release(session.business_id, OwnerKind.SESSION, [session.pk])


def _resize(session: Session, capacity: int, now: datetime) -> None:
    set_total(session.business_id, session.supply_id, capacity, now=now, field="capacity")
    if capacity > session.supply.total:
        publish(events.TimeFreed(business_id=session.business_id, subject=session.public_id))
    session.supply.total = capacity


def _set_minimum(session: Session, change: SessionChange, *, was: datetime) -> None:
    """The time of decision keeps its distance from the start unless it is given anew."""
    usual = 24 if session.decide_at is None else int((was - session.decide_at).total_seconds()) // 3600
    hours = usual if change.decide_hours is None else change.decide_hours
    if change.min_places is not None:
        session.min_places = change.min_places
    check_minimum(session.min_places, hours, max(session.supply.total, session.min_places))
    session.decide_at = decide_at(session.starts_at, session.min_places, hours)


def _tell_of_change(session: Session, before: dict[str, Any], actor: Actor) -> None:
    after = _facts(session)
    changed = [name for name, value in after.items() if value != before[name]]
    if not changed:
        return
    record(
        session.business_id,
        actor,
        "session.changed",
        session.public_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    if "starts_at" in changed:
        publish(
            events.SessionMoved(
                business_id=session.business_id, session_id=session.public_id, was=before["starts_at"]
            )
        )


def _cancel(session: Session, *, reason: str, actor: Actor, now: datetime) -> None:
    lock_resources(session.business_id, _taken_resources(session))
    raise_supplies(session.business_id, [session.supply_id])
    release(session.business_id, OwnerKind.SESSION, [session.pk])
    session.state, session.cancelled_at, session.cancel_reason = SessionState.CANCELLED, now, reason[:200]
    session.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    after = {"state": "cancelled", "reason": session.cancel_reason}
    record(session.business_id, actor, "session.cancelled", session.public_id, after=after)


def _taken_resources(session: Session) -> frozenset[int]:
    return resources_taken_by(session.business_id, OwnerKind.SESSION, [session.pk])


def _facts(session: Session) -> dict[str, Any]:
    return {
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "capacity": session.supply.total,
        "min_places": session.min_places,
        "note": session.note,
        "resources": sorted(_taken_resources(session)),
    }


def shift_time(
    business_id: int, owner_kind: OwnerKind, owner_ids: Sequence[int], by: timedelta, now: datetime
) -> None:
    """Move what these owners have taken of resources, which must be locked. Raises NotFree when it is taken there.

    For what guests of a session have taken besides it: holds stay holds.
    """
    if not by or not owner_ids:
        return
    own: dict[str, Any] = {"business": business_id, "kind": owner_kind, "owners": list(owner_ids)}
    own |= {"now": now, "by": by}
    try:
        with transaction.atomic(), prepared_cursor() as cursor:
            cursor.execute(_CLEAR_LAPSED_SQL, own)
            cursor.execute(_SHIFT_SQL, own)
    except IntegrityError as refusal:
        raise NotFree(Reason.TAKEN) from refusal


def resources_taken_by(business_id: int, owner_kind: OwnerKind, owner_ids: Sequence[int]) -> frozenset[int]:
    """Keys of the resources whose time these owners hold or have taken."""
    live = Allocation.objects.filter(
        business_id=business_id, owner_kind=owner_kind, owner_id__in=list(owner_ids)
    ).exclude(state=AllocationState.RELEASED)
    return frozenset(live.values_list("resource_id", flat=True).distinct())

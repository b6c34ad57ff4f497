"""Schedules and the sessions they make: at once when a schedule is saved, and daily as the horizon moves on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from horarium.kit.errors import NotFound
from horarium.kit.zones import local_date_of, zone
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope

from .actions import lock_resources, release
from .actions_sessions import reseat, resources_taken_by, write_sessions
from .actions_supplies import raise_supplies, set_totals_at_least
from .errors import NotFree
from .models import OwnerKind, Schedule, Session, SessionState, Supply
from .queries import read_calendars
from .queries_sessions import LEFT_SCHEDULE, read_sessions_of_schedule
from .rules.calendars import Calendar, Span, span_of, without
from .rules.reasons import Reason
from .rules.schedule_drafts import ScheduleDraft, check_schedule
from .rules.schedules import (
    Changes,
    KnownSession,
    Occurrence,
    ScheduleRule,
    begun_on,
    ended_before,
    occurrences,
    reconcile,
)
from .rules.session_drafts import decide_at, session_offering
from .rules.sessions import Gathering, resources_of, seat
from .rules.solver import Claim


@dataclass(frozen=True, slots=True)
class SoldSession:
    """A session with guests that does not fit its schedule any more: to be cancelled, or moved to `wanted_at`."""

    session_id: str
    starts_at: datetime
    places: int
    wanted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling a schedule has done, and what it could not do.

    `unseated`: local dates without a session, or with one as it was, because its resources are not free then.
    """

    created: int = 0
    moved: int = 0
    dropped: int = 0
    sold: tuple[SoldSession, ...] = ()
    unseated: tuple[tuple[date, Reason], ...] = ()


@dataclass(frozen=True, slots=True)
class SavedSchedule:
    """`following`: the schedule that goes on after a change from a date on."""

    schedule: Schedule
    filled: Filled
    following: Schedule | None = None


@dataclass(slots=True)
class _Work:
    """One schedule with everything that its sessions are made from."""

    schedule: Schedule
    catalog: Catalog
    offering: OfferingFacts
    now: datetime
    wished: frozenset[int]
    unseated: list[tuple[date, Reason]] = field(default_factory=list)

    def gathering(self, starts_at: datetime) -> Gathering:
        one = self.schedule
        return Gathering(int(starts_at.timestamp()), one.duration, one.capacity, self.wished)


def create_schedule(business_id: int, draft: ScheduleDraft, actor: Actor, now: datetime) -> SavedSchedule:
    """Raises NotFound and InvalidInput with the field."""
    with business_scope(business_id), transaction.atomic():
        catalog = get_current_catalog(business_id)
        offering = session_offering(catalog, draft.offering)
        values = check_schedule(catalog, offering, draft)
        schedule = Schedule.objects.create(business_id=business_id, offering_id=offering.id, **values)
        record(business_id, actor, "schedule.created", schedule.public_id, after=draft.as_json())
        return SavedSchedule(schedule, _fill(schedule, catalog, now))


def change_schedule(
    business_id: int,
    schedule_id: str,
    draft: ScheduleDraft,
    *,
    from_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> SavedSchedule:
    """Change all sessions to come that were not changed by themselves, or those of `from_on` and later.

    The latter ends the schedule on the day before and begins a new one. Sessions with guests whose time would change
    stay as they are and are returned as `sold`. Raises NotFound, InvalidInput.
    """
    with business_scope(business_id), transaction.atomic():
        schedule = _lock(business_id, schedule_id)
        catalog = get_current_catalog(business_id)
        offering = catalog.offering_of_key(schedule.offering_id)
        values = check_schedule(catalog, offering, draft)
        record(
            business_id,
            actor,
            "schedule.changed",
            schedule_id,
            before=_facts(schedule),
            after={**draft.as_json(), "from": from_on},
        )
        if from_on is None or not _has_before(schedule, from_on):
            _apply(schedule, values)
            return SavedSchedule(schedule, _fill(schedule, catalog, now, renew=True))
        following = Schedule(business_id=business_id, offering_id=offering.id, **values)
        _apply(following, _rule_values(begun_on(rule_of(following), from_on)))
        later = Session.objects.select_for_update(no_key=True).filter(
            schedule=schedule, occurs_on__gte=from_on
        )
        _lock_places(schedule, offering, list(later.order_by("pk")))
        Session.objects.filter(schedule=schedule, occurs_on__gte=from_on).update(schedule=following)
        _apply(schedule, _rule_values(ended_before(rule_of(schedule), from_on)))
        return SavedSchedule(schedule, _fill(following, catalog, now, renew=True), following)


def end_schedule(
    business_id: int, schedule_id: str, *, from_on: date | None = None, actor: Actor, now: datetime
) -> SavedSchedule:
    """No sessions of it any more, or none on `from_on` and later. Those with guests are returned as `sold`."""
    with business_scope(business_id), transaction.atomic():
        schedule = _lock(business_id, schedule_id)
        catalog = get_current_catalog(business_id)
        record(
            business_id,
            actor,
            "schedule.ended",
            schedule_id,
            before=_facts(schedule),
            after={"from": from_on},
        )
        if from_on is None or not _has_before(schedule, from_on):
            _apply(schedule, {"is_active": False})
        else:
            _apply(schedule, _rule_values(ended_before(rule_of(schedule), from_on)))
        return SavedSchedule(schedule, _fill(schedule, catalog, now))


def start_schedule(business_id: int, schedule_id: str, actor: Actor, now: datetime) -> SavedSchedule:
    """One that was copied or ended makes sessions from now on. Twice is once. Raises NotFound."""
    with business_scope(business_id), transaction.atomic():
        schedule = _lock(business_id, schedule_id)
        if not schedule.is_active:
            _apply(schedule, {"is_active": True})
            record(business_id, actor, "schedule.started", schedule_id, after=_facts(schedule))
        return SavedSchedule(schedule, _fill(schedule, get_current_catalog(business_id), now))


def fill_schedule(business_id: int, schedule_id: str, now: datetime) -> Filled:
    """Make the sessions that the moving horizon has brought into reach. Raises NotFound."""
    with business_scope(business_id), transaction.atomic():
        schedule = _lock(business_id, schedule_id)
        _forget_dropped(schedule, now)
        return _fill(schedule, get_current_catalog(business_id), now)


def rule_of(schedule: Schedule) -> ScheduleRule:
    return ScheduleRule(
        first_on=schedule.first_on,
        starts_minute=schedule.starts_minute,
        duration=schedule.duration,
        weekdays=frozenset(schedule.weekdays),
        dates=frozenset(schedule.dates),
        except_on=frozenset(schedule.except_on),
        last_on=schedule.last_on,
    )


def _fill(schedule: Schedule, catalog: Catalog, now: datetime, *, renew: bool = False) -> Filled:
    """Make the sessions of a locked schedule what they should be. `renew`: those that are kept get its values, too.

    What is sold is looked at again when nobody can buy any more.
    """
    offering = catalog.offering_of_key(schedule.offering_id)
    wanted = _wanted(schedule, offering, now)
    changes = reconcile(wanted, read_sessions_of_schedule(schedule.business_id, schedule.pk, now))
    touched = [*changes.drop, *(one for one, _ in changes.move), *(changes.keep if renew else ())]
    rows = {row.pk: row for row in _lock_sessions(schedule, touched)}
    if changes.add or touched:
        _lock_places(schedule, offering, rows.values())
        changes = reconcile(wanted, read_sessions_of_schedule(schedule.business_id, schedule.pk, now))
    work = _Work(schedule, catalog, offering, now, _wished(catalog, offering, schedule))
    drop = [rows[one.id] for one in changes.drop if one.id in rows]
    _drop(schedule, drop, now)
    moved = sum(_move(work, rows[one.id], occurrence) for one, occurrence in changes.move if one.id in rows)
    if renew:
        _renew(work, [rows[one.id] for one in changes.keep if one.id in rows])
    created = _add(work, changes.add)
    return Filled(created, moved, len(drop), _sold(schedule, changes), tuple(work.unseated))


def _wanted(schedule: Schedule, offering: OfferingFacts, now: datetime) -> list[Occurrence]:
    if not schedule.is_active or not offering.is_active:
        return []
    tz = zone(offering.location.time_zone)
    today = local_date_of(now, tz)
    last = today + timedelta(days=offering.horizon_days)
    return [one for one in occurrences(rule_of(schedule), today, last, tz) if one.starts_at > now]


def _wished(catalog: Catalog, offering: OfferingFacts, schedule: Schedule) -> frozenset[int]:
    """Resources that have left the offering since are not wished any more."""
    found = [catalog.find_resource(one) for one in schedule.resources]
    return frozenset(one.id for one in found if one is not None) & resources_of(offering)


def _lock_sessions(schedule: Schedule, known: Iterable[KnownSession]) -> list[Session]:
    """Locked against other changes. Not against bookings: those are kept out by the lock of their places."""
    keys = [one.id for one in known]
    if not keys:
        return []
    found = Session.objects.select_for_update(no_key=True).filter(schedule=schedule, pk__in=keys)
    return list(found.order_by("pk"))


def _lock_places(schedule: Schedule, offering: OfferingFacts, sessions: Collection[Session]) -> None:
    """Lock all that these sessions and new ones could take, then their places: from here on nobody buys.

    Keys of sessions may be changed only after that: whoever buys looks at them when all is written.
    """
    held = resources_taken_by(schedule.business_id, OwnerKind.SESSION, [one.pk for one in sessions])
    lock_resources(schedule.business_id, resources_of(offering) | held)
    raise_supplies(schedule.business_id, [one.supply_id for one in sessions])


def _drop(schedule: Schedule, sessions: Sequence[Session], now: datetime) -> None:
    """Out of the schedule, so that its date can be filled again. Who is about to book one finds it cancelled."""
    if not sessions:
        return
    keys = [one.pk for one in sessions]
    release(schedule.business_id, OwnerKind.SESSION, keys)
    Session.objects.filter(pk__in=keys).update(
        schedule=None, state=SessionState.CANCELLED, cancelled_at=now, cancel_reason=LEFT_SCHEDULE
    )


def _forget_dropped(schedule: Schedule, now: datetime) -> None:
    """Sessions that left a schedule the day before and that nobody had ever held are deleted."""
    gone = Session.objects.filter(
        offering_id=schedule.offering_id,
        schedule=None,
        state=SessionState.CANCELLED,
        cancel_reason=LEFT_SCHEDULE,
        cancelled_at__lt=now - timedelta(days=1),
        supply__allocations=None,
    )
    supplies = dict(gone.values_list("pk", "supply_id"))
    Session.objects.filter(pk__in=list(supplies)).delete()
    Supply.objects.filter(pk__in=list(supplies.values())).delete()


def _move(work: _Work, session: Session, occurrence: Occurrence) -> bool:
    """To its new time; where that cannot be, it stays as it is and is reported."""
    if not _seat_again(work, session, occurrence.on, occurrence.starts_at):
        return False
    session.starts_at, session.ends_at = occurrence.starts_at, occurrence.ends_at
    _renew(work, [session], with_resources=False)
    return True


def _renew(work: _Work, sessions: Sequence[Session], *, with_resources: bool = True) -> None:
    """Capacity (what is taken stays), minimum, note, and the wished resources."""
    schedule = work.schedule
    totals = dict.fromkeys((one.supply_id for one in sessions), schedule.capacity)
    found = set_totals_at_least(schedule.business_id, totals, now=work.now)
    for session in sessions:
        if found[session.supply_id] > schedule.capacity and session.occurs_on is not None:
            work.unseated.append((session.occurs_on, Reason.CAPACITY))
        if with_resources and session.occurs_on is not None:
            _seat_again(work, session, session.occurs_on, session.starts_at)
        session.min_places, session.note = schedule.min_places, schedule.note
        session.decide_at = decide_at(session.starts_at, schedule.min_places, schedule.decide_hours)
        session.save(update_fields=["starts_at", "ends_at", "min_places", "note", "decide_at"])


def _seat_again(work: _Work, session: Session, on: date, starts_at: datetime) -> bool:
    try:
        reseat(work.catalog, work.offering, session, work.gathering(starts_at), work.now)
    except NotFree as refusal:
        work.unseated.append((on, refusal.reason))
        return False
    return True


def _add(work: _Work, wanted: Sequence[Occurrence]) -> int:
    """New sessions, each with what the earlier ones leave free. One read of the calendars for all."""
    if not wanted:
        return 0
    schedule = work.schedule
    sessions: list[Session] = []
    claims: list[tuple[Claim, ...]] = []
    calendars, span = _calendars(work, wanted)
    for occurrence in wanted:
        seated = seat(work.offering, work.gathering(occurrence.starts_at), calendars, span)
        if isinstance(seated, Reason):
            work.unseated.append((occurrence.on, seated))
            continue
        calendars = without(calendars, [(one.resource_id, one.starts, one.ends) for one in seated])
        claims.append(seated)
        sessions.append(_session(schedule, occurrence))
    write_sessions(schedule.business_id, sessions, schedule.capacity, claims, now=work.now)
    return len(sessions)


def _calendars(work: _Work, wanted: Sequence[Occurrence]) -> tuple[dict[int, Calendar], Span]:
    offering = work.offering
    margin = work.schedule.duration + offering.buffer_before + offering.buffer_after + 60
    span = span_of(offering.location.time_zone, wanted[0].on, wanted[-1].on, margin_minutes=margin)
    return read_calendars(work.catalog, resources_of(offering), span, work.now).calendars, span


def _session(schedule: Schedule, occurrence: Occurrence) -> Session:
    return Session(
        business_id=schedule.business_id,
        offering_id=schedule.offering_id,
        schedule=schedule,
        occurs_on=occurrence.on,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        min_places=schedule.min_places,
        decide_at=decide_at(occurrence.starts_at, schedule.min_places, schedule.decide_hours),
        note=schedule.note,
    )


def _sold(schedule: Schedule, changes: Changes) -> tuple[SoldSession, ...]:
    keys = [one.id for one, _ in changes.sold]
    ids = dict(Session.objects.filter(schedule=schedule, pk__in=keys).values_list("pk", "public_id"))
    return tuple(
        SoldSession(ids[one.id], one.starts_at, one.places, None if wanted is None else wanted.starts_at)
        for one, wanted in changes.sold
    )


def _has_before(schedule: Schedule, on: date) -> bool:
    """Whether the schedule has had any date before that one."""
    return schedule.first_on < on or any(one < on for one in schedule.dates)


def _apply(schedule: Schedule, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(schedule, name, value)
    schedule.save()


def _rule_values(rule: ScheduleRule) -> dict[str, Any]:
    """The columns of a schedule that say when it is."""
    return {
        "first_on": rule.first_on,
        "last_on": rule.last_on,
        "dates": sorted(rule.dates),
        "except_on": sorted(rule.except_on),
    }


def _facts(schedule: Schedule) -> dict[str, Any]:
    names = ("starts_minute", "duration", "capacity", "min_places", "weekdays", "dates", "except_on")
    return _rule_values(rule_of(schedule)) | {name: getattr(schedule, name) for name in names}


def _lock(business_id: int, schedule_id: str) -> Schedule:
    found = (
        Schedule.objects.select_for_update(no_key=True)
        .filter(business_id=business_id, public_id=schedule_id)
        .first()
    )
    if found is None:
        raise NotFound("schedule", params={"kind": "schedule"})
    return found

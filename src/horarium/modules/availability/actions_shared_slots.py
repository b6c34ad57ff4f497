"""Shared slots: a session that its first guest creates, that others join, and that goes with the last.

Its resources are held as long as its guests' holds and taken for good with the first of them who stays, so that
a session of guests who never paid frees its time by itself. Two first guests of one start meet at a lock of their
transactions; whoever comes second joins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django_scopes import scopes_disabled

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.tenancy.scope import business_scope

from .actions import lock_resources, release
from .actions_sessions import lock_session, resources_taken_by, write_sessions
from .actions_supplies import lock_supplies, raise_supplies
from .errors import NotFree
from .models import OwnerKind, Session, SessionState
from .queries_sessions import LEFT_BY_ALL, SessionFacts, read_sessions
from .rules.reasons import Reason
from .rules.solver import Claim

_KEEP_SQL = """
WITH own AS MATERIALIZED (
    SELECT id FROM availability_allocation
    WHERE business_id = %(business)s AND owner_kind = 'session' AND owner_id = ANY(%(sessions)s) AND state = 'held'
        AND expires_at > %(now)s
    ORDER BY id FOR NO KEY UPDATE
)
UPDATE availability_allocation a
SET state = CASE WHEN %(expires)s::timestamptz IS NULL THEN 'taken' ELSE 'held' END,
    expires_at = CASE WHEN %(expires)s::timestamptz IS NULL THEN NULL ELSE greatest(a.expires_at, %(expires)s) END
FROM own WHERE a.id = own.id AND a.state = 'held'
"""
_DEAD_SQL = """
SELECT count(*) FROM availability_session x
WHERE x.business_id = %(business)s AND x.id = ANY(%(sessions)s) AND (x.state <> 'scheduled' OR EXISTS (
    SELECT 1 FROM availability_allocation a
    WHERE a.business_id = x.business_id AND a.owner_kind = 'session' AND a.owner_id = x.id
) AND NOT EXISTS (
    SELECT 1 FROM availability_allocation a
    WHERE a.business_id = x.business_id AND a.owner_kind = 'session' AND a.owner_id = x.id
        AND (a.state = 'taken' OR a.state = 'held' AND a.expires_at > %(now)s)
))
"""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A shared session that `places` are wanted of: the one that is there at that start, or a new one.

    `claims`: the time that a new one takes; None: there must be one to join. Instants in UTC.
    """

    offering_id: int
    starts_at: datetime
    ends_at: datetime
    capacity: int
    places: int
    claims: tuple[Claim, ...] | None

    @property
    def key(self) -> int:
        """Of the lock at which guests of one start meet."""
        digest = sha256(f"shared-slot:{self.offering_id}:{int(self.starts_at.timestamp())}".encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """The session that was joined or made: its key, and that of its places."""

    session_id: int
    supply_id: int


@dataclass(slots=True)
class _Seating:
    """A session as the items of one order fill it; `made_of` says that it is not there yet."""

    free: int
    open: OpenSession | None = None
    made_of: NewSession | None = None


def open_sessions(
    business_id: int,
    wanted: Sequence[NewSession],
    *,
    other_resources: Collection[int] = (),
    other_supplies: Collection[int] = (),
    now: datetime,
    expires_at: datetime | None = None,
) -> list[OpenSession]:
    """A session for each, in the same order; the places themselves are taken afterwards.

    Call it in checkout's transaction before anything of it takes resources or places. `other_resources`,
    `other_supplies`: those that the order takes besides, locked here together with the sessions' own. Raises NotFree.
    """
    if not wanted:
        return []
    with transaction.atomic(savepoint=False), business_scope(business_id):
        _meet({one.key for one in wanted})
        seatings = _seat_all(business_id, wanted, now)
        fresh = [one for one in seatings if one.made_of is not None]
        _create(business_id, fresh, other_resources, now, expires_at)
        opened = [one.open for one in seatings if one.open is not None]
        joined = [one.open for one in seatings if one.open is not None and one.made_of is None]
        lock_supplies(business_id, {one.supply_id for one in opened} | set(other_supplies))
        if not keep_sessions(business_id, {one.session_id for one in joined}, now=now, expires_at=expires_at):
            raise NotFree(Reason.TAKEN)
        return opened


def keep_sessions(
    business_id: int, session_ids: Iterable[int], *, now: datetime, expires_at: datetime | None = None
) -> bool:
    """Their time stays taken: for good, or at least until `expires_at`. False when one of them has lost it already.

    For guests who join, and for those who pay: call it with every shared session whose places are held or firmed up,
    when the rows of these places are locked: everybody locks allocations after them.
    Sessions of schedules are not changed by it.
    """
    parameters: dict[str, Any] = {"business": business_id, "sessions": list(session_ids), "now": now}
    if not parameters["sessions"]:
        return True
    with prepared_cursor() as cursor:
        cursor.execute(_KEEP_SQL, {**parameters, "expires": expires_at})
        cursor.execute(_DEAD_SQL, parameters)
        return bool(cursor.fetchone()[0] == 0)


def close_session(business_id: int, session_id: str, now: datetime) -> bool:
    """Free the time of a shared session that has no guests any more. Twice is once. Raises NotFound."""
    with business_scope(business_id), transaction.atomic():
        session = lock_session(business_id, session_id, is_cancelled_too=True)
        if not session.is_shared or session.state != SessionState.SCHEDULED:
            return False
        lock_resources(business_id, resources_taken_by(business_id, OwnerKind.SESSION, [session.pk]))
        raise_supplies(business_id, [session.supply_id])
        start = session.starts_at
        rows = read_sessions(business_id, [session.offering_id], start, start + timedelta(seconds=1), now)
        if any(one.taken for one in rows if one.id == session.pk):
            return False
        release(business_id, OwnerKind.SESSION, [session.pk])
        session.state, session.cancelled_at, session.cancel_reason = SessionState.CANCELLED, now, LEFT_BY_ALL
        session.save(update_fields=["state", "cancelled_at", "cancel_reason"])
        record(business_id, Actor.system(), "session.left", session_id)
        return True


def list_empty_sessions(now: datetime, limit: int = 200) -> list[tuple[int, str]]:
    """(business, session) of shared sessions to come without any guest."""
    with scopes_disabled():
        empty = Session.objects.raw(
            """SELECT x.* FROM availability_session x
            WHERE x.is_shared AND x.state = 'scheduled' AND x.ends_at > %s AND NOT EXISTS (
                SELECT 1 FROM availability_supplyallocation a
                WHERE a.business_id = x.business_id AND a.supply_id = x.supply_id
                    AND (a.state = 'taken' OR a.state = 'held' AND a.expires_at > %s)
            ) ORDER BY x.id LIMIT %s""",
            [now, now, limit],
        )
        return [(one.business_id, one.public_id) for one in empty]


def _meet(keys: Collection[int]) -> None:
    with prepared_cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _there(business_id: int, one: NewSession, now: datetime) -> list[SessionFacts]:
    """Sessions of that start that can be joined, the one with the fewest places left first."""
    until = one.starts_at + timedelta(seconds=1)
    rows = read_sessions(business_id, [one.offering_id], one.starts_at, until, now)
    able = [row for row in rows if row.is_scheduled and row.is_alive]
    return sorted(able, key=lambda row: (row.free, row.id))


def _seat_all(business_id: int, wanted: Sequence[NewSession], now: datetime) -> list[_Seating]:
    """For each the session that it joins, or that is to be made; items of one order meet in one, too."""
    there = {
        one.key: [
            _Seating(row.free, OpenSession(row.id, row.supply_id)) for row in _there(business_id, one, now)
        ]
        for one in wanted
    }
    found = []
    for one in wanted:
        at_start = there[one.key]
        seating = next((each for each in at_start if each.free >= one.places), None)
        if seating is None:
            if one.claims is None or (at_start and not one.claims) or one.places > one.capacity:
                raise NotFree(Reason.CAPACITY)
            seating = _Seating(one.capacity, made_of=one)
            at_start.append(seating)
        seating.free -= one.places
        found.append(seating)
    return found


def _create(
    business_id: int,
    seatings: Sequence[_Seating],
    other_resources: Collection[int],
    now: datetime,
    expires_at: datetime | None,
) -> None:
    """Make the sessions that are not there yet, each once, and take their time."""
    fresh = list({id(one): one for one in seatings}.values())
    claims = [claim for one in fresh if one.made_of for claim in one.made_of.claims or ()]
    lock_resources(business_id, {claim.resource_id for claim in claims} | set(other_resources))
    for one in fresh:
        if one.made_of is None:
            continue
        new = one.made_of
        session = Session(
            business_id=business_id,
            offering_id=new.offering_id,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
            is_shared=True,
        )
        write_sessions(
            business_id, [session], new.capacity, [new.claims or ()], now=now, expires_at=expires_at
        )
        one.open = OpenSession(session.pk, session.supply_id)

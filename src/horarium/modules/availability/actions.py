"""Giving back time and keeping it: whoever changes allocations locks the rows of their resources first, in the order
of their keys, and raises their revisions. Do this last in a transaction and commit soon after.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from horarium.kit.errors import NotFound
from horarium.platform.database.prepared import prepared_cursor

from .actions_taking import Taking, take
from .models import OwnerKind

_RAISE_REVISIONS_SQL = """
WITH changed AS MATERIALIZED (
    SELECT id FROM resources_resource WHERE business_id = %s AND id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
)
UPDATE resources_resource SET calendar_revision = calendar_revision + 1
WHERE id = ANY(ARRAY(SELECT id FROM changed))
"""


def release(business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int]) -> int:
    """Give back everything that these owners hold or have taken. Returns how many allocations were released."""
    owners = list(owner_ids)
    lock_resources(business_id, _resources_of(business_id, owner_kind, owners))
    changed = _change(business_id, owner_kind, owners, "state = 'released'", "state IN ('held', 'taken')")
    return len(changed)


def firm_up(business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int]) -> int:
    """Turn the holds of these owners, lapsed or not, into taken time. Returns how many were live as holds.

    A hold that lapsed and was released by somebody else's booking is not there any more and does not count.
    """
    owners = list(owner_ids)
    lock_resources(business_id, _resources_of(business_id, owner_kind, owners))
    changed = _change(business_id, owner_kind, owners, "state = 'taken', expires_at = NULL", "state = 'held'")
    return len(changed)


def hold_until(
    business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int], expires_at: datetime
) -> None:
    """What these owners have taken lapses then, unless it is firmed up before. Locks nothing but its own rows: call it
    after `take` or `firm_up` of the same owners.
    """
    with prepared_cursor() as cursor:
        cursor.execute(
            """UPDATE availability_allocation SET state = 'held', expires_at = %s
            WHERE business_id = %s AND owner_kind = %s AND owner_id = ANY(%s) AND state IN ('held', 'taken')""",
            [expires_at, business_id, owner_kind, list(owner_ids)],
        )


def retake(business_id: int, takings: Sequence[Taking], *, owner_kind: OwnerKind, now: datetime) -> None:
    """New time for owners, their old time released in the same transaction. Raises NotFree and changes nothing.

    The old time may overlap the new: it is put aside before the judge is asked, inside one savepoint.
    """
    with transaction.atomic():
        owners = {one.owner_id for one in takings}
        old = _resources_of(business_id, owner_kind, owners)
        lock_resources(business_id, old | {one.resource_id for one in takings})
        _change(business_id, owner_kind, owners, "state = 'released'", "state IN ('held', 'taken')")
        take(business_id, takings, owner_kind=owner_kind, now=now)


def _resources_of(business_id: int, owner_kind: OwnerKind, owners: Iterable[int]) -> set[int]:
    with prepared_cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT resource_id FROM availability_allocation
            WHERE business_id = %s AND owner_kind = %s AND owner_id = ANY(%s) AND state IN ('held', 'taken')""",
            [business_id, owner_kind, list(owners)],
        )
        return {row[0] for row in cursor.fetchall()}


def _change(
    business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int], change: str, condition: str
) -> list[int]:
    """Change the allocations of these owners; the resources of those that were changed, once for each."""
    with prepared_cursor() as cursor:
        cursor.execute(
            f"""WITH own AS MATERIALIZED (
                SELECT id FROM availability_allocation
                WHERE business_id = %s AND owner_kind = %s AND owner_id = ANY(%s) AND {condition}
                ORDER BY id FOR NO KEY UPDATE
            )
            UPDATE availability_allocation a SET {change} FROM own WHERE a.id = own.id AND {condition}
            RETURNING a.resource_id""",
            [business_id, owner_kind, list(owner_ids)],
        )
        return [row[0] for row in cursor.fetchall()]


def lock_resources(business_id: int, resource_ids: Collection[int]) -> None:
    """Lock them until the end of the transaction and raise their revisions: what was computed about them may change.

    In the order of their keys: whoever needs them for more than one call locks all of them first. Raises NotFound.
    """
    if not resource_ids:
        return
    with prepared_cursor() as cursor:
        cursor.execute(_RAISE_REVISIONS_SQL, [business_id, list(resource_ids)])
        if cursor.rowcount != len(resource_ids):
            raise NotFound("resource", params={"kind": "resource"})

"""Places of sessions and pieces of products: the only way to take them and give them back.

Each change first locks the rows of its supplies in the order of their keys and looks at them in a second statement, so
that `taken` is always the sum of the live allocations. Resources are locked before supplies, supplies before bookings.
Everything runs in the caller's transaction, commits or is undone with it, and refuses with an exception that must leave
the caller's `atomic` block.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from horarium.kit.errors import InvalidInput, NotFound
from horarium.platform.database.prepared import prepared_cursor

from .errors import NotFree
from .models import AllocationState, OwnerKind
from .rules.reasons import Reason

_LOCK_SQL = """
SELECT id FROM availability_supply WHERE business_id = %s AND id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
"""
_RELEASE_LAPSED = """
lapsed AS (
    UPDATE availability_supplyallocation a SET state = 'released'
    WHERE a.business_id = %(business)s AND a.supply_id = ANY(%(supplies)s) AND a.state = 'held'
        AND a.expires_at <= %(now)s
    RETURNING a.supply_id, a.quantity
), freed AS (
    SELECT supply_id, sum(quantity) AS quantity FROM lapsed GROUP BY supply_id
)
"""
# A session that was cancelled, or moved since it was looked at, sells no place: its row is changed under the same lock.
_COUNT_SQL = f"""
WITH {_RELEASE_LAPSED}, wanted AS (
    SELECT supply_id, sum(quantity) AS quantity, sum(numbers) AS numbers, min(starts_at) AS starts_at
    FROM unnest(%(of)s::bigint[], %(quantities)s::int[], %(numbers)s::int[], %(starts)s::timestamptz[])
        AS one (supply_id, quantity, numbers, starts_at)
    GROUP BY supply_id
)
UPDATE availability_supply s SET taken = s.taken - coalesce(f.quantity, 0) + w.quantity,
    issued = s.issued + w.numbers, revision = s.revision + 1
FROM wanted w LEFT JOIN freed f USING (supply_id)
WHERE s.business_id = %(business)s AND s.id = w.supply_id
    AND s.taken - coalesce(f.quantity, 0) + w.quantity <= s.total
    AND NOT EXISTS (
        SELECT 1 FROM availability_session x WHERE x.business_id = %(business)s AND x.supply_id = s.id
            AND (x.state <> 'scheduled' OR x.starts_at <> w.starts_at)
    )
RETURNING s.id, s.issued - w.numbers
"""
_TAKE_SQL = """
INSERT INTO availability_supplyallocation
    (business_id, supply_id, quantity, state, expires_at, owner_kind, owner_id)
SELECT %(business)s, one.supply_id, one.quantity, %(state)s, %(expires)s, %(owner_kind)s, one.owner_id
FROM unnest(%(of)s::bigint[], %(quantities)s::int[], %(owners)s::bigint[])
    AS one (supply_id, quantity, owner_id)
"""
_SUPPLIES_OF_SQL = """
SELECT DISTINCT a.supply_id FROM availability_supplyallocation a
JOIN availability_supply s ON s.business_id = a.business_id AND s.id = a.supply_id
WHERE a.business_id = %s AND a.owner_kind = %s AND a.owner_id = ANY(%s) AND a.state IN ('held', 'taken')
    AND (s.product_id IS NOT NULL OR NOT %s)
"""
_GIVE_BACK_SQL = """
WITH own AS (
    UPDATE availability_supplyallocation a SET state = 'released'
    WHERE a.business_id = %(business)s AND a.owner_kind = %(owner_kind)s AND a.owner_id = ANY(%(owners)s)
        AND a.supply_id = ANY(%(supplies)s) AND a.state = ANY(%(states)s)
    RETURNING a.supply_id, a.quantity
), back AS (
    SELECT supply_id, sum(quantity) AS quantity FROM own GROUP BY supply_id
)
UPDATE availability_supply s SET taken = s.taken - back.quantity, revision = s.revision + 1,
    total = s.total - CASE WHEN %(for_good)s THEN back.quantity ELSE 0 END
FROM back WHERE s.business_id = %(business)s AND s.id = back.supply_id RETURNING s.id, back.quantity
"""
_FIRM_UP_SQL = """
WITH own AS (
    UPDATE availability_supplyallocation a SET state = 'taken', expires_at = NULL
    WHERE a.business_id = %(business)s AND a.owner_kind = %(owner_kind)s AND a.owner_id = ANY(%(owners)s)
        AND a.supply_id = ANY(%(supplies)s) AND a.state = 'held'
    RETURNING a.supply_id
), raised AS (
    UPDATE availability_supply s SET revision = s.revision + 1
    WHERE s.business_id = %(business)s AND s.id IN (SELECT supply_id FROM own)
)
SELECT count(*) FROM own
"""
_SET_TOTAL_SQL = f"""
WITH {_RELEASE_LAPSED}
UPDATE availability_supply s SET taken = s.taken - coalesce((SELECT quantity FROM freed), 0), revision = s.revision + 1,
    total = greatest(%(total)s, s.taken - coalesce((SELECT quantity FROM freed), 0))
WHERE s.business_id = %(business)s AND s.id = ANY(%(supplies)s) RETURNING s.total
"""


@dataclass(frozen=True, slots=True)
class SupplyTaking:
    """`quantity` of a supply for one owner, and how many ticket `numbers` it needs.

    `session_starts_at`: the start of the session as it was planned; a session that has been moved since refuses.
    """

    supply_id: int
    quantity: int
    owner_id: int
    numbers: int = 0
    session_starts_at: datetime | None = None


def take_supplies(
    business_id: int,
    takings: Sequence[SupplyTaking],
    *,
    owner_kind: OwnerKind,
    now: datetime,
    expires_at: datetime | None = None,
) -> dict[tuple[int, int], int]:
    """Take all of it or nothing: a hold when `expires_at` is given, else for good.

    Returns the last ticket number issued for each (supply, owner). Lapsed holds make way. Raises NotFree(CAPACITY), and
    NotFound for a supply of another business.
    """
    if not takings:
        return {}
    wanted = sorted(takings, key=lambda one: (one.supply_id, one.owner_id))
    parameters: dict[str, Any] = {
        "business": business_id,
        "supplies": sorted({one.supply_id for one in wanted}),
        "of": [one.supply_id for one in wanted],
        "quantities": [one.quantity for one in wanted],
        "numbers": [one.numbers for one in wanted],
        "starts": [one.session_starts_at for one in wanted],
        "owners": [one.owner_id for one in wanted],
        "owner_kind": owner_kind,
        "state": AllocationState.TAKEN if expires_at is None else AllocationState.HELD,
        "expires": expires_at,
        "now": now,
    }
    with transaction.atomic(savepoint=False):
        lock_supplies(business_id, parameters["supplies"])
        with prepared_cursor() as cursor:
            cursor.execute(_COUNT_SQL, parameters)
            issued: dict[int, int] = dict(cursor.fetchall())
            if len(issued) != len(parameters["supplies"]):
                raise NotFree(Reason.CAPACITY)
            cursor.execute(_TAKE_SQL, parameters)
    return _last_numbers(wanted, issued)


def release_supplies(business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int]) -> int:
    """Give back everything that these owners hold or have taken. Returns how many pieces and places."""
    return sum(_give_back(business_id, owner_kind, list(owner_ids), for_good=False).values())


def firm_up_supplies(business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int]) -> int:
    """Turn the holds of these owners, lapsed or not, into taken ones. Returns how many allocations were still held.

    A hold that lapsed and made way for somebody else is not there any more and does not count.
    """
    owners = list(owner_ids)
    with transaction.atomic(savepoint=False):
        supplies = _lock_supplies_of(business_id, owner_kind, owners)
        if not supplies:
            return 0
        with prepared_cursor() as cursor:
            cursor.execute(_FIRM_UP_SQL, _own(business_id, owner_kind, owners, supplies))
            return int(cursor.fetchone()[0])


def hold_supplies_until(
    business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int], expires_at: datetime
) -> None:
    """What these owners have taken lapses then, unless it is firmed up before. Their supplies must be locked."""
    with prepared_cursor() as cursor:
        cursor.execute(
            """UPDATE availability_supplyallocation SET state = 'held', expires_at = %s
            WHERE business_id = %s AND owner_kind = %s AND owner_id = ANY(%s) AND state IN ('held', 'taken')""",
            [expires_at, business_id, owner_kind, list(owner_ids)],
        )


def retake_supplies(
    business_id: int,
    takings: Sequence[SupplyTaking],
    *,
    owner_kind: OwnerKind,
    owner_ids: Iterable[int] = (),
    now: datetime,
    expires_at: datetime | None = None,
) -> dict[tuple[int, int], int]:
    """Other places for owners, their old ones put aside first. Raises NotFree(CAPACITY) and changes nothing.

    `owner_ids`: owners who give back what they have, besides those who take. Returns as `take_supplies`.
    """
    owners = sorted({one.owner_id for one in takings} | set(owner_ids))
    with transaction.atomic():
        old = supplies_of(business_id, owner_kind, owners)
        lock_supplies(business_id, {*old, *(one.supply_id for one in takings)})
        _give_back(business_id, owner_kind, owners, for_good=False)
        return take_supplies(business_id, takings, owner_kind=owner_kind, now=now, expires_at=expires_at)


def set_total(business_id: int, supply_id: int, total: int, *, now: datetime, field: str = "total") -> None:
    """How many there are from now on. Below what is taken raises InvalidInput(`field`), which says how many that is."""
    with transaction.atomic(savepoint=False):
        found = set_totals_at_least(business_id, {supply_id: total}, now=now)
        if found[supply_id] != total:
            raise InvalidInput(
                "more than that are taken",
                field=field,
                params={"reason": "below_taken", "least": found[supply_id]},
            )


def set_totals_at_least(business_id: int, totals: Mapping[int, int], *, now: datetime) -> dict[int, int]:
    """As `set_total` for many, but what is taken stays: the totals as they are then."""
    lock_supplies(business_id, totals)
    found = {}
    with prepared_cursor() as cursor:
        for supply_id, total in sorted(totals.items()):
            parameters: dict[str, Any] = {"business": business_id, "supplies": [supply_id], "now": now}
            cursor.execute(_SET_TOTAL_SQL, {**parameters, "total": total})
            found[supply_id] = int(cursor.fetchone()[0])
    return found


def consume(business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int]) -> dict[int, int]:
    """Pieces of products that these owners have taken are handed over: there are fewer of them from now on.

    Returns how many of each supply. Holds are no sale yet and stay; places of sessions are not consumed.
    """
    return _give_back(business_id, owner_kind, list(owner_ids), for_good=True)


def lock_supplies(business_id: int, supply_ids: Collection[int]) -> None:
    """Lock them until the end of the transaction, in the order of their keys. Raises NotFound."""
    if not supply_ids:
        return
    with prepared_cursor() as cursor:
        cursor.execute(_LOCK_SQL, [business_id, list(supply_ids)])
        if cursor.rowcount != len(set(supply_ids)):
            raise NotFound("supply", params={"kind": "supply"})


def raise_supplies(business_id: int, supply_ids: Collection[int]) -> None:
    """Lock them: what was computed about these places is no longer true. Raises NotFound."""
    lock_supplies(business_id, supply_ids)
    with prepared_cursor() as cursor:
        cursor.execute(
            "UPDATE availability_supply SET revision = revision + 1 WHERE business_id = %s AND id = ANY(%s)",
            [business_id, list(supply_ids)],
        )


def issue_numbers(business_id: int, session_id: int, count: int) -> int:
    """The last of so many ticket numbers of a session, for places that have been taken before."""
    with prepared_cursor() as cursor:
        cursor.execute(
            """UPDATE availability_supply s SET issued = s.issued + %s FROM availability_session x
            WHERE x.business_id = %s AND x.id = %s AND s.business_id = x.business_id AND s.id = x.supply_id
            RETURNING s.issued""",
            [count, business_id, session_id],
        )
        return int(cursor.fetchone()[0])


def _give_back(
    business_id: int, owner_kind: OwnerKind, owners: Sequence[int], *, for_good: bool
) -> dict[int, int]:
    with transaction.atomic(savepoint=False):
        supplies = _lock_supplies_of(business_id, owner_kind, owners, products_only=for_good)
        if not supplies:
            return {}
        parameters = _own(business_id, owner_kind, owners, supplies)
        parameters |= {"for_good": for_good, "states": ["taken"] if for_good else ["held", "taken"]}
        with prepared_cursor() as cursor:
            cursor.execute(_GIVE_BACK_SQL, parameters)
            return {supply_id: int(quantity) for supply_id, quantity in cursor.fetchall()}


def _lock_supplies_of(
    business_id: int, owner_kind: OwnerKind, owners: Sequence[int], *, products_only: bool = False
) -> list[int]:
    found = supplies_of(business_id, owner_kind, owners, products_only=products_only)
    lock_supplies(business_id, found)
    return found


def supplies_of(
    business_id: int, owner_kind: OwnerKind, owners: Sequence[int], *, products_only: bool = False
) -> list[int]:
    """What these owners hold or have taken something of."""
    if not owners:
        return []
    with prepared_cursor() as cursor:
        cursor.execute(_SUPPLIES_OF_SQL, [business_id, owner_kind, list(owners), products_only])
        return [row[0] for row in cursor.fetchall()]


def _own(
    business_id: int, owner_kind: OwnerKind, owners: Sequence[int], supplies: Sequence[int]
) -> dict[str, Any]:
    return {"business": business_id, "owner_kind": owner_kind, "owners": owners, "supplies": supplies}


def _last_numbers(wanted: Iterable[SupplyTaking], issued: dict[int, int]) -> dict[tuple[int, int], int]:
    """Numbers go on from those that were issued before, in the order of the owners."""
    numbers = dict(issued)
    last = {}
    for one in wanted:
        numbers[one.supply_id] += one.numbers
        last[one.supply_id, one.owner_id] = numbers[one.supply_id]
    return last

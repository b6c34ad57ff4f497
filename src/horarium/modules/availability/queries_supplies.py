"""Reads of places and pieces. Holds that have passed their time count as free."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from horarium.platform.database.prepared import prepared_cursor

_READ_SQL = """
SELECT s.id, s.total, s.taken, s.revision,
    coalesce(sum(a.quantity) FILTER (WHERE a.expires_at <= %(now)s), 0),
    coalesce(sum(a.quantity) FILTER (WHERE a.expires_at > %(now)s), 0),
    min(date_part('epoch', a.expires_at)) FILTER (WHERE a.expires_at > %(now)s)
FROM availability_supply s
LEFT JOIN availability_supplyallocation a
    ON a.business_id = s.business_id AND a.supply_id = s.id AND a.state = 'held'
WHERE s.business_id = %(business)s AND s.id = ANY(%(supplies)s)
GROUP BY s.id
"""
_OWN_SQL = """
SELECT a.supply_id, sum(a.quantity)::int FROM availability_supplyallocation a
JOIN unnest(%(kinds)s::text[], %(owners)s::bigint[]) AS own (kind, id)
    ON a.owner_kind = own.kind AND a.owner_id = own.id
WHERE a.business_id = %(business)s AND a.supply_id = ANY(%(supplies)s)
    AND (a.state = 'taken' OR a.state = 'held' AND a.expires_at > %(now)s)
GROUP BY a.supply_id
"""
_PRODUCTS_SQL = """
SELECT product_id, id FROM availability_supply WHERE business_id = %s AND product_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class SupplyFacts:
    """`taken`: sold and held; `held`: the part of it that may still lapse, first at `lapses_at` (seconds)."""

    id: int
    total: int
    taken: int
    held: int
    revision: int
    lapses_at: float | None

    @property
    def free(self) -> int:
        return self.total - self.taken

    @property
    def sold(self) -> int:
        return self.taken - self.held


def read_supplies(
    business_id: int,
    supply_ids: Collection[int],
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> dict[int, SupplyFacts]:
    """By key; what another business has is not in it. One query, and another one with `besides`.

    `besides`: owners (kind, key) whose own places count as free, for a booking that is being changed.
    """
    if not supply_ids:
        return {}
    parameters: dict[str, Any] = {"business": business_id, "supplies": list(supply_ids), "now": now}
    owners = list(besides)
    own: dict[int, int] = {}
    with prepared_cursor() as cursor:
        if owners:
            named = {"kinds": [one[0] for one in owners], "owners": [one[1] for one in owners]}
            cursor.execute(_OWN_SQL, parameters | named)
            own = dict(cursor.fetchall())
        cursor.execute(_READ_SQL, parameters)
        return {
            key: SupplyFacts(key, total, taken - lapsed - own.get(key, 0), held, revision, lapses_at)
            for key, total, taken, revision, lapsed, held, lapses_at in cursor.fetchall()
        }


def supplies_of_products(business_id: int, product_ids: Collection[int]) -> dict[int, int]:
    """The supply of each product that has ever had any stock, by the product's key. One query."""
    if not product_ids:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(_PRODUCTS_SQL, [business_id, list(product_ids)])
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Movement:
    """Why there were more or fewer pieces; `reason` is a word of ours (`received`, …) or what staff wrote."""

    id: str
    delta: int
    reason: str
    user_id: int | None
    at: datetime


def list_movements(business_id: int, product_id: str, *, limit: int = 50) -> list[Movement]:
    """Movements of a product's stock, newest first. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(
            """SELECT m.public_id, m.delta, m.reason, m.user_id, m.at FROM availability_stockmovement m
            JOIN availability_supply s ON s.business_id = m.business_id AND s.id = m.supply_id
            JOIN catalog_product p ON p.business_id = s.business_id AND p.id = s.product_id
            WHERE m.business_id = %s AND p.public_id = %s ORDER BY m.id DESC LIMIT %s""",
            [business_id, product_id, limit],
        )
        return [Movement(*row) for row in cursor.fetchall()]

"""Stock of products: what comes in, what is counted, what is handed over. Each change leaves a movement that stays.

The pieces there are is the sum of all movements; those that are sold and not yet handed over are still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import ProductFacts
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.tenancy.scope import business_scope

from .actions_supplies import consume, lock_supplies, set_total
from .models import OwnerKind, StockMovement, Supply

MOST_PIECES = 1_000_000
HANDED_OVER = "handed_over"
"""The reason of pieces that guests took with them; faces translate it."""
RECEIVED = "received"
COUNTED = "counted"

_SUPPLY_SQL = """
INSERT INTO availability_supply (business_id, product_id, total, taken, issued, revision) VALUES (%s, %s, 0, 0, 0, 1)
ON CONFLICT (product_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Stock:
    """Pieces of a product: all, and those of them that nobody has taken."""

    total: int
    free: int


def receive_stock(
    business_id: int, product_id: str, quantity: int, *, reason: str = RECEIVED, actor: Actor, now: datetime
) -> Stock:
    """So many pieces more. Raises NotFound, InvalidInput(`quantity`) and for a product whose pieces are not counted."""
    if not 1 <= quantity <= MOST_PIECES:
        raise InvalidInput("not a number of pieces", field="quantity", params={"reason": "out_of_range"})
    with business_scope(business_id), transaction.atomic():
        product = _counted(business_id, product_id)
        supply = _lock(business_id, product)
        return _set(supply, product, supply.total + quantity, reason=reason, actor=actor, now=now)


def correct_stock(
    business_id: int, product_id: str, counted: int, *, reason: str = COUNTED, actor: Actor, now: datetime
) -> Stock:
    """So many pieces are there, those sold and not yet handed over among them.

    Raises NotFound, and InvalidInput(`counted`) below what is taken: then sales must be cancelled first.
    """
    if not 0 <= counted <= MOST_PIECES:
        raise InvalidInput("not a number of pieces", field="counted", params={"reason": "out_of_range"})
    with business_scope(business_id), transaction.atomic():
        product = _counted(business_id, product_id)
        supply = _lock(business_id, product)
        return _set(supply, product, counted, reason=reason, actor=actor, now=now, field="counted")


def hand_over(
    business_id: int,
    *,
    booking_ids: Iterable[int] = (),
    line_ids: Iterable[int] = (),
    subject: str,
    actor: Actor,
    now: datetime,
) -> int:
    """The guests take with them what these bookings (extras) and lines have bought, by their keys.

    Returns how many pieces; twice is once. `subject`: the public id of the order. Call it inside the transaction that
    marks them as completed.
    """
    with business_scope(business_id), transaction.atomic():
        gone: dict[int, int] = {}
        for kind, owners in ((OwnerKind.BOOKING, booking_ids), (OwnerKind.LINE, line_ids)):
            for supply_id, quantity in consume(business_id, kind, owners).items():
                gone[supply_id] = gone.get(supply_id, 0) + quantity
        _move(business_id, {key: -quantity for key, quantity in gone.items()}, HANDED_OVER, actor, now)
        if gone:
            record(business_id, actor, "stock.handed_over", subject, after={"pieces": sum(gone.values())})
        return sum(gone.values())


def _counted(business_id: int, product_id: str) -> ProductFacts:
    product = get_current_catalog(business_id).get_product(product_id, public_only=False)
    if not product.is_stocked:
        raise InvalidInput("pieces are not counted", field="product", params={"reason": "not_stocked"})
    return product


def _lock(business_id: int, product: ProductFacts) -> Supply:
    """Its supply, locked, and made when it is the first."""
    with prepared_cursor() as cursor:
        cursor.execute(_SUPPLY_SQL, [business_id, product.id])
    supply = Supply.objects.get(business_id=business_id, product_id=product.id)
    lock_supplies(business_id, [supply.pk])
    supply.refresh_from_db()
    return supply


def _set(
    supply: Supply,
    product: ProductFacts,
    total: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    field: str = "quantity",
) -> Stock:
    before = supply.total
    if total > MOST_PIECES:
        raise InvalidInput("too many pieces", field=field, params={"reason": "out_of_range"})
    if total != before:
        set_total(supply.business_id, supply.pk, total, now=now, field=field)
        _move(supply.business_id, {supply.pk: total - before}, reason, actor, now)
        record(
            supply.business_id,
            actor,
            "stock.changed",
            product.public_id,
            before={"total": before},
            after={"total": total, "reason": reason},
        )
    supply.refresh_from_db()
    return Stock(supply.total, supply.total - supply.taken)


def _move(business_id: int, deltas: Mapping[int, int], reason: str, actor: Actor, now: datetime) -> None:
    StockMovement.objects.bulk_create(
        StockMovement(
            business_id=business_id,
            supply_id=supply_id,
            delta=delta,
            reason=reason.strip()[:120],
            user_id=actor.user_id,
            at=now,
        )
        for supply_id, delta in sorted(deltas.items())
    )

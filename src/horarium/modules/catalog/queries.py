"""The catalogue of a business in one query, kept in memory until its revision changes."""

from __future__ import annotations

from threading import Lock

from cachetools import LRUCache
from django.db import connection
from django.db.models import QuerySet

from horarium.kit.errors import NotFound
from horarium.platform.database.prepared import prepared_cursor

from .models import BookingRules, Category, Offering
from .queries_snapshot import load_catalog
from .rules import Catalog

_memory: LRUCache[int, Catalog] = LRUCache(maxsize=512)
_lock = Lock()


def get_catalog(business_id: int, revision: int | None = None) -> Catalog:
    """The catalogue as of `revision` or newer (None: as of now, at the price of one query).

    Raises NotFound for a business that does not exist.
    """
    if revision is not None:
        with _lock:
            known = _memory.get(business_id)
        if known is not None and known.revision == revision:
            return known
    fresh = load_catalog(business_id)
    with _lock:
        _memory[business_id] = fresh
    return fresh


def catalog_of(slug: str) -> Catalog:
    """The present catalogue of an active business: one query when it is in memory and unchanged, else two.

    Raises NotFound.
    """
    with prepared_cursor() as cursor:
        cursor.execute(
            "SELECT id, catalog_revision FROM tenancy_business WHERE slug = %s AND is_active", [slug]
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound("business", params={"kind": "business"})
    return get_catalog(*row)


def get_current_catalog(business_id: int) -> Catalog:
    """The present catalogue: one query when it is in memory and unchanged, else two."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalog_revision FROM tenancy_business WHERE id = %s", [business_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("business", params={"kind": "business"})
    return get_catalog(business_id, row[0])


def list_offerings(business_id: int) -> list[Offering]:
    """All of them, archived ones too, with everything that staff can change but prices. A fixed number of queries."""
    return list(_offerings(business_id))


def get_offering(business_id: int, offering_id: str) -> Offering:
    """Raises NotFound."""
    offering = _offerings(business_id).filter(public_id=offering_id).first()
    if offering is None:
        raise NotFound("offering", params={"kind": "offering"})
    return offering


def lock_offering(business_id: int, offering_id: str) -> Offering:
    """The offering's row, locked until the end of the transaction. Raises NotFound."""
    offering = (
        Offering.objects.select_for_update(no_key=True)
        .filter(business_id=business_id, public_id=offering_id)
        .first()
    )
    if offering is None:
        raise NotFound("offering", params={"kind": "offering"})
    return offering


def list_categories(business_id: int) -> list[Category]:
    return list(Category.objects.filter(business_id=business_id))


def get_booking_rules(business_id: int) -> BookingRules:
    """Those of the business, or the defaults of a new one."""
    found = BookingRules.objects.filter(business_id=business_id).first()
    return found or BookingRules(business_id=business_id)


def _offerings(business_id: int) -> QuerySet[Offering]:
    return (
        Offering.objects.filter(business_id=business_id)
        .select_related("location", "category", "photo", "policy")
        .prefetch_related(
            "extras__product",
            "extras__needs_offering",
            "requirements__extra",
            "requirements__choices__resource",
            "requirements__choices__pool",
        )
    )

"""The catalogue of a business in one query, kept in memory until its revision changes."""

from __future__ import annotations

from threading import Lock
from typing import Any

from cachetools import LRUCache
from django.db import connection
from django.db.models import QuerySet

from horarium.kit.errors import NotFound
from horarium.modules.resources import queries as resources
from horarium.modules.resources.rules import OpeningRules

from .models import BookingRules, Category, Offering
from .rules import (
    BusinessFacts,
    Catalog,
    CategoryFacts,
    ExtraFacts,
    LocationFacts,
    Need,
    OfferingFacts,
    PaymentTerms,
)

_DEFAULTS = {
    "grid": 15,
    "lead": 60,
    "horizon_days": 90,
    "hold_minutes": 15,
    "cancel_free_hours": 24,
    "reminder_hours": 24,
    "needs_phone": False,
}

_SNAPSHOT_SQL = f"""
SELECT json_build_array(b.id, b.public_id, b.slug, b.name, b.type, b.currency, b.country, b.default_language,
        b.brand_color, b.tagline, b.about, b.email, b.phone, b.website, b.cover_file, b.translations) AS business,
    b.catalog_revision,
    (SELECT json_build_object('grid', d.grid_minutes, 'lead', d.lead_minutes, 'horizon_days', d.horizon_days,
        'hold_minutes', d.hold_minutes, 'cancel_free_hours', d.cancel_free_hours,
        'reminder_hours', d.reminder_hours, 'needs_phone', d.needs_phone)
     FROM catalog_bookingrules d WHERE d.business_id = b.id) AS defaults,
    (SELECT coalesce(json_agg(json_build_array(l.id, l.public_id, l.name, l.address, l.city, l.country, l.time_zone,
        l.phone, l.directions) ORDER BY l.position, l.id), '[]')
     FROM tenancy_location l WHERE l.business_id = b.id) AS locations,
    (SELECT coalesce(json_agg(json_build_array(c.id, c.public_id, c.name, c.translations)
        ORDER BY c.position, c.id), '[]')
     FROM catalog_category c WHERE c.business_id = b.id) AS categories,
    (SELECT coalesce(json_agg(json_build_object('id', o.id, 'public_id', o.public_id, 'slug', o.slug,
        'name', o.name, 'summary', o.summary, 'description', o.description, 'translations', o.translations,
        'category_id', o.category_id, 'location', o.location_id, 'photo', coalesce(f.name, ''), 'mode', o.mode,
        'durations', o.durations, 'grid', o.grid_minutes, 'fixed_starts', o.fixed_starts,
        'buffer_before', o.buffer_before, 'buffer_after', o.buffer_after, 'lead', o.lead_minutes,
        'horizon_days', o.horizon_days, 'party_min', o.party_min, 'party_max', o.party_max,
        'is_public', o.is_public, 'is_active', o.is_active, 'terms', json_build_object(
            'prepayment', o.prepayment, 'deposit_value', o.deposit_value, 'hold_minutes', o.hold_minutes,
            'needs_approval', o.needs_approval, 'cancel_free_hours', o.cancel_free_hours))
        ORDER BY o.position, o.id), '[]')
     FROM catalog_offering o LEFT JOIN files_storedfile f ON f.id = o.photo_id
     WHERE o.business_id = b.id) AS offerings,
    (SELECT coalesce(json_agg(json_build_array(x.offering_id, x.id, x.public_id, x.name, x.summary, x.translations)
        ORDER BY x.position, x.id), '[]')
     FROM catalog_extra x WHERE x.business_id = b.id AND x.is_active) AS extras,
    (SELECT coalesce(json_agg(json_build_array(q.offering_id, q.id, q.label, q.quantity, q.from_minute,
        q.until_minute, q.is_choosable, q.extra_id) ORDER BY q.position, q.id), '[]')
     FROM catalog_requirement q WHERE q.business_id = b.id) AS needs,
    (SELECT coalesce(json_agg(json_build_array(h.requirement_id, h.resource_id, h.pool_id)), '[]')
     FROM catalog_requirementchoice h WHERE h.business_id = b.id) AS choices,
    {resources.SNAPSHOT_SQL}
FROM tenancy_business b WHERE b.id = %s
"""

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
    fresh = _load(business_id)
    with _lock:
        _memory[business_id] = fresh
    return fresh


def get_current_catalog(business_id: int) -> Catalog:
    """The present catalogue: one query when it is in memory and unchanged, else two."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalog_revision FROM tenancy_business WHERE id = %s", [business_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("business", params={"kind": "business"})
    return get_catalog(business_id, row[0])


def _load(business_id: int) -> Catalog:
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT_SQL, [business_id])
        row = cursor.fetchone()
        if row is None:
            raise NotFound("business", params={"kind": "business"})
        columns = [column.name for column in cursor.description]
    return _parse(dict(zip(columns, row, strict=True)))


def _parse(row: dict[str, Any]) -> Catalog:
    rules = resources.parse_rules(row["weekly"], row["dated"])
    locations = {
        one[0]: LocationFacts(*(*one, rules.get((None, one[0]), OpeningRules()))) for one in row["locations"]
    }
    facts = resources.parse_resources(row["resources"], rules)
    active = {one.id for one in facts.values() if one.is_active}
    defaults = row["defaults"] or _DEFAULTS
    offerings = _parse_offerings(row, locations, defaults, active)
    return Catalog(
        business=BusinessFacts(*(*row["business"], defaults["needs_phone"], defaults["reminder_hours"])),
        revision=row["catalog_revision"],
        locations=locations,
        categories=tuple(CategoryFacts(*one) for one in row["categories"]),
        resources=facts,
        offerings={one.public_id: one for one in offerings},
    )


def _parse_needs(row: dict[str, Any], active: set[int]) -> dict[int, list[Need]]:
    members: dict[int, list[int]] = {}
    for pool_id, resource_id in row["pools"]:
        members.setdefault(pool_id, []).append(resource_id)
    candidates: dict[int, set[int]] = {}
    for need_id, resource_id, pool_id in row["choices"]:
        chosen = [resource_id] if pool_id is None else members.get(pool_id, [])
        candidates.setdefault(need_id, set()).update(active.intersection(chosen))
    needs: dict[int, list[Need]] = {}
    for offering_id, need_id, *rest in row["needs"]:
        need = Need(*(need_id, *rest, tuple(sorted(candidates.get(need_id, ())))))
        needs.setdefault(offering_id, []).append(need)
    return needs


def _parse_offerings(
    row: dict[str, Any], locations: dict[int, LocationFacts], defaults: dict[str, Any], active: set[int]
) -> list[OfferingFacts]:
    extras: dict[int, list[ExtraFacts]] = {}
    for offering_id, *rest in row["extras"]:
        extras.setdefault(offering_id, []).append(ExtraFacts(*rest))
    needs = _parse_needs(row, active)
    offerings = []
    for one in row["offerings"]:
        of_offering = tuple(extras.get(one["id"], ()))
        known = {extra.id for extra in of_offering}
        one["location"] = locations[one["location"]]
        one["needs"] = tuple(
            need for need in needs.get(one["id"], ()) if need.extra_id is None or need.extra_id in known
        )
        offerings.append(_parse_offering(one, of_offering, defaults))
    return offerings


def _parse_offering(
    one: dict[str, Any], extras: tuple[ExtraFacts, ...], defaults: dict[str, Any]
) -> OfferingFacts:
    """What the offering leaves open is as the business has it."""
    filled = {
        name: defaults[name] if value is None else value for name, value in one.items() if name in defaults
    }
    terms: dict[str, Any] = {
        name: defaults.get(name) if value is None else value for name, value in one["terms"].items()
    }
    return OfferingFacts(
        **{
            **one,
            **filled,
            "terms": PaymentTerms(**terms),
            "durations": tuple(one["durations"]),
            "fixed_starts": tuple(sorted(one["fixed_starts"])),
            "extras": extras,
        }
    )


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
        .select_related("location", "category", "photo")
        .prefetch_related(
            "extras", "requirements__extra", "requirements__choices__resource", "requirements__choices__pool"
        )
    )

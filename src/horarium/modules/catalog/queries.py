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

_DEFAULTS = (15, 60, 90, 15, 24, 24, False)

_SNAPSHOT_SQL = f"""
SELECT json_build_array(b.id, b.public_id, b.slug, b.name, b.type, b.currency, b.country, b.default_language,
        b.brand_color, b.tagline, b.about, b.email, b.phone, b.website, b.cover_file, b.translations) AS business,
    b.catalog_revision,
    (SELECT json_build_array(d.grid_minutes, d.lead_minutes, d.horizon_days, d.hold_minutes, d.cancel_free_hours,
        d.reminder_hours, d.needs_phone) FROM catalog_bookingrules d WHERE d.business_id = b.id) AS defaults,
    (SELECT coalesce(json_agg(json_build_array(l.id, l.public_id, l.name, l.address, l.city, l.country, l.time_zone,
        l.phone, l.directions) ORDER BY l.position, l.id), '[]')
     FROM tenancy_location l WHERE l.business_id = b.id) AS locations,
    (SELECT coalesce(json_agg(json_build_array(c.id, c.public_id, c.name, c.translations)
        ORDER BY c.position, c.id), '[]')
     FROM catalog_category c WHERE c.business_id = b.id) AS categories,
    (SELECT coalesce(json_agg(json_build_array(o.id, o.public_id, o.slug, o.name, o.summary, o.description,
        o.translations, o.category_id, o.location_id, coalesce(f.name, ''), o.mode, o.durations, o.grid_minutes,
        o.fixed_starts, o.buffer_before, o.buffer_after, o.lead_minutes, o.horizon_days, o.party_min, o.party_max,
        o.prepayment, o.deposit_value, o.hold_minutes, o.needs_approval, o.cancel_free_hours, o.is_public,
        o.is_active) ORDER BY o.position, o.id), '[]')
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
    defaults = row["defaults"] or list(_DEFAULTS)
    offerings = _parse_offerings(row, locations, defaults, active)
    return Catalog(
        business=BusinessFacts(*(*row["business"], defaults[6], defaults[5])),
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
    row: dict[str, Any],
    locations: dict[int, LocationFacts],
    defaults: list[Any],
    active: set[int],
) -> list[OfferingFacts]:
    extras: dict[int, list[ExtraFacts]] = {}
    for offering_id, *rest in row["extras"]:
        extras.setdefault(offering_id, []).append(ExtraFacts(*rest))
    needs = _parse_needs(row, active)
    return [
        _parse_offering(
            one,
            locations,
            defaults,
            tuple(needs.get(one[0], ())),
            tuple(extras.get(one[0], ())),
        )
        for one in row["offerings"]
    ]


def _parse_offering(
    one: list[Any],
    locations: dict[int, LocationFacts],
    defaults: list[Any],
    needs: tuple[Need, ...],
    extras: tuple[ExtraFacts, ...],
) -> OfferingFacts:
    (
        id_,
        public_id,
        slug,
        name,
        summary,
        description,
        translations,
        category_id,
        location_id,
        photo,
        mode,
    ) = one[:11]
    (
        durations,
        grid,
        fixed_starts,
        before,
        after,
        lead,
        horizon,
        party_min,
        party_max,
    ) = one[11:20]
    (prepayment, deposit, hold, approval, cancel_hours, is_public, is_active) = one[20:]
    known = {extra.id for extra in extras}
    return OfferingFacts(
        id=id_,
        public_id=public_id,
        slug=slug,
        name=name,
        summary=summary,
        description=description,
        translations=translations,
        category_id=category_id,
        location=locations[location_id],
        photo=photo,
        mode=mode,
        durations=tuple(durations),
        grid=defaults[0] if grid is None else grid,
        fixed_starts=tuple(sorted(fixed_starts)),
        buffer_before=before,
        buffer_after=after,
        lead=defaults[1] if lead is None else lead,
        horizon_days=defaults[2] if horizon is None else horizon,
        party_min=party_min,
        party_max=party_max,
        terms=PaymentTerms(
            prepayment=prepayment,
            deposit_value=deposit,
            hold_minutes=defaults[3] if hold is None else hold,
            needs_approval=approval,
            cancel_free_hours=defaults[4] if cancel_hours is None else cancel_hours,
        ),
        needs=tuple(need for need in needs if need.extra_id is None or need.extra_id in known),
        extras=extras,
        is_public=is_public,
        is_active=is_active,
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

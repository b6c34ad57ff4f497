"""One statement that reads a whole catalogue, and what it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection

from horarium.kit.errors import NotFound
from horarium.modules.resources import queries as resources
from horarium.modules.resources.rules import OpeningRules

from .rules import (
    BusinessFacts,
    Catalog,
    CategoryFacts,
    ExtraFacts,
    LocationFacts,
    Need,
    OfferingFacts,
    PaymentTerms,
    ProductFacts,
    RatePlanFacts,
    RestrictionFacts,
    Terms,
    TicketTypeFacts,
    Tier,
    usual_terms,
)

_DEFAULTS = {
    "grid": 15,
    "lead": 60,
    "horizon_days": 90,
    "hold_minutes": 15,
    "cancel_free_hours": 24,
    "reminder_hours": 24,
    "needs_phone": False,
    "waiting_offer_minutes": 60,
    "policy": None,
}

_OF_BUSINESS = ("needs_phone", "reminder_hours", "waiting_offer_minutes")

_SNAPSHOT_SQL = f"""
SELECT json_build_array(b.id, b.public_id, b.slug, b.name, b.type, b.currency, b.country, b.default_language,
        b.brand_color, b.tagline, b.about, b.email, b.phone, b.website, b.cover_file, b.translations) AS business,
    b.catalog_revision,
    (SELECT json_build_object('grid', d.grid_minutes, 'lead', d.lead_minutes, 'horizon_days', d.horizon_days,
        'hold_minutes', d.hold_minutes, 'cancel_free_hours', d.cancel_free_hours,
        'reminder_hours', d.reminder_hours, 'needs_phone', d.needs_phone,
        'waiting_offer_minutes', d.waiting_offer_minutes, 'policy', d.policy_id)
     FROM catalog_bookingrules d WHERE d.business_id = b.id) AS defaults,
    (SELECT coalesce(json_agg(json_build_array(l.id, l.public_id, l.name, l.address, l.city, l.country, l.time_zone,
        l.phone, l.directions, l.translations) ORDER BY l.position, l.id), '[]')
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
        'is_public', o.is_public, 'is_active', o.is_active, 'check_in', o.check_in_minute,
        'check_out', o.check_out_minute, 'included_guests', o.included_guests, 'capacity', o.capacity,
        'is_shared', o.is_shared, 'has_waiting_list', o.has_waiting_list,
        'repeats_up_to', o.repeats_up_to, 'terms', json_build_object(
            'prepayment', o.prepayment, 'deposit_value', o.deposit_value, 'hold_minutes', o.hold_minutes,
            'needs_approval', o.needs_approval, 'approval_hours', o.approval_hours,
            'cancel_free_hours', o.cancel_free_hours, 'policy', o.policy_id))
        ORDER BY o.position, o.id), '[]')
     FROM catalog_offering o LEFT JOIN files_storedfile f ON f.id = o.photo_id
     WHERE o.business_id = b.id) AS offerings,
    (SELECT coalesce(json_agg(json_build_array(x.offering_id, x.id, x.public_id, x.name, x.summary, x.translations,
        x.max_quantity, x.extends_before, x.extends_after, x.product_id, x.needs_offering_id)
        ORDER BY x.position, x.id), '[]')
     FROM catalog_extra x WHERE x.business_id = b.id AND x.is_active) AS extras,
    (SELECT coalesce(json_agg(json_build_array(q.offering_id, q.id, q.label, q.quantity, q.from_minute,
        q.until_minute, q.is_choosable, q.extra_id, q.is_per_person) ORDER BY q.position, q.id), '[]')
     FROM catalog_requirement q WHERE q.business_id = b.id) AS needs,
    (SELECT coalesce(json_agg(json_build_array(h.requirement_id, h.resource_id, h.pool_id)), '[]')
     FROM catalog_requirementchoice h WHERE h.business_id = b.id) AS choices,
    (SELECT coalesce(json_agg(json_build_array(p.id, p.cancellation, p.rescheduling, p.no_show_percent,
        p.no_show_minor)), '[]')
     FROM catalog_policy p WHERE p.business_id = b.id) AS policies,
    (SELECT coalesce(json_agg(json_build_array(r.offering_id, r.id, r.public_id, r.name, r.summary, r.translations,
        r.prepayment, r.deposit_value, r.policy_id) ORDER BY r.position, r.id), '[]')
     FROM catalog_rateplan r WHERE r.business_id = b.id AND r.is_active) AS rate_plans,
    (SELECT coalesce(json_agg(json_build_array(t.offering_id, t.rate_plan_id, t.first_on, t.last_on, t.weekdays,
        t.min_nights, t.max_nights, t.min_nights_on_arrival, t.closed_to_arrival, t.closed_to_departure,
        t.is_closed) ORDER BY t.id), '[]')
     FROM catalog_restriction t WHERE t.business_id = b.id) AS restrictions,
    (SELECT coalesce(json_agg(json_build_array(t.offering_id, t.id, t.public_id, t.name, t.summary, t.translations,
        t.places, t.max_per_order) ORDER BY t.position, t.id), '[]')
     FROM catalog_tickettype t WHERE t.business_id = b.id AND t.is_active) AS ticket_types,
    (SELECT coalesce(json_agg(json_build_array(g.id, g.public_id, g.category_id, g.name, g.summary, g.description,
        g.translations, coalesce(f.name, ''), g.price_minor, g.is_stocked, g.max_per_order, g.is_public, g.is_active)
        ORDER BY g.position, g.id), '[]')
     FROM catalog_product g LEFT JOIN files_storedfile f ON f.id = g.photo_id
     WHERE g.business_id = b.id) AS products,
    {resources.SNAPSHOT_SQL}
FROM tenancy_business b WHERE b.id = %s
"""


def load_catalog(business_id: int) -> Catalog:
    """One query. Raises NotFound."""
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
        business=BusinessFacts(*(*row["business"], *(defaults[name] for name in _OF_BUSINESS))),
        revision=row["catalog_revision"],
        locations=locations,
        categories=tuple(CategoryFacts(*one) for one in row["categories"]),
        resources=facts,
        offerings={one.public_id: one for one in offerings},
        products={one[1]: ProductFacts(*one) for one in row["products"]},
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
    for offering_id, need_id, *rest, is_per_person in row["needs"]:
        need = Need(*(need_id, *rest, tuple(sorted(candidates.get(need_id, ()))), is_per_person))
        needs.setdefault(offering_id, []).append(need)
    return needs


def _parse_offerings(
    row: dict[str, Any], locations: dict[int, LocationFacts], defaults: dict[str, Any], active: set[int]
) -> list[OfferingFacts]:
    extras: dict[int, list[ExtraFacts]] = {}
    for offering_id, *rest in row["extras"]:
        extras.setdefault(offering_id, []).append(ExtraFacts(*rest))
    ticket_types: dict[int, list[TicketTypeFacts]] = {}
    for offering_id, *rest in row["ticket_types"]:
        ticket_types.setdefault(offering_id, []).append(TicketTypeFacts(*rest))
    restrictions = _parse_restrictions(row)
    needs = _parse_needs(row, active)
    policies = {one[0]: _parse_policy(*one[1:]) for one in row["policies"]}
    offerings = []
    for one in row["offerings"]:
        of_offering = tuple(extras.get(one["id"], ()))
        known = {extra.id for extra in of_offering}
        terms = _parse_terms(one["terms"], defaults, policies)
        filled = {
            name: defaults[name] if value is None else value
            for name, value in one.items()
            if name in defaults
        }
        parts: dict[str, Any] = {
            "location": locations[one["location"]],
            "needs": tuple(
                need for need in needs.get(one["id"], ()) if need.extra_id is None or need.extra_id in known
            ),
            "terms": terms,
            "durations": tuple(one["durations"]),
            "fixed_starts": tuple(sorted(one["fixed_starts"])),
            "extras": of_offering,
            "rate_plans": _parse_rate_plans(row, one["id"], terms, policies),
            "restrictions": tuple(restrictions.get(one["id"], ())),
            "ticket_types": tuple(ticket_types.get(one["id"], ())),
        }
        offerings.append(OfferingFacts(**{**one, **filled, **parts}))
    return offerings


def _parse_terms(one: dict[str, Any], defaults: dict[str, Any], policies: dict[int, Terms]) -> PaymentTerms:
    """What the offering leaves open is as the business has it."""
    free_hours = (
        defaults["cancel_free_hours"] if one["cancel_free_hours"] is None else one["cancel_free_hours"]
    )
    own = one["policy"] or (defaults["policy"] if one["cancel_free_hours"] is None else None)
    return PaymentTerms(
        prepayment=one["prepayment"],
        deposit_value=one["deposit_value"],
        hold_minutes=defaults["hold_minutes"] if one["hold_minutes"] is None else one["hold_minutes"],
        needs_approval=one["needs_approval"],
        approval_hours=one["approval_hours"],
        cancel_free_hours=free_hours,
        policy=policies[own] if own else usual_terms(free_hours),
    )


def _parse_policy(
    cancellation: list[dict[str, int]], rescheduling: list[dict[str, int]], percent: int, minor: int
) -> Terms:
    return Terms(
        tuple(Tier(**one) for one in cancellation),
        tuple(Tier(**one) for one in rescheduling),
        Tier(0, percent, minor),
    )


def _parse_rate_plans(
    row: dict[str, Any], offering_id: int, terms: PaymentTerms, policies: dict[int, Terms]
) -> tuple[RatePlanFacts, ...]:
    plans = []
    for of_offering, *facts, prepayment, deposit_value, policy_id in row["rate_plans"]:
        if of_offering != offering_id:
            continue
        own = terms
        if prepayment:
            own = replace(own, prepayment=prepayment, deposit_value=deposit_value)
        if policy_id:
            own = replace(own, policy=policies[policy_id])
        plans.append(RatePlanFacts(*(*facts, own)))
    return tuple(plans)


def _parse_restrictions(row: dict[str, Any]) -> dict[int, list[RestrictionFacts]]:
    found: dict[int, list[RestrictionFacts]] = {}
    for offering_id, plan_id, first, last, weekdays, *rest in row["restrictions"]:
        dates = date.fromisoformat(first), date.fromisoformat(last)
        found.setdefault(offering_id, []).append(
            RestrictionFacts(plan_id, *dates, frozenset(weekdays), *rest)
        )
    return found

"""What a business shows of itself, as JSON, in one language."""

from __future__ import annotations

from datetime import date
from typing import Any

from horarium.api.languages import languages_of
from horarium.modules.catalog.rules import (
    Catalog,
    CategoryFacts,
    ExtraFacts,
    LocationFacts,
    Need,
    OfferingFacts,
    PaymentTerms,
    translated,
)
from horarium.modules.resources.rules import ResourceFacts
from horarium.platform.files.storage import media_path

from .prices import lowest_price, price_of_extra, ticket_price_from


def business_json(catalog: Catalog, language: str) -> dict[str, Any]:
    business = catalog.business
    return {
        "id": business.public_id,
        "slug": business.slug,
        "name": business.name,
        "type": business.type,
        "currency": business.currency,
        "country": business.country,
        "language": language,
        "default_language": business.default_language,
        "languages": languages_of(business.default_language, list(business.translations)),
        "brand_color": business.brand_color,
        "tagline": business.text("tagline", language),
        "about": business.text("about", language),
        "email": business.email,
        "phone": business.phone,
        "website": business.website,
        "cover": file_url(business.cover),
        "needs_phone": business.needs_phone,
        "locations": [location_json(one, language) for one in catalog.locations.values()],
        "categories": [category_json(one, language) for one in catalog.categories],
    }


def location_json(location: LocationFacts, language: str) -> dict[str, Any]:
    return {
        "id": location.public_id,
        "name": location.text("name", language),
        "address": location.text("address", language),
        "city": location.text("city", language),
        "country": location.country,
        "time_zone": location.time_zone,
        "phone": location.phone,
        "directions": location.text("directions", language),
    }


def category_json(category: CategoryFacts, language: str) -> dict[str, Any]:
    return {
        "id": category.public_id,
        "name": translated(category.translations, "name", language, category.name),
    }


def offering_json(catalog: Catalog, offering: OfferingFacts, language: str, today: date) -> dict[str, Any]:
    """What a guest must know to choose; internal needs and buffers stay inside."""
    category = next((one for one in catalog.categories if one.id == offering.category_id), None)
    price = lowest_price(catalog, offering, today)
    return {
        "id": offering.public_id,
        "slug": offering.slug,
        "name": offering.text("name", language),
        "summary": offering.text("summary", language),
        "description": offering.text("description", language),
        "category": None if category is None else category.public_id,
        "location": offering.location.public_id,
        "time_zone": offering.location.time_zone,
        "photo": file_url(offering.photo),
        "mode": offering.mode,
        "durations": offering.durations,
        "party_min": offering.party_min,
        "party_max": offering.party_max,
        "lead_minutes": offering.lead,
        "horizon_days": offering.horizon_days,
        "repeats_up_to": offering.repeats_up_to,
        "price_from": None if price is None else price.as_json(),
        "terms": terms_json(offering.terms),
        "extras": [_extra_json(catalog, offering, extra, language, today) for extra in offering.extras],
        "resources": [resource_json(catalog.resources[one], language) for one in choosable(offering.needs)],
        "stay": _stay_json(offering, language) if offering.mode == "stay" else None,
        "session": _session_json(catalog, offering, language, today) if offering.mode == "session" else None,
    }


def _extra_json(
    catalog: Catalog, offering: OfferingFacts, extra: ExtraFacts, language: str, today: date
) -> dict[str, Any]:
    price = price_of_extra(catalog, offering, extra, today)
    return {
        "id": extra.public_id,
        "name": extra.text("name", language),
        "summary": extra.text("summary", language),
        "max_quantity": extra.max_quantity,
        "price": None if price is None else price.amount.as_json(),
        "basis": None if price is None else price.basis,
    }


def _stay_json(offering: OfferingFacts, language: str) -> dict[str, Any]:
    return {
        "check_in": _clock(offering.check_in),
        "check_out": _clock(offering.check_out),
        "included_guests": offering.included_guests,
        "rate_plans": [
            {
                "id": one.public_id,
                "name": one.text("name", language),
                "summary": one.text("summary", language),
                "terms": terms_json(one.terms),
            }
            for one in offering.rate_plans
        ],
    }


def _session_json(catalog: Catalog, offering: OfferingFacts, language: str, today: date) -> dict[str, Any]:
    return {
        "is_shared": offering.is_shared,
        "capacity": offering.capacity,
        "ticket_types": [
            {
                "id": one.public_id,
                "name": one.text("name", language),
                "summary": one.text("summary", language),
                "places": one.places,
                "max_per_order": one.max_per_order,
                "price_from": ticket_price_from(catalog, offering, one.id, today).as_json(),
            }
            for one in offering.ticket_types
        ],
    }


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def terms_json(terms: PaymentTerms) -> dict[str, Any]:
    """`deposit_value`: percent or minor units, by `prepayment`."""
    return {
        "prepayment": terms.prepayment,
        "deposit_value": terms.deposit_value if terms.prepayment.startswith("deposit") else None,
        "hold_minutes": terms.hold_minutes,
        "needs_approval": terms.needs_approval,
        "cancel_free_hours": next(
            (one.minutes // 60 for one in reversed(terms.policy.cancellation) if one.is_free), None
        ),
        "cancellation": [
            {"minutes": one.minutes, "percent": one.percent, "minor": one.minor}
            for one in terms.policy.cancellation
        ],
    }


def resource_json(resource: ResourceFacts, language: str) -> dict[str, Any]:
    return {
        "id": resource.public_id,
        "kind": resource.kind,
        "name": translated(resource.translations, "name", language, resource.name),
        "title": translated(resource.translations, "title", language, resource.title),
        "photo": file_url(resource.photo),
    }


def choosable(needs: tuple[Need, ...]) -> list[int]:
    """Resources that the guest may ask for, each once, in the order of the needs."""
    return list(dict.fromkeys(one for need in needs if need.is_choosable for one in need.candidates))


def file_url(name: str) -> str | None:
    return media_path(name) or None

"""The catalogue as plain values: what the engine, the price list and every face read.

A `Catalog` is everything of a business that changes only with its `catalog_revision`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from horarium.kit.errors import NotFound
from horarium.kit.money import Money
from horarium.modules.resources.rules import OpeningRules, ResourceFacts

from .policies import Terms, usual_terms

Translations = dict[str, dict[str, str]]


def translated(translations: Translations, field: str, language: str, default: str) -> str:
    """A text of the business in the reader's language, else in its own."""
    return translations.get(language.split("-")[0], {}).get(field) or default


@dataclass(frozen=True, slots=True)
class LocationFacts:
    id: int
    public_id: str
    name: str
    address: str
    city: str
    country: str
    time_zone: str
    phone: str
    directions: str
    translations: Translations
    rules: OpeningRules

    def text(self, field: str, language: str) -> str:
        return translated(self.translations, field, language, str(getattr(self, field)))


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement with its pools resolved: `quantity` of `candidates`, minutes from the booking's start.

    `is_per_person`: so many for each of the party.
    """

    id: int
    label: str
    quantity: int
    from_minute: int
    until_minute: int | None
    is_choosable: bool
    extra_id: int | None
    candidates: tuple[int, ...]
    is_per_person: bool = False


@dataclass(frozen=True, slots=True)
class ExtraFacts:
    id: int
    public_id: str
    name: str
    summary: str
    translations: Translations
    max_quantity: int = 1
    extends_before: int = 0
    extends_after: int = 0
    product_id: int | None = None
    needs_offering_id: int | None = None

    def text(self, field: str, language: str) -> str:
        return translated(self.translations, field, language, str(getattr(self, field)))


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """When a booking must be paid, and what changing it costs.

    `deposit_value`: percent or minor units, by `prepayment`. `approval_hours`: None means until the start.
    """

    prepayment: str
    deposit_value: int
    hold_minutes: int
    needs_approval: bool
    cancel_free_hours: int
    approval_hours: int | None = None
    policy: Terms = usual_terms(24)

    def due_now(self, total: Money) -> Money:
        """What must be paid before the hold becomes a booking."""
        if self.prepayment == "full":
            return total
        if self.prepayment == "deposit_percent":
            return total.percent(self.deposit_value)
        if self.prepayment == "deposit_fixed":
            return min(Money(self.deposit_value, total.currency), total)
        return Money.zero(total.currency)


@dataclass(frozen=True, slots=True)
class RatePlanFacts:
    id: int
    public_id: str
    name: str
    summary: str
    translations: Translations
    terms: PaymentTerms

    def text(self, field: str, language: str) -> str:
        return translated(self.translations, field, language, str(getattr(self, field)))


@dataclass(frozen=True, slots=True)
class RestrictionFacts:
    """See the model: dates are local and both included; `rate_plan_id` None binds every plan."""

    rate_plan_id: int | None
    first_on: date
    last_on: date
    weekdays: frozenset[int]
    min_nights: int | None
    max_nights: int | None
    min_nights_on_arrival: int | None
    closed_to_arrival: bool
    closed_to_departure: bool
    is_closed: bool

    def touches(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on and (not self.weekdays or day.weekday() in self.weekdays)


@dataclass(frozen=True, slots=True)
class TicketTypeFacts:
    id: int
    public_id: str
    name: str
    summary: str
    translations: Translations
    places: int
    max_per_order: int

    def text(self, field: str, language: str) -> str:
        return translated(self.translations, field, language, str(getattr(self, field)))


@dataclass(frozen=True, slots=True)
class ProductFacts:
    id: int
    public_id: str
    category_id: int | None
    name: str
    summary: str
    description: str
    translations: Translations
    photo: str
    price_minor: int
    is_stocked: bool
    max_per_order: int
    is_public: bool
    is_active: bool

    def text(self, field: str, language: str) -> str:
        return translated(self.translations, field, language, str(getattr(self, field)))


@dataclass(frozen=True, slots=True)
class OfferingFacts:
    """An offering with the defaults of its business filled in. Minutes throughout.

    `rate_plans` and `restrictions` belong to stays, `ticket_types` to sessions; see the models.
    """

    id: int
    public_id: str
    slug: str
    name: str
    summary: str
    description: str
    translations: Translations
    category_id: int | None
    location: LocationFacts
    photo: str
    mode: str
    durations: tuple[int, ...]
    grid: int
    fixed_starts: tuple[int, ...]
    buffer_before: int
    buffer_after: int
    lead: int
    horizon_days: int
    party_min: int
    party_max: int
    terms: PaymentTerms
    needs: tuple[Need, ...]
    extras: tuple[ExtraFacts, ...]
    is_public: bool
    is_active: bool
    check_in: int = 15 * 60
    check_out: int = 12 * 60
    included_guests: int = 1
    capacity: int = 1
    is_shared: bool = False
    has_waiting_list: bool = True
    repeats_up_to: int = 1
    rate_plans: tuple[RatePlanFacts, ...] = ()
    restrictions: tuple[RestrictionFacts, ...] = ()
    ticket_types: tuple[TicketTypeFacts, ...] = ()

    def text(self, field: str, language: str) -> str:
        return translated(self.translations, field, language, str(getattr(self, field)))

    def needs_with(self, extra_ids: frozenset[int]) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if need.extra_id is None or need.extra_id in extra_ids)

    def resource_ids(self) -> frozenset[int]:
        return frozenset(candidate for need in self.needs for candidate in need.candidates)


@dataclass(frozen=True, slots=True)
class BusinessFacts:
    id: int
    public_id: str
    slug: str
    name: str
    type: str
    currency: str
    country: str
    default_language: str
    brand_color: str
    tagline: str
    about: str
    email: str
    phone: str
    website: str
    cover: str
    translations: Translations
    needs_phone: bool
    reminder_hours: int
    waiting_offer_minutes: int = 60

    def text(self, field: str, language: str) -> str:
        return translated(self.translations, field, language, str(getattr(self, field)))


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    id: int
    public_id: str
    name: str
    translations: Translations


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything of a business that changes only with its catalogue revision."""

    business: BusinessFacts
    revision: int
    locations: dict[int, LocationFacts]
    categories: tuple[CategoryFacts, ...]
    resources: dict[int, ResourceFacts]
    offerings: dict[str, OfferingFacts]
    products: dict[str, ProductFacts]

    def get_offering(self, key: str, *, public_only: bool = True) -> OfferingFacts:
        """By public id or slug. Raises NotFound for a hidden or inactive one."""
        found = self.offerings.get(key) or next(
            (one for one in self.offerings.values() if one.slug == key), None
        )
        if found is None or (public_only and not (found.is_active and found.is_public)):
            raise NotFound("offering", params={"kind": "offering"})
        return found

    def offering_of_key(self, key: int) -> OfferingFacts:
        """By integer key, also when hidden: a booking keeps its offering."""
        return next(one for one in self.offerings.values() if one.id == key)

    def get_product(self, key: str, *, public_only: bool = True) -> ProductFacts:
        """By public id. Raises NotFound for a hidden or inactive one."""
        found = self.products.get(key)
        if found is None or (public_only and not (found.is_active and found.is_public)):
            raise NotFound("product", params={"kind": "product"})
        return found

    def product_of_key(self, key: int) -> ProductFacts:
        """By integer key, also when hidden: an order keeps its products."""
        return next(one for one in self.products.values() if one.id == key)

    def find_resource(self, public_id: str) -> ResourceFacts | None:
        return next((one for one in self.resources.values() if one.public_id == public_id), None)

    def listed_offerings(self) -> list[OfferingFacts]:
        return [one for one in self.offerings.values() if one.is_active and one.is_public]

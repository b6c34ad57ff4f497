"""The catalogue as plain values: what the engine, the price list and every face read.

A `Catalog` is everything of a business that changes only with its `catalog_revision`.
"""

from __future__ import annotations

from dataclasses import dataclass

from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.modules.resources.rules import OpeningRules, ResourceFacts

STEP = 5
MAX_DURATION = 7 * 1440
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
    rules: OpeningRules


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement with its pools resolved: `quantity` of `candidates`, minutes from the booking's start."""

    id: int
    label: str
    quantity: int
    from_minute: int
    until_minute: int | None
    is_choosable: bool
    extra_id: int | None
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExtraFacts:
    id: int
    public_id: str
    name: str
    summary: str
    translations: Translations


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """When a booking must be paid. `deposit_value`: percent or minor units, by `prepayment`."""

    prepayment: str
    deposit_value: int
    hold_minutes: int
    needs_approval: bool
    cancel_free_hours: int

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
class OfferingFacts:
    """An offering with the defaults of its business filled in. Minutes throughout."""

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

    def find_resource(self, public_id: str) -> ResourceFacts | None:
        return next((one for one in self.resources.values() if one.public_id == public_id), None)

    def listed_offerings(self) -> list[OfferingFacts]:
        return [one for one in self.offerings.values() if one.is_active and one.is_public]


def choose_duration(offering: OfferingFacts, duration: int | None) -> int:
    """The length asked for, or the shortest. Raises InvalidInput for one that is not on offer."""
    if duration is None:
        return offering.durations[0]
    if duration not in offering.durations:
        short = duration < offering.durations[0]
        raise InvalidInput(
            "duration not on offer",
            field="duration",
            params={
                "reason": "too_short" if short else "duration",
                "allowed": list(offering.durations),
            },
        )
    return duration


def choose_party(offering: OfferingFacts, party: int | None) -> int:
    """How many people. Raises InvalidInput outside of the offering's bounds."""
    size = offering.party_min if party is None else party
    if not offering.party_min <= size <= offering.party_max:
        raise InvalidInput(
            "party outside of bounds",
            field="party",
            params={
                "reason": "capacity",
                "min": offering.party_min,
                "max": offering.party_max,
            },
        )
    return size


def choose_extras(offering: OfferingFacts, wanted: list[str]) -> tuple[ExtraFacts, ...]:
    """The extras of an order line. Raises InvalidInput for one that the offering does not have."""
    known = {extra.public_id: extra for extra in offering.extras}
    if len(set(wanted)) != len(wanted) or any(one not in known for one in wanted):
        raise InvalidInput("no such extra", field="extras", params={"reason": "extra"})
    return tuple(extra for extra in offering.extras if extra.public_id in wanted)


def duration_range(shortest: int, longest: int, step: int) -> list[int]:
    """The durations of an offering that allows any length in steps, e.g. 60 to 480 by 15 minutes."""
    if step < STEP or longest < shortest:
        raise InvalidInput("empty range of durations", field="durations", params={"reason": "range"})
    return list(range(shortest, longest + 1, step))


def check_durations(durations: list[int], *, field: str = "durations") -> list[int]:
    """Sorted, unique; multiples of five minutes within a week."""
    if not durations:
        raise InvalidInput("no duration", field=field, params={"reason": "required"})
    if any(one % STEP or not STEP <= one <= MAX_DURATION for one in durations):
        raise InvalidInput(
            "not in steps of five minutes",
            field=field,
            params={"reason": "not_five_minutes"},
        )
    return sorted(set(durations))

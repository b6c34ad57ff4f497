"""The words in which a demo business is described: plain values, no database.

Texts are given in three languages at once: `{"es": (name, summary, …), "en": (…), "ru": (…)}`.
The language of the business goes to the columns, the others to `translations`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

Words = Mapping[str, tuple[str, ...]]
Week = Mapping[str, str]
"""Weekdays → wall-clock intervals: `{"mon tue": "10:00-14:00 15:00-19:00"}`. An earlier end: the next day."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY: Final = " ".join(WEEKDAYS)
ROUND_THE_CLOCK: Final[Week] = {EVERY_DAY: "00:00-24:00"}
MonthDay = tuple[int, int]
Season = tuple[MonthDay, MonthDay]
"""Both included; an end before the beginning lies in the next year."""
Tiers = tuple[tuple[int, int], ...]
"""(hours before the start, percent that is kept), in falling order of hours."""


@dataclass(frozen=True, kw_only=True)
class Away:
    """Dated hours: `days` local dates from `first` days after today (negative: before). No hours: closed."""

    first: int
    days: int = 1
    hours: str = ""
    reason: str


@dataclass(frozen=True, kw_only=True)
class LocationPlan:
    key: str
    name: str
    address: str
    city: str
    phone: str
    directions: str
    week: Week
    holidays: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ResourcePlan:
    """`words`: name, title, description. `week` None follows the location."""

    key: str
    kind: str
    words: Words
    color: str
    location: str = ""
    week: Week | None = None
    away: tuple[Away, ...] = ()
    member: str = ""
    scene: str = ""


@dataclass(frozen=True, kw_only=True)
class PoolPlan:
    key: str
    name: str
    resources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NeedPlan:
    """`of` names resources and pools by their keys."""

    of: tuple[str, ...]
    label: str = ""
    quantity: int = 1
    from_minute: int = 0
    until_minute: int | None = None
    is_choosable: bool = False
    is_per_person: bool = False
    extra: str = ""


@dataclass(frozen=True, kw_only=True)
class PricePlan:
    """`amount` in whole units of the currency; `hours` is one wall-clock interval; `ages` are both included.

    `rate_plan`, `ticket`: keys of the offering's own.
    """

    amount: int
    basis: str = "flat"
    name: str = ""
    duration: int | None = None
    weekdays: str = ""
    hours: str = ""
    priority: int = 0
    extra: str = ""
    rate_plan: str = ""
    ticket: str = ""
    season: Season | None = None
    min_nights: int | None = None
    max_nights: int | None = None
    ages: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class ExtraPlan:
    """`words`: name, summary. `share`: how many of the demo's bookings take it. `before`, `after`: minutes."""

    key: str
    words: Words
    share: float = 0.2
    most: int = 1
    before: int = 0
    after: int = 0
    product: str = ""


@dataclass(frozen=True, kw_only=True)
class PolicyPlan:
    """`words`: name. No tiers: guests may not. `no_show`: percent."""

    key: str
    words: Words
    cancellation: Tiers
    rescheduling: Tiers
    no_show: int = 100


@dataclass(frozen=True, kw_only=True)
class RatePlanPlan:
    """`words`: name, summary. `weight`: how often the demo's guests take it."""

    key: str
    words: Words
    policy: str = ""
    prepayment: str = ""
    deposit: int = 0
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class RestrictionPlan:
    season: Season
    weekdays: str = ""
    rate_plan: str = ""
    min_nights: int | None = None
    max_nights: int | None = None
    min_nights_on_arrival: int | None = None
    closed_to_arrival: bool = False
    closed_to_departure: bool = False
    is_closed: bool = False


@dataclass(frozen=True, kw_only=True)
class TicketPlan:
    """`words`: name, summary. `weight`: how many of the demo's tickets are of this kind."""

    key: str
    words: Words
    amount: int
    places: int = 1
    most: int = 10
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class SchedulePlan:
    """`dates` and `except_on` count days from today. `full`: how much of it the demo's guests book."""

    starts: str
    duration: int
    capacity: int
    weekdays: str = ""
    dates: tuple[int, ...] = ()
    except_on: tuple[int, ...] = ()
    min_places: int = 0
    decide_hours: int = 24
    resources: tuple[str, ...] = ()
    note: str = ""
    full: float = 0.6


@dataclass(frozen=True, kw_only=True)
class ProductPlan:
    """`words`: name, summary, description. `stock`: pieces there today. `weight`: how often it is bought."""

    key: str
    words: Words
    amount: int
    stock: int
    category: str = ""
    most: int = 10
    scene: str = ""
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class OfferingPlan:
    """`words`: name, summary, description. `weight`: how often the demo's guests book it."""

    slug: str
    category: str
    words: Words
    durations: tuple[int, ...]
    needs: tuple[NeedPlan, ...]
    prices: tuple[PricePlan, ...]
    location: str = ""
    extras: tuple[ExtraPlan, ...] = ()
    grid: int | None = None
    fixed_starts: str = ""
    buffer_before: int = 0
    buffer_after: int = 0
    lead_minutes: int | None = None
    party: tuple[int, int] = (1, 1)
    prepayment: str = "none"
    deposit: int = 0
    needs_approval: bool = False
    cancel_free_hours: int | None = None
    scene: str = ""
    weight: float = 1.0
    mode: str = "slot"
    horizon_days: int | None = None
    policy: str = ""
    check_in: str = "15:00"
    check_out: str = "12:00"
    included_guests: int = 1
    rate_plans: tuple[RatePlanPlan, ...] = ()
    restrictions: tuple[RestrictionPlan, ...] = ()
    capacity: int = 1
    is_shared: bool = False
    repeats_up_to: int = 1
    tickets: tuple[TicketPlan, ...] = ()
    schedules: tuple[SchedulePlan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RulesPlan:
    """`policy`: the key of the one that holds where an offering says nothing."""

    grid_minutes: int = 15
    lead_minutes: int = 60
    horizon_days: int = 90
    hold_minutes: int = 15
    cancel_free_hours: int = 24
    reminder_hours: int = 24
    needs_phone: bool = False
    policy: str = ""


@dataclass(frozen=True, kw_only=True)
class MemberPlan:
    email: str
    name: str
    role: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class BusinessPlan:
    """`words`: name, tagline, about."""

    slug: str
    words: Words
    type: str
    currency: str
    country: str
    language: str
    time_zone: str
    brand_color: str
    email: str
    phone: str
    website: str
    rules: RulesPlan
    members: tuple[MemberPlan, ...]
    locations: tuple[LocationPlan, ...]
    resources: tuple[ResourcePlan, ...]
    pools: tuple[PoolPlan, ...]
    categories: Mapping[str, Words]
    offerings: tuple[OfferingPlan, ...]
    policies: tuple[PolicyPlan, ...] = ()
    products: tuple[ProductPlan, ...] = ()
    cover_scene: str = ""

    @property
    def name(self) -> str:
        return self.words[self.language][0]


def minutes(text: str) -> int:
    """`"10:30"` → 630."""
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest)


def intervals(text: str) -> list[tuple[int, int]]:
    """`"10:00-14:00 22:00-02:00"` → minutes from midnight, an end on the next day above 1440."""
    pairs = []
    for part in text.split():
        starts, ends = (minutes(one) for one in part.split("-"))
        pairs.append((starts, ends if ends > starts else ends + 1440))
    return pairs


def weekdays(text: str) -> list[int]:
    """`"sat sun"` → [5, 6]."""
    return [WEEKDAYS.index(one) for one in text.split()]


def seasons(season: Season, today: date) -> list[tuple[date, date]]:
    """First and last days of a yearly season, from the year before last to the next."""
    (month, day), last = season
    ends_later = last < (month, day)
    return [
        (date(year, month, day), date(year + ends_later, *last))
        for year in range(today.year - 2, today.year + 2)
    ]


def in_language(words: Words, fields: tuple[str, ...], language: str) -> dict[str, str]:
    """The columns of one language."""
    return dict(zip(fields, words[language], strict=True))


def translations(words: Words, fields: tuple[str, ...], language: str) -> dict[str, dict[str, str]]:
    """The other languages, as the `translations` column has them."""
    return {other: in_language(words, fields, other) for other in words if other != language}

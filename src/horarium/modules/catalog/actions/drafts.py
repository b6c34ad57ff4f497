"""What can be said about the catalogue, as it comes from a form or the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from ..rules import Tier, Translations


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """`quantity` of `choices` (public ids of resources and pools) from one minute of the booking to another.

    With an `id` the requirement of that id is changed, else one is added. `extra`: only when the guest takes
    the extra of this id, or of this number among the extras sent along (`#0`).
    """

    choices: tuple[str, ...]
    label: str = ""
    quantity: int = 1
    from_minute: int = 0
    until_minute: int | None = None
    is_choosable: bool = False
    is_per_person: bool = False
    extra: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class ExtraDraft:
    """`product`, `needs_offering`: public ids. `extends_before`, `extends_after`: minutes, of a stay only."""

    name: str
    summary: str = ""
    translations: Translations = field(default_factory=dict)
    max_quantity: int = 1
    extends_before: int = 0
    extends_after: int = 0
    product: str = ""
    needs_offering: str = ""
    id: str = ""


class OfferingFields(TypedDict, total=False):
    """`needs` and `extras` replace all that the offering had. `location`, `category`, `photo`, `policy`: public ids."""

    mode: str
    location: str
    category: str
    policy: str
    slug: str
    name: str
    summary: str
    description: str
    translations: Translations
    photo: str
    durations: Sequence[int]
    grid_minutes: int | None
    fixed_starts: Sequence[int]
    buffer_before: int
    buffer_after: int
    lead_minutes: int | None
    horizon_days: int | None
    party_min: int
    party_max: int
    prepayment: str
    deposit_value: int
    hold_minutes: int | None
    needs_approval: bool
    approval_hours: int | None
    cancel_free_hours: int | None
    check_in_minute: int
    check_out_minute: int
    included_guests: int
    capacity: int
    is_shared: bool
    has_waiting_list: bool
    repeats_up_to: int
    position: int
    is_public: bool
    is_active: bool
    needs: Sequence[NeedDraft]
    extras: Sequence[ExtraDraft]


class BookingRulesFields(TypedDict, total=False):
    """`policy`: a public id, or empty for none."""

    grid_minutes: int
    lead_minutes: int
    horizon_days: int
    hold_minutes: int
    cancel_free_hours: int
    reminder_hours: int
    needs_phone: bool
    policy: str
    waiting_offer_minutes: int


class PolicyFields(TypedDict, total=False):
    name: str
    translations: Translations
    cancellation: Sequence[Tier]
    rescheduling: Sequence[Tier]
    no_show_percent: int
    no_show_minor: int


class RatePlanFields(TypedDict, total=False):
    """An empty `prepayment` or `policy` is as the offering has it."""

    name: str
    summary: str
    translations: Translations
    policy: str
    prepayment: str
    deposit_value: int
    position: int
    is_active: bool


class TicketTypeFields(TypedDict, total=False):
    name: str
    summary: str
    translations: Translations
    places: int
    max_per_order: int
    position: int
    is_active: bool


class LimitFields(TypedDict, total=False):
    """What a stay may not do. None and False mean no limit."""

    min_nights: int | None
    max_nights: int | None
    min_nights_on_arrival: int | None
    closed_to_arrival: bool
    closed_to_departure: bool
    is_closed: bool


class RestrictionFields(LimitFields, total=False):
    """Local dates, both included. `rate_plan`: a public id, or empty for every plan."""

    rate_plan: str
    first_on: date
    last_on: date
    weekdays: Sequence[int]


class ProductFields(TypedDict, total=False):
    category: str
    name: str
    summary: str
    description: str
    translations: Translations
    photo: str
    price_minor: int
    is_stocked: bool
    max_per_order: int
    position: int
    is_public: bool
    is_active: bool

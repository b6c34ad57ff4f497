"""The shapes of answers to staff about the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from .answers import Moment
from .staff_answers import FileAnswer, Texts


class StaffCategoryAnswer(BaseModel):
    id: str
    name: str
    translations: Texts
    position: int


class CategoriesAnswer(BaseModel):
    items: list[StaffCategoryAnswer]


class NeedAnswer(BaseModel):
    id: str
    label: str
    quantity: int
    from_minute: int
    until_minute: int | None
    is_choosable: bool
    is_per_person: bool
    extra: str
    choices: list[str]


class StaffExtraAnswer(BaseModel):
    id: str
    name: str
    summary: str
    translations: Texts
    max_quantity: int
    extends_before: int
    extends_after: int
    product: str
    needs_offering: str


class PriceAnswer(BaseModel):
    name: str
    translations: Texts
    basis: str
    amount_minor: int
    duration: int | None
    weekdays: list[int]
    from_minute: int | None
    until_minute: int | None
    valid_from: date | None
    valid_until: date | None
    min_nights: int | None
    max_nights: int | None
    from_age: int | None
    until_age: int | None
    priority: int
    extra: str
    rate_plan: str
    ticket_type: str


class StaffOfferingAnswer(BaseModel):
    id: str
    slug: str
    name: str
    summary: str
    description: str
    translations: Texts
    durations: list[int]
    grid_minutes: int | None
    fixed_starts: list[int]
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
    mode: Literal["slot", "stay", "session"]
    location: str
    category: str | None
    policy: str
    photo: FileAnswer | None
    needs: list[NeedAnswer]
    extras: list[StaffExtraAnswer]
    prices: list[PriceAnswer]


class StaffOfferingsAnswer(BaseModel):
    items: list[StaffOfferingAnswer]


class TierAnswer(BaseModel):
    minutes: int
    percent: int
    minor: int


class PolicyAnswer(BaseModel):
    id: str
    name: str
    translations: Texts
    cancellation: list[TierAnswer]
    rescheduling: list[TierAnswer]
    no_show_percent: int
    no_show_minor: int


class PoliciesAnswer(BaseModel):
    items: list[PolicyAnswer]


class StaffRatePlanAnswer(BaseModel):
    id: str
    name: str
    summary: str
    translations: Texts
    policy: str
    prepayment: str
    deposit_value: int
    position: int
    is_active: bool


class StaffRatePlansAnswer(BaseModel):
    items: list[StaffRatePlanAnswer]


class RestrictionAnswer(BaseModel):
    id: str
    rate_plan: str
    first_on: date
    last_on: date
    weekdays: list[int]
    min_nights: int | None
    max_nights: int | None
    min_nights_on_arrival: int | None
    closed_to_arrival: bool
    closed_to_departure: bool
    is_closed: bool


class RestrictionsAnswer(BaseModel):
    items: list[RestrictionAnswer]


class StaffTicketTypeAnswer(BaseModel):
    id: str
    name: str
    summary: str
    translations: Texts
    places: int
    max_per_order: int
    position: int
    is_active: bool


class StaffTicketTypesAnswer(BaseModel):
    items: list[StaffTicketTypeAnswer]


class StaffProductAnswer(BaseModel):
    id: str
    category: str | None
    name: str
    summary: str
    description: str
    translations: Texts
    photo: FileAnswer | None
    price_minor: int
    is_stocked: bool
    max_per_order: int
    position: int
    is_public: bool
    is_active: bool


class StaffProductsAnswer(BaseModel):
    items: list[StaffProductAnswer]


class MovementAnswer(BaseModel):
    """`reason`: `received`, `counted`, `handed_over`, or what staff wrote."""

    id: str
    delta: int
    reason: str
    at: Moment


class StockAnswer(BaseModel):
    """`total`: all that are there; `sold` and not yet handed over, and `held`, are among them; `free` is for sale."""

    total: int
    sold: int
    held: int
    free: int
    movements: list[MovementAnswer]

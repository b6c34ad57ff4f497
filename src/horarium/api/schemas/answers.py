"""The shapes of answers, for the OpenAPI file and its tests. At run time answers are built by `api.answers`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, WithJsonSchema

from .fields import Basis

Moment = Annotated[
    datetime,
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-12-01T10:00:00+03:00"]}),
]
Reason = Literal[
    "closed",
    "taken",
    "blocked",
    "lead_time",
    "horizon",
    "off_grid",
    "resource_unavailable",
    "min_stay",
    "max_stay",
    "closed_to_arrival",
    "closed_to_departure",
    "capacity",
    "cutoff",
    "cancelled",
]
BookingState = Literal[
    "held", "pending", "confirmed", "checked_in", "completed", "cancelled", "expired", "no_show"
]


class MoneyAnswer(BaseModel):
    minor: int = Field(examples=[150000])
    currency: str = Field(examples=["RUB"])
    amount: str = Field(examples=["1500.00"])


class LocationAnswer(BaseModel):
    id: str
    name: str
    address: str
    city: str
    country: str
    time_zone: str
    phone: str
    directions: str


class CategoryAnswer(BaseModel):
    id: str
    name: str


class BusinessAnswer(BaseModel):
    id: str = Field(examples=["biz_0123456789abcdefghjk"])
    slug: str = Field(examples=["salon"])
    name: str
    type: str
    currency: str
    country: str
    language: str
    default_language: str
    languages: list[str]
    brand_color: str
    tagline: str
    about: str
    email: str
    phone: str
    website: str
    cover: str | None
    needs_phone: bool
    locations: list[LocationAnswer]
    categories: list[CategoryAnswer]


class TierAnswer(BaseModel):
    """The fee while at least `minutes` are left before the start: `percent` of the price and `minor` units."""

    minutes: int
    percent: int
    minor: int


class TermsAnswer(BaseModel):
    """`cancellation`: tiers in falling order of time; none: not by guests. No free hours: it always costs."""

    prepayment: Literal["none", "deposit_percent", "deposit_fixed", "full"]
    deposit_value: int | None
    hold_minutes: int
    needs_approval: bool
    cancel_free_hours: int | None
    cancellation: list[TierAnswer]


class ExtraAnswer(BaseModel):
    """`price`: what one of it adds at its cheapest, counted by `basis`; null: nothing."""

    id: str
    name: str
    summary: str
    max_quantity: int
    price: MoneyAnswer | None
    basis: Basis | None


class ResourceAnswer(BaseModel):
    id: str
    kind: str
    name: str
    title: str
    photo: str | None


class RatePlanAnswer(BaseModel):
    id: str
    name: str
    summary: str
    terms: TermsAnswer


class StayRulesAnswer(BaseModel):
    """Wall-clock times; `included_guests` sleep in the price of a night."""

    check_in: str = Field(examples=["15:00"])
    check_out: str = Field(examples=["12:00"])
    included_guests: int
    rate_plans: list[RatePlanAnswer]


class TicketTypeAnswer(BaseModel):
    """`places`: how many one ticket takes, 0 for a lap child. `price_from`: its lowest price of the coming weeks."""

    id: str
    name: str
    summary: str
    places: int
    max_per_order: int
    price_from: MoneyAnswer


class SessionRulesAnswer(BaseModel):
    """`is_shared`: the first guest makes a session, the next ones join it."""

    is_shared: bool
    capacity: int
    ticket_types: list[TicketTypeAnswer]


class OfferingAnswer(BaseModel):
    """`stay` is of offerings by nights, `session` of those by session.

    `repeats_up_to`: how many dates an item may `repeat`; with 1 it may not.
    """

    id: str = Field(examples=["off_0123456789abcdefghjk"])
    slug: str
    name: str
    summary: str
    description: str
    category: str | None
    location: str
    time_zone: str
    photo: str | None
    mode: str
    durations: list[int]
    party_min: int
    party_max: int
    lead_minutes: int
    horizon_days: int
    repeats_up_to: int
    price_from: MoneyAnswer | None
    terms: TermsAnswer
    extras: list[ExtraAnswer]
    resources: list[ResourceAnswer]
    stay: StayRulesAnswer | None
    session: SessionRulesAnswer | None


class OfferingsAnswer(BaseModel):
    offerings: list[OfferingAnswer]


class SlotAnswer(BaseModel):
    start: Moment
    end: Moment
    price: MoneyAnswer
    resources: list[str]
    places: int


class StayOfferAnswer(BaseModel):
    """It can be had when there is no `reason` why not; `rate_plan` is the cheapest."""

    check_in: date
    check_out: date
    reason: Reason | None
    total: MoneyAnswer | None
    rate_plan: str | None


class TicketOfferAnswer(BaseModel):
    """`most`: how many of these one order may take now."""

    ticket_type: str
    price: MoneyAnswer
    most: int


class SessionSlotAnswer(BaseModel):
    """`session` is null where its first guest would make it: then order by `offering` and `start`."""

    session: str | None
    start: Moment
    end: Moment
    places: int
    capacity: int
    reason: Reason | None
    price: MoneyAnswer
    tickets: list[TicketOfferAnswer]
    resources: list[str]
    note: str
    needs_more: int


class DayAnswer(BaseModel):
    date: date
    status: Literal["available", "limited", "sold_out", "closed"]
    reason: Reason | None
    slots: list[SlotAnswer]


class AvailabilityAnswer(BaseModel):
    offering: str
    duration: int
    time_zone: str
    days: list[DayAnswer]


class WhyAnswer(BaseModel):
    is_free: bool
    code: Reason | None
    text: str
    alternatives: list[SlotAnswer]


class LineAnswer(BaseModel):
    label: str
    amount: MoneyAnswer
    extra: str | None
    minutes: int | None
    quantity: int | None
    days: int | None
    nights: int | None
    ticket: str | None


class OfferingReference(BaseModel):
    id: str
    slug: str
    name: str


class FeeAnswer(BaseModel):
    """`percent` of the price and `minor` units."""

    percent: int
    minor: int


class StepAnswer(FeeAnswer):
    """The fee that is asked for up to this instant, itself included."""

    until: Moment


class AgreedAnswer(BaseModel):
    """Terms as they were agreed on when it was booked, in order of time. No steps: guests cannot do it themselves."""

    cancellation: list[StepAnswer]
    rescheduling: list[StepAnswer]
    no_show: FeeAnswer


class NamedAnswer(BaseModel):
    id: str
    name: str


class TicketAnswer(NamedAnswer):
    """`code` is what the QR on the ticket says."""

    number: int
    code: str


class ProductLineAnswer(BaseModel):
    id: str
    state: BookingState
    product: NamedAnswer
    quantity: int
    price: MoneyAnswer


class BookingAnswer(BaseModel):
    """`guests`: adults and ages of children of a stay, or tickets of a session by their type. While a stay
    `may_change_rooms`, its guest is told of none; staff read in `resources` which one it has now.
    """

    id: str
    state: BookingState
    offering: OfferingReference
    location: LocationAnswer
    resources: list[ResourceAnswer]
    may_change_rooms: bool
    start: Moment
    end: Moment
    party: int
    price: MoneyAnswer
    lines: list[LineAnswer]
    terms: AgreedAnswer
    can_cancel: bool
    can_reschedule: bool
    is_free_to_cancel: bool
    arrives_at: Moment | None
    guests: dict[str, Any] | None
    rate_plan: NamedAnswer | None
    tickets: list[TicketAnswer]
    approve_by: Moment | None


class BusinessReference(BaseModel):
    id: str
    slug: str
    name: str


class CustomerReference(BaseModel):
    name: str
    email: str
    phone: str
    locale: str


class OrderAnswer(BaseModel):
    id: str = Field(examples=["ord_0123456789abcdefghjk"])
    token: str
    status: BookingState
    created_at: Moment
    expires_at: Moment | None
    total: MoneyAnswer
    paid: MoneyAnswer
    due_now: MoneyAnswer
    payment_state: Literal["unpaid", "part_paid", "paid", "overpaid", "refunded"]
    manage_url: str
    business: BusinessReference
    customer: CustomerReference
    notes: str
    return_url: str
    bookings: list[BookingAnswer]
    products: list[ProductLineAnswer]


class PaymentAnswer(BaseModel):
    id: str = Field(examples=["pay_0123456789abcdefghjk"])
    gateway: str
    status: str
    amount: MoneyAnswer
    confirmation_url: str | None


class FieldErrorAnswer(BaseModel):
    field: str = Field(examples=["items.0.party"])
    code: str = Field(examples=["required"])
    message: str

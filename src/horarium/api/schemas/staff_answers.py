"""The shapes of answers to staff, for the OpenAPI file and its tests."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from .answers import BookingState, Moment, MoneyAnswer, Reason, SlotAnswer

Texts = dict[str, dict[str, str]]


class Reference(BaseModel):
    id: str
    name: str


class ResourceReference(Reference):
    kind: str


class ContactAnswer(BaseModel):
    name: str
    email: str
    phone: str


class BookingRowAnswer(BaseModel):
    """`may_change_rooms`: a stay that may still be given another room; its guest is told of none."""

    id: str
    order: str
    state: BookingState
    start: Moment
    end: Moment
    time_zone: str
    party: int
    offering: Reference
    location: Reference
    resources: list[ResourceReference]
    may_change_rooms: bool
    customer: Reference
    contact: ContactAnswer
    price: MoneyAnswer
    order_total: MoneyAnswer
    paid: MoneyAnswer
    payment_state: str
    channel: str
    notes: str
    staff_notes: str
    needs_approval: bool
    expires_at: Moment | None
    created_at: Moment


class PageAnswer(BaseModel):
    page: int
    page_size: int
    has_next: bool


class BookingPage(PageAnswer):
    items: list[BookingRowAnswer]


class TailAnswer(BaseModel):
    """Read on with `before=<next_before>`."""

    next_before: str | None


class MoveVerdictAnswer(BaseModel):
    code: Reason | Literal["state"] | None
    alternatives: list[SlotAnswer]


class BlockAnswer(BaseModel):
    id: str
    start: Moment
    end: Moment
    reason: str
    resources: list[str]


class BlocksAnswer(BaseModel):
    items: list[BlockAnswer]


class FileAnswer(BaseModel):
    id: str
    url: str


class StaffResourceAnswer(BaseModel):
    id: str
    kind: str
    name: str
    title: str
    description: str
    translations: Texts
    color: str
    follows_location: bool
    position: int
    is_active: bool
    location: str
    member: str | None
    photo: FileAnswer | None


class StaffResourcesAnswer(BaseModel):
    items: list[StaffResourceAnswer]


class HoursAnswer(BaseModel):
    weekday: int
    starts: int
    ends: int
    valid_from: date | None
    valid_until: date | None


class ExceptionAnswer(BaseModel):
    id: str
    first_on: date
    last_on: date
    starts: int | None
    ends: int | None
    reason: str


class OpeningsAnswer(BaseModel):
    week: list[HoursAnswer]
    exceptions: list[ExceptionAnswer]


class PoolAnswer(BaseModel):
    id: str
    name: str
    resources: list[str]


class PoolsAnswer(BaseModel):
    items: list[PoolAnswer]


class CustomerAnswer(BaseModel):
    id: str
    name: str
    email: str
    phone: str
    locale: str
    notes: str
    created_at: Moment


class CustomerPage(PageAnswer):
    items: list[CustomerAnswer]
    total: int


class PaymentRowAnswer(BaseModel):
    id: str
    order: str
    gateway: str
    status: str
    amount: MoneyAnswer
    refunded: MoneyAnswer
    flag: str
    created_at: Moment
    paid_at: Moment | None


class PaymentTail(TailAnswer):
    items: list[PaymentRowAnswer]


class MessageAnswer(BaseModel):
    id: str
    template: str
    locale: str
    to_name: str
    to_address: str
    subject: str
    state: str
    error: str
    about: str
    due_at: Moment
    sent_at: Moment | None
    created_at: Moment


class MessagePage(PageAnswer):
    items: list[MessageAnswer]
    total: int


class EventAnswer(BaseModel):
    id: str
    type: str
    payload: dict[str, Any]
    occurred_at: Moment


class EventTail(TailAnswer):
    items: list[EventAnswer]


class AuditActor(BaseModel):
    kind: str
    name: str


class AuditAnswer(BaseModel):
    id: str
    at: Moment
    actor: AuditActor
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    channel: str
    ip: str | None


class AuditPage(PageAnswer):
    items: list[AuditAnswer]


class BookingRulesAnswer(BaseModel):
    grid_minutes: int
    lead_minutes: int
    horizon_days: int
    hold_minutes: int
    cancel_free_hours: int
    reminder_hours: int
    needs_phone: bool
    policy: str
    waiting_offer_minutes: int


class BusinessSettingsAnswer(BaseModel):
    id: str
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
    translations: Texts


class StaffLocationAnswer(BaseModel):
    id: str
    name: str
    address: str
    city: str
    country: str
    time_zone: str
    phone: str
    directions: str
    translations: Texts
    position: int
    is_active: bool


class LocationsAnswer(BaseModel):
    items: list[StaffLocationAnswer]


class MemberAnswer(BaseModel):
    id: str
    name: str
    email: str
    role: str
    created_at: Moment


class InvitationAnswer(BaseModel):
    id: str
    email: str
    role: str
    expires_at: Moment


class MembersAnswer(BaseModel):
    items: list[MemberAnswer]
    invitations: list[InvitationAnswer]


class KeyAnswer(BaseModel):
    id: str
    name: str
    hint: str
    scopes: list[str]
    created_at: Moment
    last_used_at: Moment | None


class KeysAnswer(BaseModel):
    items: list[KeyAnswer]


class NewKeyAnswer(KeyAnswer):
    """`secret` is told this once."""

    secret: str

"""Bodies of changes of the catalogue. Fields that are not sent stay as they are."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from horarium.modules.catalog.actions import ExtraDraft, NeedDraft
from horarium.modules.catalog.rules import Dates, Tier
from horarium.modules.pricing.actions import PriceDraft

from .fields import Basis, Day, Input, Key, Line, LongLine, Minutes, People
from .manage import (
    Change,
    Flag,
    Minor,
    MinuteOfDay,
    Name,
    OptionalKey,
    Position,
    Prose,
    Translations,
    Weekday,
    Whole,
)

Summary = Annotated[LongLine, Field(max_length=200)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Nights = Annotated[int, Field(strict=True, ge=1, le=365)]
Age = Annotated[int, Field(strict=True, ge=0, le=120)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=1000)]


class CategoryInput(Change):
    name: Name
    translations: Translations = {}
    position: Position = 0


class CategoryChange(CategoryInput):
    name: Name = ""


class NeedInput(Input):
    """*One of* `choices`. `extra`: an extra's id, or `#0` for the first of the extras sent along."""

    choices: list[Key] = Field(min_length=1, max_length=500)
    label: Annotated[Line, Field(max_length=80)] = ""
    quantity: Annotated[int, Field(strict=True, ge=1, le=100)] = 1
    from_minute: Whole = 0
    until_minute: Whole | None = None
    is_choosable: Flag = False
    is_per_person: Flag = False
    extra: Annotated[str, StringConstraints(max_length=40, pattern=r"^(#[0-9]{1,2}|[A-Za-z0-9_]*)$")] = ""
    id: OptionalKey = ""

    def as_draft(self) -> NeedDraft:
        return NeedDraft(**(self.model_dump() | {"choices": tuple(self.choices)}))


class ExtraInput(Input):
    """`extends_before`, `extends_after`: minutes by which a stay takes more time."""

    name: Name
    summary: Summary = ""
    translations: Translations = {}
    max_quantity: Annotated[int, Field(strict=True, ge=1, le=1000)] = 1
    extends_before: Annotated[int, Field(strict=True, ge=0, le=1440)] = 0
    extends_after: Annotated[int, Field(strict=True, ge=0, le=1440)] = 0
    product: OptionalKey = ""
    needs_offering: OptionalKey = ""
    id: OptionalKey = ""

    def as_draft(self) -> ExtraDraft:
        return ExtraDraft(**self.model_dump())


class OfferingChange(Change):
    """Null in grid, lead, horizon, hold or cancellation means the default of the business.

    Check-in, check-out and included guests are of stays; capacity and sharing are of sessions.
    """

    location: Key = ""
    category: OptionalKey = ""
    slug: Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9-]*$")] = ""
    name: Name = ""
    summary: Summary = ""
    description: Prose = ""
    translations: Translations = {}
    photo: OptionalKey = ""
    policy: OptionalKey = ""
    durations: list[Minutes] = Field(default=[], max_length=200)
    grid_minutes: Minutes | None = None
    fixed_starts: list[MinuteOfDay] = Field(default=[], max_length=288)
    buffer_before: Whole = 0
    buffer_after: Whole = 0
    lead_minutes: Whole | None = None
    horizon_days: Whole | None = None
    party_min: People = 1
    party_max: People = 1
    prepayment: Literal["none", "deposit_percent", "deposit_fixed", "full"] = "none"
    deposit_value: Minor = 0
    hold_minutes: Whole | None = None
    needs_approval: Flag = False
    approval_hours: Annotated[int, Field(strict=True, ge=1, le=8760)] | None = None
    cancel_free_hours: Whole | None = None
    check_in_minute: MinuteOfDay = 15 * 60
    check_out_minute: MinuteOfDay = 12 * 60
    included_guests: People = 1
    capacity: People = 1
    is_shared: Flag = False
    has_waiting_list: Flag = True
    repeats_up_to: Annotated[int, Field(strict=True, ge=1, le=52)] = 1
    position: Position = 0
    is_public: Flag = True
    is_active: Flag = True
    needs: list[NeedInput] = Field(default=[], max_length=20)
    extras: list[ExtraInput] = Field(default=[], max_length=20)

    def given(self) -> dict[str, Any]:
        found = super().given()
        if "needs" in found:
            found["needs"] = [one.as_draft() for one in self.needs]
        if "extras" in found:
            found["extras"] = [one.as_draft() for one in self.extras]
        return found


class OfferingInput(OfferingChange):
    """`durations` for slots and sessions."""

    mode: Literal["slot", "stay", "session"] = "slot"
    location: Key = Field()
    name: Name = Field()


class CopyInput(Input):
    """`name`: of the copy."""

    name: Annotated[Name, Field(max_length=120)]


class PriceInput(Input):
    """One line of a price list: of those that fit, the first of the highest priority counts.

    Nights and ages: both ends included. Rate plans, nights and ages are of stays, ticket types of sessions.
    `translations`: the `name` by language.
    """

    basis: Basis
    amount_minor: Minor
    name: Annotated[Line, Field(max_length=80)] = ""
    translations: Translations = {}
    extra: OptionalKey = ""
    rate_plan: OptionalKey = ""
    ticket_type: OptionalKey = ""
    duration: Minutes | None = None
    weekdays: list[Weekday] = Field(default=[], max_length=7)
    from_minute: MinuteOfDay | None = None
    until_minute: MinuteOfDay | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    min_nights: Nights | None = None
    max_nights: Nights | None = None
    from_age: Age | None = None
    until_age: Age | None = None
    priority: Annotated[int, Field(strict=True, ge=-1000, le=1000)] = 0

    def as_draft(self) -> PriceDraft:
        return PriceDraft(**(self.model_dump() | {"weekdays": tuple(self.weekdays)}))


class PricesInput(Input):
    prices: list[PriceInput] = Field(max_length=200)


class TierInput(Input):
    """Applies while at least `minutes` are left before the start."""

    minutes: Annotated[int, Field(strict=True, ge=0, le=366 * 1440)]
    percent: Percent = 0
    minor: Minor = 0

    def as_tier(self) -> Tier:
        return Tier(**self.model_dump())


class PolicyChange(Change):
    """Without tiers guests do not cancel, or reschedule, by themselves. Cancellation ends with a tier of 0 minutes."""

    name: Annotated[Line, Field(max_length=80)] = ""
    translations: Translations = {}
    cancellation: list[TierInput] = Field(default=[], max_length=10)
    rescheduling: list[TierInput] = Field(default=[], max_length=10)
    no_show_percent: Percent = 100
    no_show_minor: Minor = 0

    def given(self) -> dict[str, Any]:
        found = super().given()
        for name in ("cancellation", "rescheduling"):
            if name in found:
                found[name] = [one.as_tier() for one in getattr(self, name)]
        return found


class PolicyInput(PolicyChange):
    name: Annotated[Name, Field(max_length=80)] = Field()


class RatePlanChange(Change):
    """An empty prepayment or policy is as the offering has it."""

    name: Annotated[Line, Field(max_length=80)] = ""
    summary: Summary = ""
    translations: Translations = {}
    policy: OptionalKey = ""
    prepayment: Literal["", "none", "deposit_percent", "deposit_fixed", "full"] = ""
    deposit_value: Minor = 0
    position: Position = 0
    is_active: Flag = True


class RatePlanInput(RatePlanChange):
    name: Annotated[Name, Field(max_length=80)] = Field()


class LimitsInput(Change):
    """Null and false: no limit."""

    min_nights: Nights | None = None
    max_nights: Nights | None = None
    min_nights_on_arrival: Nights | None = None
    closed_to_arrival: Flag = False
    closed_to_departure: Flag = False
    is_closed: Flag = False


class RestrictionChange(LimitsInput):
    """Local dates, both included, on `weekdays` (none: all). With a `rate_plan` it binds that plan only."""

    rate_plan: OptionalKey = ""
    first_on: Day = Field(default=date(2000, 1, 1))
    last_on: Day = Field(default=date(2000, 1, 1))
    weekdays: list[Weekday] = Field(default=[], max_length=7)


class RestrictionInput(RestrictionChange):
    first_on: Day = Field()
    last_on: Day = Field()


class RestrictedDatesInput(RestrictionInput):
    """The limits that are sent are exactly so on these dates afterwards; other limits stay as they are."""

    def limits(self) -> dict[str, Any]:
        return {name: value for name, value in self.given().items() if name in LimitsInput.model_fields}

    def dates(self) -> Dates:
        return Dates(self.first_on, self.last_on, frozenset(self.weekdays))


class TicketTypeChange(Change):
    """`places`: how many places of the session one ticket takes."""

    name: Annotated[Line, Field(max_length=80)] = ""
    summary: Summary = ""
    translations: Translations = {}
    places: Annotated[int, Field(strict=True, ge=0, le=1000)] = 1
    max_per_order: Quantity = 20
    position: Position = 0
    is_active: Flag = True


class TicketTypeInput(TicketTypeChange):
    name: Annotated[Name, Field(max_length=80)] = Field()


class ProductChange(Change):
    """`is_stocked`: its pieces are counted."""

    category: OptionalKey = ""
    name: Name = ""
    summary: Summary = ""
    description: Prose = ""
    translations: Translations = {}
    photo: OptionalKey = ""
    price_minor: Minor = 0
    is_stocked: Flag = True
    max_per_order: Quantity = 20
    position: Position = 0
    is_public: Flag = True
    is_active: Flag = True


class ProductInput(ProductChange):
    name: Name = Field()
    price_minor: Minor = Field()


class ReceiptInput(Input):
    quantity: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    reason: Line = ""


class CountInput(Input):
    counted: Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
    reason: Line = ""

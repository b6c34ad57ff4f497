"""Bodies and queries of staff. Fields that are not sent stay as they are."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from horarium.modules.booking.queries import MAX_PAGE_SIZE, BookingFilters, PageWanted
from horarium.modules.resources.actions import DatedHours, Hours
from horarium.platform.tenancy.permissions import KEY_SCOPES

from .fields import Day, Input, Instant, Key, Line, LongLine, Minutes, Text
from .items import ItemInput
from .public import CustomerInput

Name = Annotated[Line, Field(min_length=1)]
OptionalKey = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_-]*$")]
Prose = Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Color = Annotated[str, StringConstraints(pattern=r"^(#[0-9A-Fa-f]{6})?$")]
Translations = dict[Literal["en", "ru", "es"], dict[Key, Prose]]
Position = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Whole = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Minor = Annotated[int, Field(strict=True, ge=0, le=10**12)]
Weekday = Annotated[int, Field(strict=True, ge=0, le=6)]
MinuteOfDay = Annotated[int, Field(strict=True, ge=0, le=2880)]
Flag = Annotated[bool, Field(strict=True)]
State = Literal["held", "pending", "confirmed", "checked_in", "completed", "cancelled", "expired", "no_show"]
Role = Literal["owner", "manager", "operator", "specialist", "marketer", "accountant"]
Scope = Annotated[str, Field(json_schema_extra={"enum": sorted(KEY_SCOPES)})]


class Change(Input):
    def given(self) -> dict[str, Any]:
        """What was sent, and nothing else; null means "not given" where a field cannot be null."""
        return self.model_dump(exclude_unset=True)


class PageQuery(Input):
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] = 25


class SearchQuery(PageQuery):
    search: LongLine = ""


class BookingsQuery(SearchQuery):
    """`from` and `to` are local dates of the first location, both included."""

    state: list[State] = Field(default=[], max_length=8)
    first_on: Day | None = Field(default=None, alias="from")
    last_on: Day | None = Field(default=None, alias="to")
    resource: OptionalKey = ""
    offering: OptionalKey = ""
    location: OptionalKey = ""
    customer: OptionalKey = ""
    order: OptionalKey = ""
    channel: Literal["", "page", "widget", "api", "backoffice"] = ""
    sort: Literal["start", "-start", "-created"] = "-start"

    def as_page(self) -> PageWanted:
        return PageWanted(self.page, self.page_size, self.sort)

    def as_filters(self) -> BookingFilters:
        return BookingFilters(
            states=tuple(self.state),
            resource=self.resource,
            offering=self.offering,
            location=self.location,
            customer=self.customer,
            order=self.order,
            channel=self.channel,
            search=self.search,
        )


class StaffOrderInput(Input):
    """Staff keep no grid and book unpaid. What binds guests only, such as lead time, horizon and restrictions, needs a
    `reason`.
    """

    customer: CustomerInput
    items: list[ItemInput] = Field(min_length=1, max_length=60)
    notes: Text = ""
    reason: Line = ""


class MoveInput(Input):
    start: Instant | None = None
    resource: Key | None = None
    duration: Minutes | None = None


class StaffCancellationInput(Input):
    """`waive_fee` and `fee` (minor units) go beyond the terms and need a `reason`."""

    reason: Line = ""
    waive_fee: Flag = False
    fee: Annotated[int | None, Field(strict=True, ge=0, le=10**12)] = None


class DeclineInput(Input):
    """Why staff say no; the guest reads it."""

    reason: Annotated[Line, Field(min_length=1)]


class BookingChange(Change):
    staff_notes: Text


class CashInput(Input):
    minor: Annotated[int, Field(strict=True, ge=1, le=10**12)]
    account: Literal["cash", "bank"] = "cash"


class SpanQuery(Input):
    since: Instant = Field(alias="from")
    until: Instant = Field(alias="to")


class ResourceChange(Change):
    location: Key = ""
    kind: Literal["person", "room", "hall", "vehicle", "equipment"] = "person"
    name: Name = ""
    title: Line = ""
    description: Prose = ""
    translations: Translations = {}
    color: Color = ""
    photo: OptionalKey = ""
    member: OptionalKey = ""
    follows_location: Flag = True
    position: Position = 0
    is_active: Flag = True


class ResourceInput(ResourceChange):
    location: Key = Field()
    kind: Literal["person", "room", "hall", "vehicle", "equipment"] = Field()
    name: Name = Field()


class HoursInput(Input):
    """Minutes from local midnight; an end above 1440 is after midnight."""

    weekday: Weekday
    starts: MinuteOfDay
    ends: MinuteOfDay
    valid_from: Day | None = None
    valid_until: Day | None = None

    def as_hours(self) -> Hours:
        return Hours(self.weekday, self.starts, self.ends, self.valid_from, self.valid_until)


class WeekInput(Input):
    week: list[HoursInput] = Field(max_length=200)
    follows_location: Flag | None = None


class ExceptionInput(Input):
    """Without minutes: closed."""

    first_on: Day
    last_on: Day
    starts: MinuteOfDay | None = None
    ends: MinuteOfDay | None = None
    reason: Line = ""

    def as_hours(self) -> DatedHours:
        return DatedHours(self.first_on, self.last_on, self.starts, self.ends, self.reason)


class PoolInput(Input):
    name: Name
    resources: list[Key] = Field(max_length=500)


class PoolChange(Change):
    name: Name | None = None
    resources: list[Key] | None = Field(default=None, max_length=500)


class CustomerChange(Change):
    name: Name | None = None
    email: LongLine | None = None
    phone: Annotated[str, StringConstraints(max_length=32, pattern=r"^[^\x00-\x1f\x7f]*$")] | None = None
    notes: Text | None = None


class BusinessChange(Change):
    slug: OptionalKey = ""
    name: Name = ""
    type: Literal["hotel", "services", "tours", "events", "rental", "studio"] = "services"
    country: Line = ""
    default_language: Literal["en", "ru", "es"] = "en"
    brand_color: Color = ""
    tagline: LongLine = ""
    about: Prose = ""
    email: LongLine = ""
    phone: Annotated[str, StringConstraints(max_length=32, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    website: Annotated[str, StringConstraints(max_length=200, pattern=r"^[\x21-\x7e]*$")] = ""
    translations: Translations = {}


class BookingRulesChange(Change):
    grid_minutes: Minutes = 15
    lead_minutes: Whole = 60
    horizon_days: Whole = 90
    hold_minutes: Whole = 15
    cancel_free_hours: Whole = 24
    reminder_hours: Whole = 24
    needs_phone: Flag = False
    policy: OptionalKey = ""
    waiting_offer_minutes: Minutes = 60


class LocationChange(Change):
    name: Name = ""
    address: LongLine = ""
    city: Line = ""
    country: Annotated[Line, Field(max_length=2)] = ""
    time_zone: Annotated[Line, Field(max_length=64, examples=["Europe/Lisbon"])] = ""
    phone: Annotated[Line, Field(max_length=32)] = ""
    directions: Text = ""
    translations: Translations = {}
    position: Position = 0
    is_active: Flag = True


class LocationInput(LocationChange):
    name: Name = Field()
    country: Annotated[Line, Field(max_length=2)] = Field()
    time_zone: Annotated[Line, Field(max_length=64, examples=["Europe/Lisbon"])] = Field()


class InvitationInput(Input):
    email: LongLine
    role: Role


class RoleInput(Input):
    role: Role


class KeyInput(Input):
    name: Annotated[Name, Field(max_length=80)]
    scopes: list[Scope] = Field(min_length=1, max_length=30)


class EventsQuery(Input):
    """The next page is `before` the id of the last event."""

    before: OptionalKey = ""
    type: list[Key] = Field(default=[], max_length=20)
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class AuditQuery(Input):
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    subject: OptionalKey = ""
    action: LongLine = ""


class PaymentsQuery(Input):
    """The next page is `before` the id of the last payment."""

    before: OptionalKey = ""
    flagged: bool = False
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class MessagesQuery(SearchQuery):
    state: OptionalKey = ""

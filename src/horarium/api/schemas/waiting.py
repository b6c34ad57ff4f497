"""Bodies, queries and answers about waiting lists."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from horarium.modules.booking.queries_waiting import WaitingFilters
from horarium.workflows.checkout import Contact
from horarium.workflows.waiting_fit import Wished
from horarium.workflows.waiting_list import Joining

from .answers import Moment
from .fields import Day, Input, Key, Line, Minutes, People
from .items import GuestsInput, Pieces
from .public import CustomerInput
from .staff_answers import Reference

State = Literal["waiting", "offered", "taken", "left", "lapsed"]
Nights = Annotated[int, Field(strict=True, ge=1, le=366)]


class WaitingInput(Input):
    """What is wanted on any of the dates from `from` to `to`: a slot has `duration` and `party`, a stay `nights`,
    `guests` and `rate_plan` (and lies within the dates), a session `tickets`.
    """

    offering: Key
    first_on: Day = Field(alias="from")
    last_on: Day = Field(alias="to")
    customer: CustomerInput
    duration: Minutes | None = None
    party: People | None = None
    nights: Nights | None = None
    guests: GuestsInput | None = None
    rate_plan: Key | None = None
    tickets: dict[Key, Pieces] | None = Field(default=None, min_length=1, max_length=20)
    resource: Key | None = None
    extras: list[Key] = Field(default=[], max_length=20)

    def as_joining(self) -> Joining:
        contact = self.customer
        wished = Wished(
            offering=self.offering,
            duration=self.duration,
            party=self.party,
            nights=self.nights,
            guests=None if self.guests is None else self.guests.as_guests(),
            rate_plan=self.rate_plan,
            tickets=() if self.tickets is None else tuple(self.tickets.items()),
            resource=self.resource,
            extras=tuple(self.extras),
        )
        return Joining(
            Contact(contact.name, contact.email, contact.phone, contact.locale[:2].lower()),
            wished,
            self.first_on,
            self.last_on,
        )


class WaitingQuery(Input):
    state: State | None = None
    offering: Key | None = None
    on: Day | None = None
    q: Line = ""
    page: Annotated[int, Field(ge=1, le=10_000)] = 1

    def as_filters(self, offering_id: int | None) -> WaitingFilters:
        return WaitingFilters(self.state or "", offering_id, self.on, self.q)


class JoinedAnswer(BaseModel):
    """The same for everybody: the link to one's place comes by e-mail only."""

    offering: str
    first_on: str = Field(serialization_alias="from")
    last_on: str = Field(serialization_alias="to")
    email: str


class WaitingEntryAnswer(BaseModel):
    """`order` holds the time that is offered, until `offered_until`."""

    id: str
    state: State
    offering: Reference
    first_on: str = Field(serialization_alias="from")
    last_on: str = Field(serialization_alias="to")
    party: int
    wish: dict[str, object]
    name: str
    email: str
    phone: str
    customer: str
    order: str | None
    offered_until: Moment | None
    created_at: Moment


class WaitingPageAnswer(BaseModel):
    items: list[WaitingEntryAnswer]
    page: int
    page_size: int
    has_next: bool

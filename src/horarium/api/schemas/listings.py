"""What is asked of nights, sessions and goods, and the shapes of the answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from horarium.kit.errors import InvalidInput
from horarium.workflows.items import Guests
from horarium.workflows.list_availability import WishInput
from horarium.workflows.sessions_asked import SessionWish
from horarium.workflows.stay_inquiry import StayWish

from .answers import LineAnswer, MoneyAnswer, Reason, SessionSlotAnswer, StayOfferAnswer
from .fields import Day, Input, Key

Many = Annotated[int, Field(ge=1, le=10_000)]
ChildAge = Annotated[int, Field(ge=0, le=17)]
Status = Literal["available", "limited", "sold_out", "closed"]
FIELDS_OF_MODE = {
    "slot": {"duration", "party", "resource", "extras"},
    "stay": {"nights", "adults", "child_ages", "rate_plan", "resource", "extras"},
    "session": {"places", "duration"},
}


class StayQuery(Input):
    """Who sleeps, in which rate plan and room, with which extras; one named n times is taken n times."""

    adults: Annotated[int | None, Field(ge=1, le=10_000, examples=[2])] = None
    child_ages: list[ChildAge] = Field(default=[], max_length=20)
    rate_plan: Key | None = None
    resource: Key | None = None
    extras: list[Key] = Field(default=[], max_length=20)

    def as_stay_wish(self) -> StayWish:
        guests = None
        if self.adults is not None or self.child_ages:
            guests = Guests(self.adults or 1, tuple(self.child_ages))
        return StayWish(guests, self.rate_plan, self.resource, tuple(self.extras))


class ListingQuery(StayQuery):
    """`party` and `duration` are of offerings by start; `nights`, `adults`, `child_ages`, `rate_plan` of stays;
    `places` of sessions, and `duration` of a new shared slot.
    """

    first_on: Day = Field(alias="from")
    last_on: Day = Field(alias="to")
    party: Annotated[int | None, Field(ge=1, le=10_000, examples=[1])] = None
    duration: Annotated[int | None, Field(ge=1, le=10_080, examples=[60])] = None
    nights: Annotated[int | None, Field(ge=1, le=366, examples=[2])] = None
    places: Annotated[int | None, Field(ge=1, le=10_000, examples=[2])] = None

    def check_mode(self, mode: str) -> None:
        """Refuse what means nothing for offerings of this kind. Raises InvalidInput(field)."""
        for name in sorted(self.given() - FIELDS_OF_MODE[mode]):
            raise InvalidInput("of another mode", field=name, params={"reason": "mode"})

    def suits(self, mode: str) -> bool:
        return self.given() <= FIELDS_OF_MODE[mode]

    def given(self) -> set[str]:
        names: set[str] = set().union(*FIELDS_OF_MODE.values())
        return {name for name in names if getattr(self, name) not in (None, [])}

    def as_wish(self) -> WishInput:
        return WishInput(self.duration, self.party, self.resource, tuple(self.extras))

    def as_session_wish(self) -> SessionWish:
        return SessionWish(self.places or 1, self.duration)


class StayDatesQuery(StayQuery):
    check_in: Day
    check_out: Day


class DeparturesQuery(StayQuery):
    check_in: Day
    last_on: Day | None = Field(default=None, alias="to")


class NightAnswer(BaseModel):
    """The night that begins on `date`. `price`: in the asked plan or the cheapest, `rate_plan`. `free` of `rooms`.

    `longest`: nights of the longest stay from here. `stay`: that of the asked length.
    """

    date: date
    status: Status
    reason: Reason | None
    price: MoneyAnswer | None
    rate_plan: str | None
    free: int
    rooms: int
    min_stay: int
    longest: int
    closed_to_arrival: bool
    closed_to_departure: bool
    stay: StayOfferAnswer | None


class NightsAnswer(BaseModel):
    offering: str
    time_zone: str
    nights: int | None
    days: list[NightAnswer]


class DeparturesAnswer(BaseModel):
    """One for each date of departure."""

    check_in: date
    stays: list[StayOfferAnswer]


class StayPlanAnswer(BaseModel):
    """The stay under one rate plan; `rate_plan` is null where the offering has none."""

    rate_plan: str | None
    name: str
    summary: str
    price: MoneyAnswer
    due_now: MoneyAnswer
    lines: list[LineAnswer]


class StayAnswer(BaseModel):
    """`rooms`: those that the guest may choose."""

    is_free: bool
    code: Reason | None
    text: str
    plans: list[StayPlanAnswer]
    rooms: list[str]
    alternatives: list[StayOfferAnswer]


class SessionDayAnswer(BaseModel):
    date: date
    status: Status
    reason: Reason | None
    sessions: list[SessionSlotAnswer]


class SessionsAnswer(BaseModel):
    offering: str
    time_zone: str
    days: list[SessionDayAnswer]


class ProductAnswer(BaseModel):
    """`most`: how many one order may take now."""

    id: str
    name: str
    summary: str
    description: str
    photo: str | None
    price: MoneyAnswer
    most: int


class ProductsAnswer(BaseModel):
    products: list[ProductAnswer]

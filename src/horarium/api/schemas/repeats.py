"""Items that repeat: bodies of guests and of staff, and the answers about their occurrences."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Discriminator, Field, Tag

from horarium.workflows.place_series import Line
from horarium.workflows.recurrence import guests_rule
from horarium.workflows.recurrence_items import SeriesWish

from .answers import (
    FieldErrorAnswer,
    LineAnswer,
    Moment,
    MoneyAnswer,
    Reason,
    SessionSlotAnswer,
    SlotAnswer,
    StayOfferAnswer,
)
from .fields import Input, Instant, Key
from .items import ProductItemInput, SessionItemInput, SlotItemInput, StayItemInput, kind_of

Number = Annotated[int, Field(strict=True, ge=0, le=51)]


class OtherStartInput(Input):
    """`resource` only where another one than the item's should serve it, such as for an alternative that does not name
    it; null: anyone.
    """

    number: Number
    start: Instant
    resource: Key | None = None


class RepeatInput(Input):
    """`times` dates in all, each at the same time of the clock on the wall; `month`: on the same weekday of the month,
    such as the second Tuesday. Single dates, by number from 0: `skip` and other `starts`.
    """

    every: Literal["week", "two_weeks", "month"]
    times: Annotated[int, Field(strict=True, ge=2, le=52)]
    skip: list[Number] = Field(default=[], max_length=52)
    starts: list[OtherStartInput] = Field(default=[], max_length=52)


class RepeatedSlotItemInput(SlotItemInput):
    """Time from a start, once or, with `repeat`, on several dates: all of them are taken or none."""

    repeat: RepeatInput | None = None

    def as_line(self) -> Line:
        if self.repeat is None:
            return self.as_item()
        return SeriesWish(
            self.as_item(),
            guests_rule(self.repeat.every, self.repeat.times),
            frozenset(self.repeat.skip),
            {one.number: one.start for one in self.repeat.starts},
            other_resources(self.repeat.starts),
        )


OrderItemInput = Annotated[
    Annotated[RepeatedSlotItemInput, Tag("slot")]
    | Annotated[StayItemInput, Tag("stay")]
    | Annotated[SessionItemInput, Tag("session")]
    | Annotated[ProductItemInput, Tag("product")],
    Discriminator(kind_of),
]


def lines_of(items: list[OrderItemInput]) -> list[Line]:
    return [one.as_line() if isinstance(one, RepeatedSlotItemInput) else one.as_item() for one in items]


def other_resources(starts: list[OtherStartInput]) -> dict[int, str | None]:
    return {one.number: one.resource for one in starts if "resource" in one.model_fields_set}


class OccurrenceAnswer(BaseModel):
    """`code` is the reason why it cannot be had."""

    number: int
    on: str
    start: Moment
    end: Moment | None
    price: MoneyAnswer | None
    code: Reason | None
    is_skipped: bool
    alternatives: list[SlotAnswer | StayOfferAnswer | SessionSlotAnswer]


class ChangedOccurrenceAnswer(BaseModel):
    booking: str
    was: Moment
    start: Moment
    code: Reason | None
    alternatives: list[SlotAnswer | StayOfferAnswer | SessionSlotAnswer]


class QuotedItemAnswer(BaseModel):
    """Time, or goods: then `product` and `quantity` in place of the other fields.

    Of an item that repeats, `occurrences` have the single prices; `price` and `due_now` are their sums, and `lines`
    are empty.
    """

    offering: str | None = None
    start: Moment | None = None
    end: Moment | None = None
    party: int | None = None
    product: str | None = None
    quantity: int | None = None
    price: MoneyAnswer
    due_now: MoneyAnswer
    lines: list[LineAnswer]
    occurrences: list[OccurrenceAnswer] | None = None


class QuoteAnswer(BaseModel):
    total: MoneyAnswer
    due_now: MoneyAnswer
    items: list[QuotedItemAnswer]


class ProblemAnswer(BaseModel):
    """RFC 9457. `code` is stable; `title` and `detail` are in the language of the request."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(examples=["availability.slot_taken"])
    errors: list[FieldErrorAnswer] | None = None
    alternatives: list[SlotAnswer | StayOfferAnswer | SessionSlotAnswer] | None = None
    occurrences: list[OccurrenceAnswer] | list[ChangedOccurrenceAnswer] | None = None
    reason: str | None = None
    item: int | None = None

"""Bodies and answers about recurring series."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from horarium.kit.errors import InvalidInput
from horarium.workflows.change_series import SeriesChange
from horarium.workflows.checkout import Contact
from horarium.workflows.recurrence import SeriesRule
from horarium.workflows.recurrence_items import SeriesWish

from .answers import Moment, MoneyAnswer, OrderAnswer
from .fields import Day, Input, Instant, Key, Line, Minutes, Text
from .items import ItemInput
from .public import CustomerInput
from .repeats import ChangedOccurrenceAnswer, Number, OccurrenceAnswer, OtherStartInput, other_resources
from .staff_time import Flag, Weekday


class RuleInput(Input):
    """Every `every` days, weeks or months, `count` times or up to `until`.

    Of weeks on `weekdays` (0 = Monday; none: that of the first). Of months on the same weekday of the month as the
    first.
    """

    unit: Literal["day", "week", "month"] = "week"
    every: Annotated[int, Field(strict=True, ge=1, le=26)] = 1
    weekdays: list[Weekday] = Field(default=[], max_length=7)
    count: Annotated[int | None, Field(strict=True, ge=1, le=52)] = None
    until: Day | None = None

    def as_rule(self) -> SeriesRule:
        return SeriesRule(self.every, tuple(sorted(set(self.weekdays))), self.count, self.until, self.unit)


class SeriesInput(Input):
    """`item` as in an order, at its first time. Single occurrences, by number from 0: `skip` and other `starts`."""

    item: ItemInput
    rule: RuleInput
    skip: list[Number] = Field(default=[], max_length=52)
    starts: list[OtherStartInput] = Field(default=[], max_length=52)

    def as_wish(self) -> SeriesWish:
        return SeriesWish(
            self.item.as_item(),
            self.rule.as_rule(),
            frozenset(self.skip),
            {one.number: one.start for one in self.starts},
            other_resources(self.starts),
        )


class SeriesOrderInput(SeriesInput):
    """`reason`: why staff go beyond what binds guests only, for all dates that do; needed where one does."""

    customer: CustomerInput
    notes: Text = ""
    reason: Line = ""

    def as_contact(self) -> Contact:
        one = self.customer
        return Contact(one.name, one.email, one.phone, one.locale[:2].lower())


Reach = Literal["this", "following", "all"]


class SeriesChangeInput(Input):
    """`start`: where this booking goes; the others that are meant go by the same shift of the wall clock. `resource`:
    who or what serves all of them from then on. One of them is needed.
    """

    reach: Reach = "this"
    start: Instant | None = None
    resource: Key | None = None

    def as_change(self) -> SeriesChange:
        return self._asked(SeriesChange(self.reach, self.start, self.resource))

    def _asked(self, change: SeriesChange) -> SeriesChange:
        if change.start is None and change.resource is None and change.duration is None:
            raise InvalidInput("nothing to change", field="start", params={"reason": "required"})
        return change


class StaffSeriesChangeInput(SeriesChangeInput):
    """`keep_price` and `waive_fee` go beyond the terms and need a `reason`."""

    duration: Minutes | None = None
    keep_price: Flag = False
    waive_fee: Flag = False
    reason: Line = ""

    def as_change(self) -> SeriesChange:
        return self._asked(
            SeriesChange(
                self.reach,
                self.start,
                self.resource,
                self.duration,
                self.keep_price,
                self.waive_fee,
                self.reason.strip(),
            )
        )


class SeriesCancellationInput(Input):
    """Which dates, counted from the booking."""

    reach: Reach = "this"
    reason: Line = ""


class StaffSeriesCancellationInput(SeriesCancellationInput):
    """`waive_fee` goes beyond the terms and needs a `reason`."""

    waive_fee: Flag = False


class SeriesPlanAnswer(BaseModel):
    occurrences: list[OccurrenceAnswer]
    total: MoneyAnswer


class SeriesRuleAnswer(BaseModel):
    unit: str = "week"
    every: int
    weekdays: list[int]
    count: int | None = None
    until: str | None = None


class SeriesBookingAnswer(BaseModel):
    id: str
    state: str
    start: Moment
    end: Moment
    price: MoneyAnswer


class SeriesAnswer(BaseModel):
    id: str
    order: str
    rule: SeriesRuleAnswer
    bookings: list[SeriesBookingAnswer]


class SeriesMoneyAnswer(BaseModel):
    """Summed over the bookings; `rest` is what of the whole order is then still to be paid."""

    before: MoneyAnswer
    after: MoneyAnswer
    fee: MoneyAnswer
    refund: MoneyAnswer
    rest: MoneyAnswer


class ChangedSeriesAnswer(BaseModel):
    """Every date that is meant: where it was, where it goes."""

    occurrences: list[ChangedOccurrenceAnswer]
    money: SeriesMoneyAnswer


class SeriesCancellationAnswer(BaseModel):
    """`bookings`: those that would be cancelled."""

    bookings: list[str]
    fee: MoneyAnswer
    refund: MoneyAnswer
    rest: MoneyAnswer


class SeriesOrderAnswer(OrderAnswer):
    """The order of all occurrences; `series` names what they belong to."""

    series: str

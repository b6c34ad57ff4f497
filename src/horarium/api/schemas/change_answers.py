"""The shapes of answers about changes, for the OpenAPI file."""

from __future__ import annotations

from pydantic import BaseModel

from .answers import LineAnswer, Moment, MoneyAnswer, OrderAnswer, SlotAnswer


class StartsAnswer(BaseModel):
    slots: list[SlotAnswer]


class ChangeMoneyAnswer(BaseModel):
    """`before`, `after`: the booking's price. `paid`: what is here for the order. `fee` is kept of it, `refund` goes
    back, `rest` is then still to be paid for the order. `carried_fee`: what cancelling afterwards costs at least.
    """

    before: MoneyAnswer
    after: MoneyAnswer
    fee: MoneyAnswer
    paid: MoneyAnswer
    refund: MoneyAnswer
    rest: MoneyAnswer
    carried_fee: MoneyAnswer


class ChangePreviewAnswer(ChangeMoneyAnswer):
    start: Moment
    end: Moment
    party: int
    lines: list[LineAnswer]


class ChangedAnswer(OrderAnswer):
    change: ChangeMoneyAnswer


class CancellationPreviewAnswer(BaseModel):
    """`rest`: what is then still to be paid for the bookings that stay."""

    fee: MoneyAnswer
    refund: MoneyAnswer
    rest: MoneyAnswer


class CancellationAnswer(OrderAnswer):
    fee: MoneyAnswer
    refund: MoneyAnswer
    rest: MoneyAnswer

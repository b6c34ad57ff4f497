"""Goods of orders: what is asked, and how a list tells them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from .answers import BookingState, Moment, MoneyAnswer
from .fields import Input, Line
from .manage import OptionalKey, SearchQuery
from .staff_answers import ContactAnswer, PageAnswer, Reference


class GoodsInput(Input):
    """`lines`: ids of product lines of the order; none: all of them."""

    lines: list[OptionalKey] = Field(default=[], max_length=100)


class GoodsCancellationInput(GoodsInput):
    reason: Line = ""


class GoodsQuery(SearchQuery):
    """`state` of any of the goods. `search`: the customer, or the whole id of the order."""

    state: Literal["", "held", "confirmed", "completed", "cancelled", "expired"] = ""


class GoodsLineAnswer(BaseModel):
    product: Reference
    quantity: int
    state: BookingState


class GoodsRowAnswer(BaseModel):
    """`state` is of the goods: the one that needs attention first. Money is of the whole order."""

    id: str
    state: BookingState
    created_at: Moment
    contact: ContactAnswer
    goods: list[GoodsLineAnswer]
    has_bookings: bool
    total: MoneyAnswer
    payment_state: str


class GoodsPage(PageAnswer):
    items: list[GoodsRowAnswer]

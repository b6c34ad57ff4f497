"""Carts: what comes in and what goes out."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from .answers import LineAnswer, Moment, MoneyAnswer, SessionSlotAnswer, SlotAnswer, StayOfferAnswer
from .fields import Input
from .items import ItemInput


class CartInput(Input):
    items: list[ItemInput] = Field(max_length=60)


class CartLineAnswer(BaseModel):
    """`item` has the form of an order's. Without a price it cannot be had now: `code` and `text` say why."""

    item: dict[str, Any]
    name: str
    start: Moment | None
    end: Moment | None
    is_free: bool
    code: str | None
    text: str
    alternatives: list[SlotAnswer | StayOfferAnswer | SessionSlotAnswer]
    price: MoneyAnswer | None
    due_now: MoneyAnswer | None
    lines: list[LineAnswer]


class CartAnswer(BaseModel):
    """`total` and `due_now` are of the lines that can be had."""

    id: str = Field(examples=["cart_0123456789abcdefghjk"])
    lines: list[CartLineAnswer]
    total: MoneyAnswer
    due_now: MoneyAnswer
    can_be_booked: bool

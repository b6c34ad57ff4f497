"""The door: what is sent, and what it says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from .answers import BookingState, Moment
from .fields import Input, LongLine
from .manage import OptionalKey
from .staff_answers import Reference

Outcome = Literal["ok", "already_in", "wrong_day", "wrong_session", "cancelled", "not_confirmed", "unknown"]
Code = Annotated[LongLine, Field(min_length=1)]


class CheckInInput(Input):
    """`code`: what the QR says, an address or the code alone. `session`: the one that this door is open for."""

    code: Code
    session: OptionalKey = ""


class ExpectedTicketAnswer(BaseModel):
    """A good ticket. `name`: who ordered it. `checked_in_at`: null for a guest who has not come."""

    id: str
    number: int
    ticket_type: Reference
    name: str
    order: str
    booking: str
    booking_state: BookingState
    checked_in_at: Moment | None


class SessionTicketsAnswer(BaseModel):
    """`expected` and `arrived` count all of them, whatever was searched for."""

    session: str
    start: Moment
    expected: int
    arrived: int
    items: list[ExpectedTicketAnswer]


class ShownTicketAnswer(BaseModel):
    id: str
    number: int
    ticket_type: Reference
    name: str
    session: str
    start: Moment
    order: str
    booking: str
    checked_in_at: Moment | None


class CheckInAnswer(BaseModel):
    """`outcome`: only `ok` lets in. `since`: when the guest came in. `ticket` is null for an unknown code."""

    outcome: Outcome
    since: Moment | None
    ticket: ShownTicketAnswer | None


class TicketsQuery(Input):
    """A part of a name, a phone or an e-mail, or the number of a ticket."""

    search: LongLine = ""

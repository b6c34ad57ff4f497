"""Bodies of changes: what should be different. What is left out stays as it is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from horarium.workflows.change_booking import ChangeWish
from horarium.workflows.early_departure import Departure
from horarium.workflows.no_show import NoShowWish
from horarium.workflows.plan_again import Change

from .fields import Day, Input, Instant, Key, Line, Minutes, People
from .items import GuestsInput, Pieces

Flag = Annotated[bool, Field(strict=True)]
MinorUnits = Annotated[int, Field(strict=True, ge=0, le=10**12)]


class ChangeInput(Input):
    """A slot has `start`, `duration` and `party`; a stay `check_in`, `check_out`, `guests` and `rate_plan`; a session
    `session` (of a shared slot, `start`) and `tickets`. `extras` are all that the booking has from then on.
    """

    start: Instant | None = None
    duration: Minutes | None = None
    party: People | None = None
    resource: Key | None = None
    extras: list[Key] | None = Field(default=None, max_length=20)
    check_in: Day | None = None
    check_out: Day | None = None
    guests: GuestsInput | None = None
    rate_plan: Key | None = None
    session: Key | None = None
    tickets: dict[Key, Pieces] | None = Field(default=None, min_length=1, max_length=20)

    def as_change(self) -> Change:
        return Change(
            start=self.start,
            resource=self.resource,
            duration=self.duration,
            party=self.party,
            extras=None if self.extras is None else tuple(self.extras),
            check_in=self.check_in,
            check_out=self.check_out,
            guests=None if self.guests is None else self.guests.as_guests(),
            rate_plan=self.rate_plan,
            session=self.session,
            tickets=None if self.tickets is None else tuple(self.tickets.items()),
        )

    def as_wish(self) -> ChangeWish:
        return ChangeWish(self.as_change())


class StaffChangeInput(ChangeInput):
    """`keep_price`, `price` (minor units) and `waive_fee` go beyond the terms and need a `reason`."""

    keep_price: Flag = False
    price: MinorUnits | None = None
    waive_fee: Flag = False
    reason: Line = ""

    def as_wish(self) -> ChangeWish:
        return ChangeWish(
            self.as_change(),
            keep_price=self.keep_price,
            price=self.price,
            waive_fee=self.waive_fee,
            reason=self.reason.strip(),
        )


class NoShowInput(Input):
    """`waive_fee` and `fee` (minor units) go beyond the terms and need a `reason`."""

    waive_fee: Flag = False
    fee: MinorUnits | None = None
    reason: Line = ""

    def as_wish(self) -> NoShowWish:
        return NoShowWish(self.waive_fee, self.fee, self.reason.strip())


class DepartureInput(Input):
    """The local date of leaving. `refund`: the nights that are not slept are not paid."""

    on: Day
    refund: Flag = False
    reason: Line = ""

    def as_departure(self) -> Departure:
        return Departure(self.on, self.refund, self.reason.strip())


class ArrivalInput(Input):
    """When the guest will come; null takes it back."""

    arrives_at: Instant | None

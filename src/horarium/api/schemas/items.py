"""The lines of an order: what a line is, its fields say; each kind refuses the fields of the others."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from horarium.workflows.items import Guests, ProductItem, SessionItem, SlotItem, StayItem

from .fields import Day, Input, Instant, Key, Minutes, People

ItemKind = Literal["slot", "stay", "session", "product"]
ITEM_KINDS = frozenset({"slot", "stay", "session", "product"})
Age = Annotated[int, Field(strict=True, ge=0, le=17)]
Pieces = Annotated[int, Field(strict=True, ge=1, le=1_000)]


class GuestsInput(Input):
    """Ages of children in full years at arrival."""

    adults: People = 1
    child_ages: list[Age] = Field(default=[], max_length=20)

    def as_guests(self) -> Guests:
        return Guests(self.adults, tuple(self.child_ages))


class SlotItemInput(Input):
    """Time from a start; an extra named n times is taken n times."""

    offering: Key
    start: Instant
    duration: Minutes | None = None
    resource: Key | None = None
    party: People | None = None
    extras: list[Key] = Field(default=[], max_length=20)

    def as_item(self) -> SlotItem:
        return SlotItem(
            self.offering, self.start, self.duration, self.resource, self.party, tuple(self.extras)
        )


class StayItemInput(Input):
    """Nights between two local dates."""

    offering: Key
    check_in: Day
    check_out: Day
    guests: GuestsInput = GuestsInput()
    rate_plan: Key | None = None
    resource: Key | None = None
    extras: list[Key] = Field(default=[], max_length=20)

    def as_item(self) -> StayItem:
        return StayItem(
            self.offering,
            self.check_in,
            self.check_out,
            self.guests.as_guests(),
            self.rate_plan,
            self.resource,
            tuple(self.extras),
        )


class SessionItemInput(Input):
    """Tickets of a session; of a shared slot, which may not exist yet, by `offering` and `start`."""

    tickets: dict[Key, Pieces] = Field(min_length=1, max_length=20)
    session: Key | None = None
    offering: Key | None = None
    start: Instant | None = None
    extras: list[Key] = Field(default=[], max_length=20)

    def as_item(self) -> SessionItem:
        return SessionItem(
            tuple(self.tickets.items()), self.session, self.offering, self.start, tuple(self.extras)
        )


class ProductItemInput(Input):
    product: Key
    quantity: Pieces = 1

    def as_item(self) -> ProductItem:
        return ProductItem(self.product, self.quantity)


def kind_of(value: Any) -> ItemKind:
    """By the fields that only one kind has; a line without any of them is time from a start."""
    names = value if isinstance(value, dict) else getattr(value, "__dict__", ())
    if "product" in names:
        return "product"
    if "tickets" in names or "session" in names:
        return "session"
    if "check_in" in names or "check_out" in names or "guests" in names:
        return "stay"
    return "slot"


ItemInput = Annotated[
    Annotated[SlotItemInput, Tag("slot")]
    | Annotated[StayItemInput, Tag("stay")]
    | Annotated[SessionItemInput, Tag("session")]
    | Annotated[ProductItemInput, Tag("product")],
    Discriminator(kind_of),
]

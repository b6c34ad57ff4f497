"""Bodies and queries of guests."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from horarium.workflows.checkout import Checkout, Contact
from horarium.workflows.list_availability import WishInput

from .fields import Day, Input, Instant, Key, Line, LongLine, Text
from .repeats import OrderItemInput


def _web_address(value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise PydanticCustomError("url", "not an address")
    return value


WebAddress = Annotated[
    str, StringConstraints(max_length=500, pattern=r"^[\x21-\x7e]*$"), AfterValidator(_web_address)
]
Locale = Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?)?$")]


class Wish(Input):
    """What the guest asks for besides the time."""

    party: Annotated[int | None, Field(ge=1, le=10_000, examples=[1])] = None
    resource: Key | None = None
    duration: Annotated[int | None, Field(ge=1, le=10_080, examples=[60])] = None
    extras: list[Key] = Field(default=[], max_length=20)

    def as_input(self) -> WishInput:
        return WishInput(self.duration, self.party, self.resource, tuple(self.extras))


class AvailabilityQuery(Wish):
    first_on: Day = Field(alias="from")
    last_on: Day = Field(alias="to")


class WhyQuery(Wish):
    start: Instant


class QuoteInput(Input):
    items: list[OrderItemInput] = Field(min_length=1, max_length=60)


class CustomerInput(Input):
    name: Annotated[Line, Field(min_length=1)]
    email: LongLine = ""
    phone: Annotated[str, StringConstraints(max_length=32, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    locale: Locale = ""


class CheckoutInput(Input):
    customer: CustomerInput
    items: list[OrderItemInput] = Field(min_length=1, max_length=60)
    notes: Text = ""
    return_url: WebAddress = ""
    channel: Literal["api", "widget"] = "api"

    def as_checkout(self) -> Checkout:
        """Without the items."""
        contact = self.customer
        return Checkout(
            contact=Contact(contact.name, contact.email, contact.phone, contact.locale[:2].lower()),
            items=(),
            notes=self.notes,
            return_url=self.return_url,
            channel=self.channel,
        )


class PaymentInput(Input):
    """`gateway`: where the business has switched on several; without it the first of them."""

    gateway: Key | None = None
    return_url: WebAddress = ""


class CancellationQuery(Input):
    """Which bookings and goods; none named: all that are still ahead."""

    bookings: list[Key] = Field(default=[], max_length=20)


class CancellationInput(Input):
    """Which bookings; none named: all that are still ahead."""

    bookings: list[Key] = Field(default=[], max_length=60)
    reason: Line = ""

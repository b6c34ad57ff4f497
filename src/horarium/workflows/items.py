"""The lines of a checkout as they come in: public ids, local dates, aware instants. Prices and states never do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Guests:
    """Who sleeps there. Ages of children in full years at arrival."""

    adults: int = 1
    child_ages: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        return self.adults + len(self.child_ages)

    def as_json(self) -> dict[str, object]:
        return {"adults": self.adults, "child_ages": list(self.child_ages)}


@dataclass(frozen=True, slots=True)
class SlotItem:
    """Time from an aware start: minutes, people. An extra named n times is taken n times."""

    offering: str
    start: datetime
    duration: int | None = None
    resource: str | None = None
    party: int | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StayItem:
    """Nights from the local date of arrival to that of departure. An extra named n times is taken n times."""

    offering: str
    check_in: date
    check_out: date
    guests: Guests = Guests()
    rate_plan: str | None = None
    resource: str | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionItem:
    """Tickets of a session, or of a shared slot: then `offering` and `start` say which."""

    tickets: tuple[tuple[str, int], ...]
    session: str | None = None
    offering: str | None = None
    start: datetime | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductItem:
    product: str
    quantity: int = 1


Item: TypeAlias = SlotItem | StayItem | SessionItem | ProductItem


def item_as_json(item: Item) -> dict[str, Any]:
    """The form in which the API takes an item, with what was left open left out."""
    kept = {name: value for name, value in asdict(item).items() if value not in (None, (), [])}
    for name in ("start", "check_in", "check_out"):
        if name in kept:
            kept[name] = kept[name].isoformat()
    if isinstance(item, SessionItem):
        kept["tickets"] = dict(item.tickets)
    return kept


def item_of_json(kept: Mapping[str, Any]) -> Item:
    """The opposite of `item_as_json`."""
    fields = dict(kept)
    fields["extras"] = tuple(fields.get("extras", ()))
    if "start" in fields:
        fields["start"] = datetime.fromisoformat(fields["start"])
    if "product" in fields:
        return ProductItem(fields["product"], fields.get("quantity", 1))
    if "tickets" in fields:
        fields["tickets"] = tuple(fields["tickets"].items())
        return SessionItem(**fields)
    if "check_in" in fields:
        guests = fields.pop("guests", {"adults": 1, "child_ages": ()})
        dates = {name: date.fromisoformat(fields[name]) for name in ("check_in", "check_out")}
        return StayItem(
            **{**fields, **dates, "guests": Guests(guests["adults"], tuple(guests["child_ages"]))}
        )
    return SlotItem(**fields)

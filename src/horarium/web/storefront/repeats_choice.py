"""The dates of a booking that repeats, as a guest has chosen them. They live in the address, so that every step is a
plain link.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from horarium.kit.errors import NotFound
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.quantities import number_of
from horarium.web.components.typed_dates import read_instant
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import Slot
from horarium.workflows.recurrence import guests_rule
from horarium.workflows.recurrence_items import SeriesWish

from .choice import Choice
from .shop import Shop

SKIP: Final = "skip"
ANYONE: Final = "any"
DATE: Final = "date-"
USUAL_TIMES: Final = 4
EVERY: Final[dict[str, str | Promise]] = {
    "week": _("Every week"),
    "two_weeks": _("Every two weeks"),
    "month": _("Every month"),
}


@dataclass(frozen=True, slots=True)
class Repeat:
    """`dates`: what was decided about single ones, by number from 0: `skip`, or another start."""

    choice: Choice
    every: str
    times: int
    dates: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, choice: Choice, data: QueryDict, most: int) -> Self:
        every = data.get("every", "")
        times = number_of(data.get("times")) or USUAL_TIMES
        found = {
            int(name.removeprefix(DATE)): str(data[name])[:60]
            for name in data
            if name.startswith(DATE) and number_of(name.removeprefix(DATE)) is not None
        }
        times = min(max(times, 2), most)
        kept = tuple((number, text) for number, text in sorted(found.items()) if number < times)
        return cls(choice, every if every in EVERY else "week", times, kept)

    def wish(self, item: SlotItem) -> SeriesWish:
        moved = {number: text.partition(" ") for number, text in self.dates if text != SKIP}
        starts = {number: read_instant(parts[0]) for number, parts in moved.items()}
        return SeriesWish(
            item,
            guests_rule(self.every, self.times),
            frozenset(number for number, text in self.dates if text == SKIP),
            {number: start for number, start in starts.items() if start is not None},
            {number: None for number, parts in moved.items() if parts[2] == ANYONE},
        )

    def decided(self, decisions: dict[int, str | None]) -> Repeat:
        """With these dates at another start, left out, or (None) as the rule says."""
        dates = {**dict(self.dates), **decisions}
        return replace(self, dates=tuple((number, text) for number, text in sorted(dates.items()) if text))

    def pairs(self) -> list[tuple[str, str]]:
        own = [("every", self.every), ("times", str(self.times))]
        return [*self.choice.pairs(), *own, *((f"{DATE}{number}", text) for number, text in self.dates)]

    def query(self) -> str:
        return f"?{urlencode(self.pairs())}"

    def instead(self, value: str) -> Repeat:
        """`<number> <start> [any]` or `<number> skip`, as a button sends it."""
        number, _space, text = value.partition(" ")
        known = number_of(number)
        is_said = text == SKIP or read_instant(text.partition(" ")[0]) is not None
        return self.decided({known: text}) if known is not None and is_said else self


def start_value(slot: Slot, resource: str | None) -> str:
    """What stands in the address for this start; whom the guest chose serves it when free then, else anyone."""
    is_other = resource is not None and resource not in slot.resources
    return f"{slot.start.isoformat()} {ANYONE}" if is_other else slot.start.isoformat()


def repeat_of(request: HttpRequest, shop: Shop, offering_key: str) -> tuple[OfferingFacts, Repeat]:
    """What the address or the form says. Raises NotFound for what guests do not repeat."""
    offering = shop.catalog.get_offering(offering_key)
    if not may_repeat(offering):
        raise NotFound("repeat", params={"kind": "offering"})
    data = request.POST if request.method == "POST" else request.GET
    rooms = frozenset(one.public_id for one in shop.choosable(offering))
    choice = Choice.of(data).fitted(offering, rooms)
    return offering, Repeat.of(choice, data, offering.repeats_up_to)


def may_repeat(offering: OfferingFacts) -> bool:
    return offering.mode == "slot" and offering.repeats_up_to > 1


def first_item(offering: OfferingFacts, repeat: Repeat) -> SlotItem | None:
    """None while no start is chosen."""
    item = repeat.choice.item(offering)
    return item if isinstance(item, SlotItem) else None


def address(name: str, shop: Shop, offering: OfferingFacts) -> str:
    return reverse(name, args=[shop.business.slug, offering.slug])

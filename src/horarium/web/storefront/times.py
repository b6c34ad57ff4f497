"""The free starts of one day, in the parts of the day in which people think of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from horarium.kit.money import Money
from horarium.web.components.formats import money_text, time_text
from horarium.workflows.list_availability import Slot

PARTS: Final[tuple[tuple[int, str | Promise], ...]] = (
    (6, _("Night")),
    (12, _("Morning")),
    (18, _("Afternoon")),
    (24, _("Evening")),
)


@dataclass(frozen=True, slots=True)
class Start:
    """`zone` is said only where the clock shows this time twice; `price` only where it differs."""

    slot: Slot
    url: str
    text: str
    zone: str
    price: Money | None
    spoken: str


@dataclass(frozen=True, slots=True)
class Part:
    name: str | Promise
    starts: tuple[Start, ...]


def parts_of_day(slots: Sequence[Slot], url_of: Callable[[Slot], str]) -> tuple[Part, ...]:
    """Night before six, morning before noon, afternoon before six in the evening; empty ones are left out."""
    shown = Counter(time_text(slot.start) for slot in slots)
    prices_differ = len({slot.price for slot in slots}) > 1
    starts = [_start(slot, url_of(slot), shown, prices_differ) for slot in slots]
    parts, since = [], 0
    for until, name in PARTS:
        own = tuple(one for one in starts if since <= one.slot.start.hour < until)
        since = until
        if own:
            parts.append(Part(name, own))
    return tuple(parts)


def _start(slot: Slot, url: str, shown: Counter[str], prices_differ: bool) -> Start:
    text = time_text(slot.start)
    zone = (slot.start.tzname() or "") if shown[text] > 1 else ""
    spoken = f"{text}\u2013{time_text(slot.end)} {zone}".strip()
    if prices_differ:
        spoken = f"{spoken}, {money_text(slot.price)}"
    return Start(slot, url, text, zone, slot.price if prices_differ else None, spoken)

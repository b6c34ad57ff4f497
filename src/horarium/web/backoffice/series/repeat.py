"""A new booking that repeats: every date is checked at once, and what clashes is decided before anything is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict

from horarium.web.backoffice.bookings.limits import reason_of
from horarium.web.backoffice.problems import staff_reason
from horarium.web.backoffice.shell import Office, show
from horarium.web.components.typed_dates import read_instant
from horarium.workflows.book_at_desk import book_series_at_desk
from horarium.workflows.checkout import Contact
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import Slot
from horarium.workflows.order_view import OrderView
from horarium.workflows.place_series import Occurrence, SeriesClash
from horarium.workflows.recurrence_items import SeriesWish

from .rule_form import TypedRule

SKIP: Final = "skip"
ANYONE: Final = " any"
"""Behind a start: whoever is free serves that date."""
_CHOICE: Final = "date_"
_OWN: Final = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class ShownOccurrence:
    """`near`: each free start near it with what its button sends, and whether somebody else serves then."""

    one: Occurrence
    reason: str
    near: tuple[tuple[Slot, str, bool], ...] = ()

    @property
    def name(self) -> str:
        """Of the field that decides about it."""
        return f"{_CHOICE}{self.one.number}"


def is_repeated(data: QueryDict) -> bool:
    return bool(TypedRule.of(data).unit)


def wish_of(item: SlotItem, data: QueryDict) -> SeriesWish:
    """The rule, and for single dates `date_<n>`: another start, or `skip`."""
    chosen = {
        int(name.removeprefix(_CHOICE)): str(data[name])
        for name in data
        if name.startswith(_CHOICE) and name.removeprefix(_CHOICE).isdigit()
    }
    starts = {
        number: read_instant(text.removesuffix(ANYONE)) for number, text in chosen.items() if text != SKIP
    }
    return SeriesWish(
        item,
        TypedRule.of(data).rule,
        skip=frozenset(number for number, text in chosen.items() if text == SKIP),
        starts={number: start for number, start in starts.items() if start is not None},
        resources={number: None for number, text in chosen.items() if text.endswith(ANYONE)},
    )


def place_repeated(
    request: HttpRequest, office: Office, item: SlotItem, contact: Contact, data: QueryDict, now: datetime
) -> OrderView | HttpResponse:
    """The order of all dates, or the page that asks about those that clash. Raises InvalidInput."""
    wish = wish_of(item, data)
    try:
        return book_series_at_desk(
            office.business.pk,
            wish,
            contact,
            office.actor,
            now,
            notes=data.get("notes", "").strip()[:2000],
            reason=reason_of(data),
        )
    except SeriesClash as clash:
        return _ask(request, office, clash, data)


def _ask(request: HttpRequest, office: Office, clash: SeriesClash, data: QueryDict) -> HttpResponse:
    clashing = {f"{_CHOICE}{one.number}" for one in clash.occurrences if one.reason is not None}
    kept = [
        (name, value)
        for name, values in data.lists()
        if name not in clashing and name not in _OWN
        for value in values
    ]
    rows = [_shown(one, data.get("resource", "")) for one in clash.occurrences]
    context: dict[str, Any] = {
        "rows": rows,
        "kept": kept,
        "clashes": len(clashing),
        "name": data.get("name", ""),
    }
    return show(
        request,
        office,
        "backoffice/series/clash.html",
        context,
        active="bookings",
        part="sheet",
        status=409,
    )


def _shown(one: Occurrence, resource: str) -> ShownOccurrence:
    near = []
    for slot in one.alternatives:
        is_same_time = slot.start == one.start
        is_other = bool(resource) and (is_same_time or resource not in (slot.resources or (resource,)))
        near.append((slot, f"{slot.start.isoformat()}{ANYONE if is_other else ''}", is_other))
    return ShownOccurrence(one, staff_reason(one.reason) if one.reason else "", tuple(near))

"""A new booking that repeats: every date is checked at once, and what clashes is decided before anything is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict

from horarium.kit.errors import InvalidInput
from horarium.web.backoffice.bookings.wanted import read_instant
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, show
from horarium.workflows.checkout import Contact
from horarium.workflows.items import SlotItem
from horarium.workflows.order_view import OrderView
from horarium.workflows.place_series import Occurrence, SeriesClash, SeriesWish, place_series
from horarium.workflows.recurrence import SeriesRule

SKIP: Final = "skip"
_CHOICE: Final = "date_"
_OWN: Final = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class ShownOccurrence:
    one: Occurrence
    reason: str

    @property
    def name(self) -> str:
        """Of the field that decides about it."""
        return f"{_CHOICE}{self.one.number}"


def is_repeated(data: QueryDict) -> bool:
    return _number(data.get("times"), 1) > 1


def wish_of(item: SlotItem, data: QueryDict) -> SeriesWish:
    """`times`, `every` weeks, and for single dates `date_<n>`: another start, or `skip`."""
    rule = SeriesRule(every=_number(data.get("every"), 1), count=_number(data.get("times"), 1))
    chosen = {
        int(name.removeprefix(_CHOICE)): str(data[name])
        for name in data
        if name.startswith(_CHOICE) and name.removeprefix(_CHOICE).isdigit()
    }
    starts = {number: read_instant(text) for number, text in chosen.items() if text != SKIP}
    return SeriesWish(
        item,
        rule,
        skip=frozenset(number for number, text in chosen.items() if text == SKIP),
        starts={number: start for number, start in starts.items() if start is not None},
    )


def place_repeated(
    request: HttpRequest, office: Office, item: SlotItem, contact: Contact, data: QueryDict, now: datetime
) -> OrderView | HttpResponse:
    """The order of all dates, or the page that asks about those that clash."""
    wish = wish_of(item, data)
    try:
        return place_series(
            office.business.pk, wish, contact, office.actor, now, notes=data.get("notes", "").strip()[:2000]
        )
    except SeriesClash as clash:
        return _ask(request, office, clash, data, item)
    except InvalidInput as error:
        return _ask(request, office, SeriesClash(()), data, item, error=problem_text(error))


def _ask(
    request: HttpRequest,
    office: Office,
    clash: SeriesClash,
    data: QueryDict,
    item: SlotItem,
    *,
    error: str = "",
) -> HttpResponse:
    clashing = {f"{_CHOICE}{one.number}" for one in clash.occurrences if one.reason is not None}
    kept = [
        (name, value)
        for name, values in data.lists()
        if name not in clashing and name not in _OWN
        for value in values
    ]
    rows = [ShownOccurrence(one, staff_reason(one.reason) if one.reason else "") for one in clash.occurrences]
    context: dict[str, Any] = {
        "rows": rows,
        "kept": kept,
        "error": error,
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
        status=422 if error else 409,
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 4 else default

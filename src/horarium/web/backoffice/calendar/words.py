"""What the calendar calls things, and the texts that it shows by itself in the browser."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from horarium.web.components.formats import weekday_text

_KINDS: Final[dict[str, str | Promise]] = {
    "person": pgettext_lazy("resources", "Specialists"),
    "room": pgettext_lazy("resources", "Rooms"),
    "hall": pgettext_lazy("resources", "Halls"),
    "vehicle": pgettext_lazy("resources", "Vehicles"),
    "equipment": pgettext_lazy("resources", "Equipment"),
}
_PEOPLE: Final[dict[str, str | Promise]] = {
    "tours": pgettext_lazy("resources", "Guides"),
    "studio": pgettext_lazy("resources", "Photographers"),
    "events": pgettext_lazy("resources", "Hosts"),
}


def kind_word(business_type: str, kind: str) -> str:
    """What this type of business calls its resources of a kind."""
    if kind == "person" and business_type in _PEOPLE:
        return str(_PEOPLE[business_type])
    return str(_KINDS.get(kind, kind))


def weekday_words() -> list[tuple[int, str, str]]:
    """Number, short and full name, from Monday."""
    monday = date(2024, 1, 1)
    days = [monday + timedelta(days=number) for number in range(7)]
    return [(one.weekday(), weekday_text(one, short=True), weekday_text(one)) for one in days]


def view_words() -> list[tuple[str, str]]:
    return [
        ("day", pgettext("calendar", "Day")),
        ("week", pgettext("calendar", "Week")),
        ("list", pgettext("calendar", "List")),
        ("agenda", pgettext("calendar", "Agenda")),
        ("rooms", pgettext("calendar", "Rooms")),
        ("sessions", pgettext("calendar", "Sessions")),
    ]


def step_words(view: str) -> tuple[str, str]:
    """What the arrows beside "Today" do."""
    if view == "rooms":
        return _("Four weeks back"), _("Four weeks ahead")
    if view in ("week", "sessions"):
        return _("Previous week"), _("Next week")
    return _("Previous day"), _("Next day")


def room_words() -> dict[str, str]:
    """Of the chessboard. Placeholders stand in braces; the browser fills them."""
    return {
        "newBooking": _("New booking"),
        "undo": _("Undo"),
        "taken": _("Taken: {what}"),
        "otherType": _("{what} is sold as something else."),
        "failed": _("Not moved. Check the connection and try again."),
    }


def island_words() -> dict[str, str]:
    """Placeholders stand in braces; the browser fills them."""
    return {
        "newBooking": _("New booking"),
        "block": _("Block time"),
        "undo": _("Undo"),
        "closed": _("Closed"),
        "free": _("Free"),
        "closedAllDay": _("Closed all day"),
        "taken": _("Taken: {what}"),
        "outside": _("Outside of opening hours."),
        "past": _("This time is over."),
        "notAble": _("Not done by {what}."),
        "failed": _("Not moved. Check the connection and try again."),
        "stale": _("Not up to date"),
        "cursor": _("{column}, {time}, {state}"),
        "cursorHelp": _(
            "Arrow keys change the time and the column, with Shift the length. Enter books or blocks this time."
        ),
        "columns": _("Columns"),
        "people": _("people"),
    }

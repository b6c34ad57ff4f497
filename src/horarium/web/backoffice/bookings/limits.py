"""What binds guests only: where staff goes beyond it, it is said before, and asked why but at short notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.rules_limits import asks_why

_BEYOND: Final[dict[str, str | Promise]] = {
    Reason.CLOSED: gettext_lazy("Guests cannot book some of these nights: they are closed."),
    Reason.CLOSED_TO_ARRIVAL: gettext_lazy("Guests cannot arrive on this day."),
    Reason.CLOSED_TO_DEPARTURE: gettext_lazy("Guests cannot leave on this day."),
    Reason.MIN_STAY: gettext_lazy("Shorter than guests may stay then."),
    Reason.MAX_STAY: gettext_lazy("Longer than guests may stay then."),
    Reason.LEAD_TIME: gettext_lazy("Guests cannot book at such short notice."),
    Reason.HORIZON: gettext_lazy("Guests cannot book so far ahead."),
    Reason.CUTOFF: gettext_lazy("Guests cannot book this date any more."),
}
_REASON_LENGTH: Final = 200


def limit_text(broken: Reason | None) -> str:
    """Which limit of guests a booking would break, in a sentence; empty: none."""
    return str(_BEYOND[broken]) if broken is not None else ""


def beyond(broken: Sequence[Reason | None]) -> dict[str, Any]:
    """For a form with several bookings: each limit once, and whether to ask why."""
    texts = [limit_text(one) for one in dict.fromkeys(broken) if one is not None]
    return {"beyond": texts, "asks_why": any(map(asks_why, broken))}


def beyond_by_date(broken: Sequence[Reason | None]) -> dict[str, Any]:
    """For a form with a series: each limit with how many of the dates break it, and whether to ask why."""
    texts = [
        ngettext("%(count)d date: %(limit)s", "%(count)d dates: %(limit)s", count)
        % {"count": count, "limit": limit_text(one)}
        for one, count in Counter(broken).items()
        if one is not None
    ]
    return {"beyond": texts, "asks_why": any(map(asks_why, broken))}


def focus_of(errors: Mapping[str, str]) -> dict[str, bool]:
    """For a form that asks who it is for, and why: where to go on typing."""
    return {"focus_name": "reason" not in errors, "focus_reason": "reason" in errors}


def reason_of(data: QueryDict) -> str:
    """Why staff go beyond a limit, as typed."""
    return " ".join(data.get("reason", "").split())[:_REASON_LENGTH]

"""Limits of dates that bind guests only: where staff goes beyond them, it is said before."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from horarium.modules.availability.rules.reasons import Reason

_BEYOND: Final[dict[str, str | Promise]] = {
    Reason.CLOSED: gettext_lazy("Guests cannot book some of these nights: they are closed."),
    Reason.CLOSED_TO_ARRIVAL: gettext_lazy("Guests cannot arrive on this day."),
    Reason.CLOSED_TO_DEPARTURE: gettext_lazy("Guests cannot leave on this day."),
    Reason.MIN_STAY: gettext_lazy("Shorter than guests may stay then."),
    Reason.MAX_STAY: gettext_lazy("Longer than guests may stay then."),
}


def limit_text(broken: Reason | None) -> str:
    """Which restriction a stay would break if a guest booked it, in a sentence; empty: none."""
    return str(_BEYOND[broken]) if broken is not None else ""

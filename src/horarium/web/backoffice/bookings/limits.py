"""Limits of dates that bind guests only: where staff goes beyond them, it is said before."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.restrictions import why_not
from horarium.modules.catalog.rules import OfferingFacts

_BEYOND: Final[dict[str, str | Promise]] = {
    Reason.CLOSED: gettext_lazy("Guests cannot book some of these nights: they are closed."),
    Reason.CLOSED_TO_ARRIVAL: gettext_lazy("Guests cannot arrive on this day."),
    Reason.CLOSED_TO_DEPARTURE: gettext_lazy("Guests cannot leave on this day."),
    Reason.MIN_STAY: gettext_lazy("Shorter than guests may stay then."),
    Reason.MAX_STAY: gettext_lazy("Longer than guests may stay then."),
}


def beyond_limits(offering: OfferingFacts, rate_plan_id: int | None, dates: tuple[date, date]) -> str:
    """Which restriction this stay would break if a guest booked it, in a sentence; empty: none."""
    reason = why_not(offering.restrictions, rate_plan_id, *dates)
    return str(_BEYOND[reason]) if reason is not None else ""

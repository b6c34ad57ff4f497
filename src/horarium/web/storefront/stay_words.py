"""What stands on a day of the grid of nights, and why a day cannot be chosen, in few words and in many."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from horarium.modules.availability.rules.reasons import Reason
from horarium.web.components.formats import day_text
from horarium.web.components.reasons import reason_text
from horarium.workflows.list_stays import Night, StayOffer

SHORT: Final[dict[str, str | Promise]] = {
    Reason.TAKEN: pgettext_lazy("night", "full"),
    Reason.BLOCKED: pgettext_lazy("night", "full"),
    Reason.RESOURCE_UNAVAILABLE: pgettext_lazy("night", "full"),
    Reason.CAPACITY: pgettext_lazy("night", "full"),
    Reason.CLOSED: pgettext_lazy("night", "closed"),
    Reason.LEAD_TIME: pgettext_lazy("night", "too late"),
    Reason.HORIZON: pgettext_lazy("night", "not yet"),
    Reason.CLOSED_TO_ARRIVAL: pgettext_lazy("night", "no arrival"),
    Reason.CLOSED_TO_DEPARTURE: pgettext_lazy("night", "no departure"),
    Reason.MIN_STAY: pgettext_lazy("night", "too short"),
    Reason.MAX_STAY: pgettext_lazy("night", "too long"),
}
"""They stand in a cell of the grid: at most about twelve letters."""

LONG: Final[dict[str, str | Promise]] = {
    Reason.TAKEN: gettext_lazy("fully booked"),
    Reason.BLOCKED: gettext_lazy("fully booked"),
    Reason.RESOURCE_UNAVAILABLE: gettext_lazy("fully booked"),
    Reason.CAPACITY: gettext_lazy("fully booked"),
    Reason.CLOSED: gettext_lazy("closed"),
    Reason.LEAD_TIME: gettext_lazy("too late to book"),
    Reason.HORIZON: gettext_lazy("not open for booking yet"),
    Reason.CLOSED_TO_ARRIVAL: gettext_lazy("no arrival on this day"),
    Reason.CLOSED_TO_DEPARTURE: gettext_lazy("no departure on this day"),
    Reason.MIN_STAY: gettext_lazy("the stay would be too short"),
    Reason.MAX_STAY: gettext_lazy("the stay would be too long"),
}

REFUSALS: Final[dict[str, str | Promise]] = {
    Reason.TAKEN: gettext_lazy("No room is free for all of these nights."),
    Reason.BLOCKED: gettext_lazy("No room is free for all of these nights."),
    Reason.RESOURCE_UNAVAILABLE: gettext_lazy("No room is free for all of these nights."),
    Reason.CLOSED: gettext_lazy("Not all of these nights are open for booking."),
    Reason.LEAD_TIME: gettext_lazy("It is too late to book this arrival."),
    Reason.HORIZON: gettext_lazy("These dates are not open for booking yet."),
    Reason.MIN_STAY: gettext_lazy("On these dates a stay has more nights."),
    Reason.MAX_STAY: gettext_lazy("On these dates a stay has fewer nights."),
}


def short_reason(reason: str) -> str:
    return str(SHORT.get(reason, SHORT[Reason.CLOSED]))


def long_reason(reason: str) -> str:
    return str(LONG.get(reason, LONG[Reason.CLOSED]))


def stay_refusal(reason: str) -> str:
    """One sentence about dates that were asked for."""
    return str(REFUSALS[reason]) if reason in REFUSALS else reason_text(reason)


def nights_text(count: int) -> str:
    return ngettext("%(count)d night", "%(count)d nights", count) % {"count": count}


def guests_text(adults: int, children: int) -> str:
    """`2 adults, 1 child`."""
    parts = [ngettext("%(count)d adult", "%(count)d adults", adults) % {"count": adults}]
    if children:
        parts.append(ngettext("%(count)d child", "%(count)d children", children) % {"count": children})
    return ", ".join(parts)


def arrival_reason(night: Night) -> str:
    """Why nobody may arrive on this date; empty when somebody may."""
    return str(night.no_arrival or "")


def rooms_left(night: Night) -> str:
    return ngettext("%(count)d left", "%(count)d left", night.free) % {"count": night.free}


def min_stay_text(night: Night) -> str:
    if night.min_stay < 2:
        return ""
    return ngettext("from %(count)d night", "from %(count)d nights", night.min_stay) % {
        "count": night.min_stay
    }


def departure_text(stay: StayOffer, total: str) -> str:
    return _("departure, %(nights)s for %(total)s") % {
        "nights": nights_text((stay.check_out - stay.check_in).days),
        "total": total,
    }


def dates_text(check_in: date, check_out: date) -> str:
    """`Fri, 4 Dec – Sun, 6 Dec`."""
    return f"{day_text(check_in)} \u2013 {day_text(check_out)}"

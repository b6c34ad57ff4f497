"""Why a time cannot be booked, in words. The codes are the engine's (`availability.rules.reasons`)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: Final[dict[str, str | Promise]] = {
    "taken": _("This time has just been taken."),
    "closed": _("It is closed at this time."),
    "blocked": _("This time is not open for booking."),
    "lead_time": _("It is too late to book this time."),
    "horizon": _("This date is not open for booking yet."),
    "off_grid": _("Bookings cannot start at this time."),
    "resource_unavailable": _("Nobody is available at this time."),
    "min_stay": _("A stay at this time has more nights."),
    "max_stay": _("A stay at this time has fewer nights."),
    "closed_to_arrival": _("Nobody arrives on this day."),
    "closed_to_departure": _("Nobody leaves on this day."),
    "capacity": _("There is less left than that."),
    "cutoff": _("It is too late to book this date."),
    "cancelled": _("This date does not take place."),
}


def reason_text(reason: str) -> str:
    """One sentence; an unknown reason is said in general words."""
    return str(REASONS.get(reason, _("This time is no longer free.")))

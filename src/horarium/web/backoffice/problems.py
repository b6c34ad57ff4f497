"""Refusals of the engine and of the money, in words for people at work."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from horarium.kit.errors import HorariumError

_CODES: Final[dict[str, str | Promise]] = {
    "booking.state": gettext_lazy("Somebody has changed this booking meanwhile. Here is how it stands now."),
    "booking.deadline_passed": gettext_lazy("The terms do not allow this any more."),
    "order.expired": gettext_lazy("The hold has run out and its time may be gone."),
    "booking.approval_expired": gettext_lazy(
        "Too late: nobody decided in time, so the request is over and its time is free again. Book it anew if it is."
    ),
    "customers.name_invalid": gettext_lazy("A name is needed, 120 characters at most."),
    "customers.phone_invalid": gettext_lazy("This is not a phone number. Start with + for another country."),
    "customers.contact_taken": gettext_lazy("Another customer has this."),
    "email.invalid": gettext_lazy("This is not an e-mail address."),
    "money.invalid_amount": gettext_lazy("This is not an amount."),
    "payments.too_much": gettext_lazy("This is more than is still to pay."),
}
_REASONS: Final[dict[str, str | Promise]] = {
    "taken": gettext_lazy("Taken by another booking."),
    "closed": gettext_lazy("Outside of opening hours."),
    "blocked": gettext_lazy("Blocked by staff."),
    "lead_time": gettext_lazy("This time is over."),
    "horizon": gettext_lazy("Too far ahead."),
    "off_grid": gettext_lazy("Times go in steps of five minutes."),
    "resource_unavailable": gettext_lazy("Nobody fitting is at work then."),
    "state": gettext_lazy("A booking in this state cannot be moved."),
    "required": gettext_lazy("This is needed."),
    "capacity": gettext_lazy("The number of people does not fit."),
    "duration": gettext_lazy("This length is not on offer."),
    "too_short": gettext_lazy("This length is not on offer."),
    "not_allowed": gettext_lazy("Only staff who work with payments decide this."),
    "out_of_range": gettext_lazy("This is not possible here."),
    "extra": gettext_lazy("This extra is not on offer any more."),
    "amount": gettext_lazy("This is not an amount."),
    "date": gettext_lazy("This date is out of reach."),
}


def problem_text(error: HorariumError) -> str:
    """One sentence that says what to do, as far as we can know."""
    if error.code in _CODES:
        return str(_CODES[error.code])
    reason = str(error.params.get("reason", ""))
    return str(_REASONS[reason]) if reason in _REASONS else _("This cannot be done: it does not fit.")


def staff_reason(reason: str) -> str:
    """Why a time is not free, said to people who may look into the calendar."""
    return str(_REASONS.get(reason, _("This time is not free.")))

"""One look for every status: a hue, an icon and a word, never a colour alone."""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Hue = Literal["ok", "warn", "bad", "info", "hold", "plain"]


@dataclass(frozen=True, slots=True)
class Look:
    hue: Hue
    icon: str
    word: str | Promise


STATUSES: Final[dict[str, Look]] = {
    # booking
    "held": Look("hold", "timer", pgettext_lazy("status", "Held")),
    "pending": Look("warn", "hourglass", pgettext_lazy("status", "Pending")),
    "confirmed": Look("ok", "circle-check", pgettext_lazy("status", "Confirmed")),
    "checked_in": Look("info", "log-in", pgettext_lazy("status", "Checked in")),
    "completed": Look("plain", "check-check", pgettext_lazy("status", "Completed")),
    "cancelled": Look("plain", "circle-x", pgettext_lazy("status", "Cancelled")),
    "expired": Look("plain", "timer-off", pgettext_lazy("status", "Expired")),
    "no_show": Look("bad", "user-x", pgettext_lazy("status", "No-show")),
    # payment of an order
    "unpaid": Look("warn", "circle-dollar-sign", pgettext_lazy("status", "Unpaid")),
    "part_paid": Look("info", "coins", pgettext_lazy("status", "Part paid")),
    "paid": Look("ok", "badge-check", pgettext_lazy("status", "Paid")),
    "overpaid": Look("hold", "coins", pgettext_lazy("status", "Overpaid")),
    "refunded": Look("plain", "undo-2", pgettext_lazy("status", "Refunded")),
    # payment, refund, payout
    "created": Look("plain", "circle-dashed", pgettext_lazy("status", "Created")),
    "authorized": Look("info", "lock", pgettext_lazy("status", "Authorized")),
    "partially_refunded": Look("info", "undo-2", pgettext_lazy("status", "Partly refunded")),
    "failed": Look("bad", "circle-alert", pgettext_lazy("status", "Failed")),
    "requested": Look("warn", "hourglass", pgettext_lazy("status", "Requested")),
    "approved": Look("info", "check", pgettext_lazy("status", "Approved")),
    "sent": Look("ok", "send", pgettext_lazy("status", "Sent")),
    "done": Look("ok", "circle-check", pgettext_lazy("status", "Done")),
    "rejected": Look("bad", "ban", pgettext_lazy("status", "Rejected")),
    # messages
    "queued": Look("warn", "clock", pgettext_lazy("status", "Queued")),
    "kept": Look("plain", "inbox", pgettext_lazy("status", "Kept here")),
    "skipped": Look("plain", "circle-slash", pgettext_lazy("status", "Skipped")),
    # anything that can be switched
    "active": Look("ok", "circle-check", pgettext_lazy("status", "Active")),
    "inactive": Look("plain", "pause", pgettext_lazy("status", "Inactive")),
    "draft": Look("plain", "pencil", pgettext_lazy("status", "Draft")),
    "archived": Look("plain", "archive", pgettext_lazy("status", "Archived")),
    "blocked": Look("plain", "ban", pgettext_lazy("status", "Blocked")),
    "offline": Look("warn", "wifi-off", pgettext_lazy("status", "Offline")),
}

HUE_ICONS: Final[dict[str, str]] = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
    "info": "info",
    "hold": "timer",
    "plain": "info",
}

MESSAGE_HUES: Final[dict[str, Hue]] = {
    "success": "ok",
    "error": "bad",
    "warning": "warn",
    "info": "info",
    "debug": "plain",
}


def look_of(status: str) -> Look:
    """How to show a status; one that nobody described is shown as it is."""
    return STATUSES.get(status) or Look("plain", "circle", status.replace("_", " ") or _("Unknown"))

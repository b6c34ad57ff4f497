"""The audit log in words: what happened, who did it, what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.modules.availability.rules.reasons import Reason
from horarium.platform.audit.models import AuditEntry
from horarium.web.components.formats import localized, moment_text, money_text
from horarium.web.components.statuses import look_of

from .bookings.limits import limit_text
from .words import role_word

_Look = tuple[str, str, str | Promise]
_LOOKS: Final[dict[str, _Look]] = {
    "order.placed": ("clipboard-list", "plain", gettext_lazy("Order placed")),
    "order.expired": ("timer-off", "plain", gettext_lazy("The hold ran out")),
    "order.refund_by_hand": ("banknote", "warn", gettext_lazy("To be returned by hand")),
    "booking.confirmed": ("circle-check", "ok", gettext_lazy("Confirmed")),
    "booking.checked_in": ("log-in", "info", gettext_lazy("Checked in")),
    "booking.completed": ("check-check", "plain", gettext_lazy("Completed")),
    "booking.no_show": ("user-x", "bad", gettext_lazy("Did not come")),
    "booking.reseated": ("repeat", "info", gettext_lazy("Another room, so that a stay could be sold")),
    "booking.pinned": ("lock", "info", gettext_lazy("Keeps its room")),
    "booking.unpinned": ("lock-open", "info", gettext_lazy("May change rooms")),
    "booking.moved": ("calendar-clock", "info", gettext_lazy("Moved")),
    "booking.cancelled": ("circle-x", "plain", pgettext_lazy("history", "Cancelled")),
    "booking.noted": ("pencil", "plain", gettext_lazy("Note changed")),
    "terms.overridden": ("shield", "warn", gettext_lazy("Beyond the terms or a limit of guests")),
    "cash.taken": ("banknote", "ok", gettext_lazy("Money taken at the desk")),
    "cash.returned": ("banknote", "warn", gettext_lazy("Money returned at the desk")),
    "payment.created": ("credit-card", "plain", gettext_lazy("Payment started")),
    "payment.settled": ("credit-card", "ok", gettext_lazy("Payment received")),
    "payment.flagged": ("flag", "bad", gettext_lazy("Payment needs a look")),
    "payment.unflagged": ("flag", "plain", gettext_lazy("Payment looked at")),
    "refund.requested": ("undo-2", "info", gettext_lazy("Refund on its way")),
    "customer.updated": ("user", "plain", gettext_lazy("Customer changed")),
    "match_review.resolved": ("users", "plain", gettext_lazy("Likeness decided")),
    "block.placed": ("ban", "plain", gettext_lazy("Time blocked")),
    "block.removed": ("ban", "plain", gettext_lazy("Block removed")),
    "business.created": ("store", "plain", gettext_lazy("Business created")),
    "business.changed": ("store", "plain", gettext_lazy("Business changed")),
    "location.created": ("map-pin", "plain", gettext_lazy("Location added")),
    "location.changed": ("map-pin", "plain", gettext_lazy("Location changed")),
    "member.joined": ("user-plus", "plain", gettext_lazy("Member joined")),
    "member.changed": ("user", "plain", gettext_lazy("Role changed")),
    "member.removed": ("user-x", "plain", gettext_lazy("Member removed")),
    "member.invited": ("mail", "plain", gettext_lazy("Member invited")),
    "invitation.withdrawn": ("mail", "plain", gettext_lazy("Invitation withdrawn")),
    "api_key.created": ("key-round", "warn", gettext_lazy("API key created")),
    "api_key.revoked": ("key-round", "plain", gettext_lazy("API key revoked")),
    "job.run_again": ("rotate-ccw", "plain", gettext_lazy("Failed job run again")),
    "message.sent_again": ("send", "plain", gettext_lazy("Message sent again")),
    "gateway.changed": ("credit-card", "plain", gettext_lazy("Payment gateway changed")),
    "offering.created": ("layers", "plain", gettext_lazy("Offering added")),
    "offering.copied": ("copy", "plain", gettext_lazy("Offering copied")),
    "offering.changed": ("layers", "plain", gettext_lazy("Offering changed")),
    "prices.changed": ("banknote", "plain", gettext_lazy("Prices changed")),
    "rate_plan.created": ("banknote", "plain", gettext_lazy("Rate plan added")),
    "rate_plan.changed": ("banknote", "plain", gettext_lazy("Rate plan changed")),
    "restrictions.changed": ("calendar-x", "plain", gettext_lazy("Restrictions changed")),
    "restriction.created": ("calendar-x", "plain", gettext_lazy("Restrictions changed")),
    "restriction.changed": ("calendar-x", "plain", gettext_lazy("Restrictions changed")),
    "restriction.deleted": ("calendar-x", "plain", gettext_lazy("Restrictions changed")),
    "booking.check_in_undone": ("undo-2", "warn", gettext_lazy("Check-in taken back")),
    "ticket.checked_in": ("log-in", "info", gettext_lazy("Let in with a ticket")),
    "ticket.check_in_undone": ("undo-2", "warn", gettext_lazy("Check-in of a ticket taken back")),
    "line.cancelled": ("circle-x", "plain", gettext_lazy("Goods cancelled")),
    "line.handed_over": ("package", "plain", gettext_lazy("Goods handed over")),
    "ticket_type.created": ("ticket", "plain", gettext_lazy("Ticket added")),
    "ticket_type.changed": ("ticket", "plain", gettext_lazy("Ticket changed")),
    "policy.created": ("file-text", "plain", gettext_lazy("Cancellation terms added")),
    "policy.changed": ("file-text", "plain", gettext_lazy("Cancellation terms changed")),
    "policy.deleted": ("file-text", "plain", gettext_lazy("Cancellation terms removed")),
    "booking_rules.changed": ("file-text", "plain", gettext_lazy("Booking rules changed")),
    "product.created": ("package", "plain", gettext_lazy("Product added")),
    "product.changed": ("package", "plain", gettext_lazy("Product changed")),
    "stock.changed": ("package-plus", "plain", gettext_lazy("Stock changed")),
    "stock.handed_over": ("package", "plain", gettext_lazy("Goods handed over")),
    "schedule.created": ("calendar-days", "plain", gettext_lazy("Schedule added")),
    "schedule.changed": ("calendar-days", "plain", gettext_lazy("Schedule changed")),
    "schedule.copied": ("calendar-days", "plain", gettext_lazy("Schedule copied, resting")),
    "schedule.started": ("calendar-days", "ok", gettext_lazy("Schedule started")),
    "schedule.ended": ("calendar-x", "plain", gettext_lazy("Schedule ended")),
    "session.created": ("calendar-plus", "plain", gettext_lazy("Session added")),
    "session.changed": ("calendar-clock", "info", gettext_lazy("Session changed")),
    "session.cancelled": ("ban", "bad", gettext_lazy("Session cancelled")),
    "file.stored": ("image", "plain", gettext_lazy("Picture added")),
}
_GROUPS: Final[dict[str, str | Promise]] = {
    "booking": gettext_lazy("Bookings"),
    "order": gettext_lazy("Orders"),
    "payment": gettext_lazy("Payments"),
    "cash": gettext_lazy("Cash"),
    "refund": gettext_lazy("Refunds"),
    "customer": gettext_lazy("Customers"),
    "block": gettext_lazy("Blocks"),
    "offering": gettext_lazy("Offerings"),
    "resource": gettext_lazy("Resources"),
    "member": gettext_lazy("Members"),
    "api_key": gettext_lazy("API keys"),
    "business": gettext_lazy("Business"),
}


_CHANNELS: Final[dict[str, str | Promise]] = {
    "page": gettext_lazy("Booking page"),
    "widget": gettext_lazy("Widget"),
    "api": gettext_lazy("API"),
    "backoffice": gettext_lazy("Back office"),
    "system": gettext_lazy("System"),
    "command": gettext_lazy("Command line"),
}


def channel_word(channel: str) -> str:
    return str(_CHANNELS.get(channel, channel))


def action_groups() -> list[tuple[str, str]]:
    return [(key, str(word)) for key, word in _GROUPS.items()]


def timeline_items(
    entries: list[AuditEntry], *, zone: str, currency: str, no_links: bool = True
) -> list[dict[str, Any]]:
    """Newest first, as `c-timeline` takes them."""
    found = []
    for entry in sorted(entries, key=lambda one: one.pk, reverse=True):
        icon, hue, text = look_at(entry.action)
        notes = [actor_text(entry), change_text(entry, zone, currency)]
        found.append(
            {
                "icon": icon,
                "hue": hue,
                "text": text,
                "note": " · ".join(one for one in notes if one),
                "at": entry.at,
                "zone": zone,
            }
        )
    return found


def look_at(action: str) -> _Look:
    return _LOOKS.get(action, ("circle-dot", "plain", action.replace("_", " ").replace(".", ": ")))


def actor_text(entry: AuditEntry) -> str:
    """Who did it; a name where there is one."""
    if entry.user is not None:
        return str(entry.user.get_full_name())
    if entry.api_key is not None:
        return entry.api_key.name
    return _("Guest") if entry.actor_kind == "guest" else _("By itself")


_REASONS: Final[dict[str, str | Promise]] = {
    "below_minimum": gettext_lazy("Too few guests for the session"),
    "session_cancelled": gettext_lazy("The session was cancelled"),
}


def change_text(entry: AuditEntry, zone: str, currency: str) -> str:
    """What was before and what is after, as far as a person wants to know."""
    before, after = entry.before or {}, entry.after or {}
    if entry.action == "booking.moved":
        return f"{_moment(before.get('starts_at'), zone)} → {_moment(after.get('starts_at'), zone)}"
    if entry.action in ("booking.cancelled", "line.cancelled"):
        reason = str(after.get("reason") or "")
        return str(_REASONS.get(reason, reason))
    if entry.action == "terms.overridden":
        return _override_text(after)
    if "amount_minor" in after:
        return money_text(Money(int(after["amount_minor"]), currency))
    if entry.action == "member.changed":
        return f"{role_word(str(before.get('role')))} → {role_word(str(after.get('role')))}"
    if entry.action.startswith("booking.") and "state" in before:
        return str(look_of(str(before["state"])).word) + " → " + str(look_at(entry.action)[2])
    return ""


def _override_text(after: Mapping[str, Any]) -> str:
    """Which limit was broken, where one was, and why."""
    limit = str(after.get("limit") or "")
    told = [limit_text(Reason(limit))] if limit else []
    return " · ".join([*told, str(after.get("reason") or "")])


def changed_fields(entry: AuditEntry) -> list[dict[str, Any]]:
    """Every field of an entry with its value before and after, for the log."""
    before: Mapping[str, Any] = entry.before or {}
    after: Mapping[str, Any] = entry.after or {}
    return [
        {"name": key.replace("_", " "), "before": _short(before.get(key)), "after": _short(after.get(key))}
        for key in dict.fromkeys((*before, *after))
    ]


def _moment(value: Any, zone: str) -> str:
    try:
        return moment_text(localized(datetime.fromisoformat(str(value)), zone))
    except (ValueError, HorariumError):
        return "?"


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 120 else f"{text[:119]}…"

"""Everything about one booking, for its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from horarium.kit.errors import NotFound
from horarium.kit.money import Money
from horarium.modules.booking.queries import BookingRow
from horarium.modules.booking.rules import ACTIVE, AMENDABLE, MOVABLE, may_become
from horarium.modules.ledger.queries import list_money_moves
from horarium.modules.ledger.rules import BANK, CASH
from horarium.modules.messaging.queries import list_messages_about
from horarium.modules.payments.queries import payments_of, refunds_of
from horarium.platform.audit.queries import AuditFilters, list_entries
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.history import timeline_items
from horarium.web.backoffice.shell import Office
from horarium.web.components.terms import PriceLine, price_lines
from horarium.web.components.words import words_of
from horarium.workflows.change_series import find_series
from horarium.workflows.order_view import BookingView, OrderView, get_order_view

from .rows import find_visible, resource_name


@dataclass(frozen=True, slots=True)
class Opened:
    """A booking with its order, both as they are now."""

    row: BookingRow
    order: OrderView
    view: BookingView

    @property
    def id(self) -> str:
        return self.view.id

    @property
    def zone(self) -> str:
        return self.view.location.time_zone


@dataclass(frozen=True, slots=True)
class MoneyMove:
    """Money that came in or went back, as the ledger has it."""

    at: datetime
    way: str
    amount: Money
    icon: str


def open_booking(office: Office, booking_id: str, now: datetime) -> Opened:
    """Raises NotFound, also for a booking that this member may not see."""
    row = find_visible(office, booking_id)
    if row is None:
        raise NotFound("booking", params={"kind": "booking"})
    order = get_order_view(office.business.pk, row.order_id, now)
    return Opened(row, order, next(one for one in order.bookings if one.id == booking_id))


def sheet_context(office: Office, opened: Opened, now: datetime) -> dict[str, Any]:
    view, order = opened.view, opened.order
    sees_money = office.can(Permission.PAYMENTS_READ)
    return {
        "opened": opened,
        "booking": view,
        "order": order,
        "customer_id": opened.row.customer_id,
        "zone": opened.zone,
        "resources": [resource_name(one) for one in view.resources],
        "lines": lines_of(opened),
        "words": words_of(office.business.type),
        "series": find_series(office.business.pk, view.id, now),
        "others": [one for one in order.bookings if one.id != view.id],
        "moves": money_moves(office, order) if sees_money else [],
        "open_payments": open_payments(office, order) if sees_money else [],
        "returning": returning(office, order) if sees_money else [],
        "history": history_of(office, opened),
        "messages_sent": messages_of(office, opened) if office.can(Permission.MESSAGES_READ) else [],
        "can": allowed_steps(office, opened, now),
        "now": now,
    }


def lines_of(opened: Opened) -> list[PriceLine]:
    return price_lines(opened.view.lines, opened.view.offering, opened.order.total.currency)


def allowed_steps(office: Office, opened: Opened, now: datetime) -> dict[str, bool]:
    """What can be done with the booking now, by this member."""
    state, may = opened.view.state, office.can(Permission.BOOKINGS_WRITE)
    takes_money = opened.order.status != "cancelled" and bool(opened.order.rest)
    return {
        "confirm": may and state == "pending",
        "check_in": may and may_become(state, "checked_in"),
        "complete": may and state in ("checked_in", "confirmed") and opened.view.start <= now,
        "no_show": may and may_become(state, "no_show") and opened.view.start <= now,
        "move": may and state in AMENDABLE,
        "check_out": may and state == "checked_in" and opened.view.offering.mode == "stay",
        "leave_early": may and _may_leave_early(opened, now),
        "pin": may and opened.view.offering.mode == "stay" and state in MOVABLE,
        "cancel": may and state in ACTIVE,
        "pay": office.can(Permission.PAYMENTS_WRITE) and takes_money,
        "note": may,
        "hand_over": may and any(one.state == "confirmed" for one in opened.order.products),
    }


def _may_leave_early(opened: Opened, now: datetime) -> bool:
    """A guest who is here and has nights left after the first."""
    view = opened.view
    is_long = (view.end.date() - view.start.date()).days > 1
    return view.state == "checked_in" and view.offering.mode == "stay" and is_long and now < view.end


def money_moves(office: Office, order: OrderView) -> list[MoneyMove]:
    """What the ledger says came in and went back for the order, oldest first."""
    return [
        MoneyMove(
            at=one.at,
            way=way_word(one.account),
            amount=one.amount,
            icon="undo-2" if one.amount.minor < 0 else "banknote" if one.account == CASH else "credit-card",
        )
        for one in list_money_moves(office.business.pk, order.id)
    ]


def way_word(account: str) -> str:
    """How money moved, by the account that holds it."""
    if account == CASH:
        return _("Cash")
    if account == BANK:
        return _("Card terminal or transfer")
    gateway = account.partition(":")[2]
    return _("Test gateway") if gateway == "test" else gateway


def open_payments(office: Office, order: OrderView) -> list[dict[str, Any]]:
    """Payments that brought no money yet, and those that somebody must look at."""
    found = payments_of(office.business.pk, order.id)
    return [
        {
            "id": one.public_id,
            "state": one.state,
            "amount": Money(one.amount_minor, one.currency),
            "way": way_word(f"gateway:{one.gateway}"),
            "flag": one.flag,
            "at": one.created_at,
        }
        for one in found
        if one.flag or one.state in ("created", "pending", "authorized", "failed")
    ]


def returning(office: Office, order: OrderView) -> list[dict[str, Any]]:
    """Refunds that have not arrived."""
    payments = payments_of(office.business.pk, order.id)
    return [
        {
            "state": one.state,
            "amount": Money(one.amount_minor, one.payment.currency),
            "error": one.error,
            "at": one.created_at,
        }
        for one in refunds_of(office.business.pk, payments)
        if one.state != "done"
    ]


def history_of(office: Office, opened: Opened) -> list[dict[str, Any]]:
    entries = [
        *list_entries(office.business.pk, AuditFilters(subject_id=opened.id)).entries,
        *list_entries(office.business.pk, AuditFilters(subject_id=opened.order.id)).entries,
    ]
    return timeline_items(entries, zone=opened.zone, currency=opened.order.total.currency)


def messages_of(office: Office, opened: Opened) -> list[Any]:
    return list(list_messages_about(office.business.pk, [opened.id, opened.order.id]))

"""The sheet of an order of goods: its lines, its money, and what can be done at the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.modules.booking.queries_orders import get_order
from horarium.modules.booking.rules import held_for, order_status
from horarium.modules.ledger.rules import BANK, CASH
from horarium.modules.messaging.queries import list_messages_about
from horarium.modules.payments.errors import TooMuch
from horarium.platform.audit.queries import AuditFilters, list_entries
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.history import timeline_items
from horarium.web.backoffice.problems import problem_text
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import money_text
from horarium.workflows.hand_over_goods import hand_over_goods
from horarium.workflows.order_view import BookingView, OrderView, ProductView, get_order_view
from horarium.workflows.take_cash import take_cash

from .amounts import read_amount
from .detail import money_moves, open_payments, returning
from .goods_list import LOOKS


@require_GET
@member_page(Permission.BOOKINGS_READ)
def show_order(request: HttpRequest, office: Office, order_id: str) -> HttpResponse:
    return goods_sheet(request, office, open_goods(office, order_id, clock.now()))


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def hand_over(request: HttpRequest, office: Office, order_id: str) -> HttpResponse:
    """The lines that are named, or all that wait."""
    now = clock.now()
    order = open_goods(office, order_id, now)
    try:
        count = hand_over_goods(
            office.business.pk, order_id, request.POST.getlist("line")[:100], office.actor, now
        )
    except HorariumError as error:
        return refused(request, office, order_id, error)
    told = ngettext("%(name)s: goods handed over", "%(name)s: %(count)s goods handed over", count)
    return changed(request, office, order_id, told % {"name": order.contact_name, "count": count})


@require_POST
@member_page(Permission.PAYMENTS_WRITE)
def take_payment(request: HttpRequest, office: Office, order_id: str) -> HttpResponse:
    now = clock.now()
    order = open_goods(office, order_id, now)
    typed = request.POST.get("amount", "")
    account = BANK if request.POST.get("account") == "bank" else CASH
    try:
        amount = read_amount(typed, order.total.currency)
        take_cash(office.business.pk, order_id, amount, account=account, actor=office.actor, now=now)
    except (InvalidInput, TooMuch) as error:
        context = {"pay_errors": problem_text(error), "pay_amount": typed, "pay_account": account}
        return goods_sheet(request, office, order, context=context, status=422)
    except HorariumError as error:
        return refused(request, office, order_id, error)
    return changed(request, office, order_id, _("%(amount)s taken") % {"amount": money_text(amount)})


def open_goods(office: Office, order_id: str, now: datetime) -> OrderView:
    """Raises NotFound, also for an order without goods: its bookings have sheets of their own."""
    order = get_order_view(office.business.pk, order_id, now)
    if not order.products:
        raise NotFound("order", params={"kind": "order"})
    return order


def goods_sheet(
    request: HttpRequest,
    office: Office,
    order: OrderView,
    *,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    sees_money = office.can(Permission.PAYMENTS_READ)
    sees_messages = office.can(Permission.MESSAGES_READ)
    hue, icon, word = LOOKS[_status(order)]
    values = {
        "order": order,
        "look": {"hue": hue, "icon": icon, "word": word},
        "lines": [{"line": one, "look": LOOKS[one.state]} for one in order.products],
        "customer_id": get_order(office.business.pk, order.id).customer.public_id,
        "unpaid": _unpaid(order),
        "stands": any(one.is_active for one in order.products)
        or any(one.is_active for one in order.bookings),
        "moves": money_moves(office, order) if sees_money else [],
        "open_payments": open_payments(office, order) if sees_money else [],
        "returning": returning(office, order) if sees_money else [],
        "history": _history(office, order),
        "messages_sent": list_messages_about(office.business.pk, [order.id]) if sees_messages else [],
        "can": _steps(office, order),
        **(context or {}),
    }
    template = "backoffice/bookings/goods_order.html"
    return show(request, office, template, values, active="bookings", part="sheet", status=status)


def changed(request: HttpRequest, office: Office, order_id: str, text: str) -> HttpResponse:
    """The order as it is now, and a toast that says what was done."""
    if not is_partial(request):
        return back_to(request, office.url("goods_order", order_id), text)
    return with_toast(goods_sheet(request, office, open_goods(office, order_id, clock.now())), text)


def refused(request: HttpRequest, office: Office, order_id: str, error: HorariumError) -> HttpResponse:
    """The order as it is now, with the reason above it."""
    problem = {"title": _("Not done"), "text": problem_text(error)}
    order = open_goods(office, order_id, clock.now())
    return goods_sheet(request, office, order, context={"problem": problem}, status=409)


def _status(order: OrderView) -> str:
    """Of the goods alone: the one that needs attention first."""
    return order_status(one.state for one in order.products)


def _unpaid(order: OrderView) -> Money:
    """What is still to be paid for goods that wait. Of a part of the money they come before the rest of a booking."""
    parts: list[ProductView | BookingView] = [*order.products, *order.bookings]
    parts = [one for one in parts if one.counts]
    shares = held_for(order.held, [one.stake for one in parts])
    waiting = {one.id for one in order.products if one.state == "confirmed"}
    left = [one.price - share for one, share in zip(parts, shares, strict=True) if one.id in waiting]
    return sum(left, Money.zero(order.total.currency))


def _steps(office: Office, order: OrderView) -> dict[str, bool]:
    may = office.can(Permission.BOOKINGS_WRITE)
    takes_money = order.status != "cancelled" and bool(order.rest)
    return {
        "hand_over": may and any(one.state == "confirmed" for one in order.products),
        "cancel": may and any(one.is_active for one in order.products),
        "pay": office.can(Permission.PAYMENTS_WRITE) and takes_money,
    }


def _history(office: Office, order: OrderView) -> list[dict[str, Any]]:
    filters = AuditFilters(subject_ids=(order.id, *(one.id for one in order.products)))
    entries = list(list_entries(office.business.pk, filters).entries)
    return timeline_items(entries, zone=office.zone_name, currency=order.total.currency)

"""Cancelling goods that have not been handed over: what goes back is shown before, by what gives it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import CancelledBy
from horarium.modules.booking.rules import CancellationTerms
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import money_text
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.order_view import OrderView

from .cancel import by_hand
from .goods_order import changed, open_goods, refused

_REASON_LENGTH = 200


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def cancel(request: HttpRequest, office: Office, order_id: str) -> HttpResponse:
    now = clock.now()
    order = open_goods(office, order_id, now)
    data = request.POST if request.method == "POST" else request.GET
    wish = _read(order, data)
    if request.method != "POST" or not wish.booking_ids:
        error = _("Choose at least one.") if not wish.booking_ids else ""
        return _form(request, office, order, wish, error=error)
    try:
        terms = preview_cancellation(order, wish)
        cancel_order(office.business.pk, order_id, wish, by=CancelledBy.STAFF, actor=office.actor, now=now)
    except HorariumError as error:
        return refused(request, office, order_id, error)
    return changed(request, office, order_id, _told(order, terms))


def _read(order: OrderView, data: QueryDict) -> CancellationWish:
    """The named lines that can still be cancelled; of a form that was just opened all of them, never a booking."""
    active = [one.id for one in order.products if one.is_active]
    chosen = [one for one in active if one in data.getlist("line")] if "chosen" in data else active
    return CancellationWish(tuple(chosen), " ".join(data.get("reason", "").split())[:_REASON_LENGTH])


def _told(order: OrderView, terms: CancellationTerms) -> str:
    name = order.contact_name
    if terms.refund:
        amount = money_text(terms.refund)
        return _("%(name)s: goods cancelled, %(amount)s goes back") % {"name": name, "amount": amount}
    return _("%(name)s: goods cancelled") % {"name": name}


def _form(
    request: HttpRequest, office: Office, order: OrderView, wish: CancellationWish, *, error: str = ""
) -> HttpResponse:
    active = [one for one in order.products if one.is_active]
    if not active:
        gone = IllegalTransition("nothing to cancel", params={"state": order.status})
        return refused(request, office, order.id, gone)
    terms = preview_cancellation(order, wish) if wish.booking_ids else None
    context = {
        "order": order,
        "lines": [{"line": one, "is_chosen": one.id in wish.booking_ids} for one in active],
        "wish": wish,
        "terms": terms,
        "by_hand": by_hand(office, order, terms) if terms else None,
        "error": error,
    }
    return show(
        request,
        office,
        "backoffice/bookings/goods_cancel.html",
        context,
        active="bookings",
        part="terms" if "update" in request.GET else "sheet",
        status=422 if error and request.method == "POST" else 200,
    )

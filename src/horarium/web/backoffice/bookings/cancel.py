"""Cancelling by staff: fee and refund are shown before, computed by what applies them."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.money import InvalidAmount, Money
from horarium.modules.booking.models import CancelledBy
from horarium.modules.booking.rules import CancellationTerms
from horarium.modules.payments.queries import payments_of, refundable
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.problems import problem_text
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import money_text
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.order_view import OrderView

from .amounts import read_amount
from .changes import changed, refused
from .detail import Opened, open_booking

_REASON_LENGTH = 200


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def cancel(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    data = request.POST if request.method == "POST" else request.GET
    try:
        wish = read_wish(opened, office, data.dict())
    except InvalidAmount as wrong:
        return _form(request, office, opened, CancellationWish((opened.id,)), error=problem_text(wrong))
    if request.method != "POST":
        return _form(request, office, opened, wish)
    try:
        terms = preview_cancellation(opened.order, wish)
        cancel_order(
            office.business.pk, opened.order.id, wish, by=CancelledBy.STAFF, actor=office.actor, now=now
        )
    except InvalidInput as wrong:
        return _form(request, office, opened, wish, error=problem_text(wrong))
    except HorariumError as error:
        return refused(request, office, booking_id, error, now)
    return changed(request, office, booking_id, _told(opened, terms), now)


def read_wish(opened: Opened, office: Office, data: dict[str, str]) -> CancellationWish:
    """`all`: the whole order. Only who may give money back may waive the fee or ask for another one."""
    waive = data.get("waive") == "on" and office.can(Permission.PAYMENTS_WRITE)
    ids = () if data.get("all") == "on" else (opened.id,)
    fee = None
    if data.get("fee", "").strip() and not waive and office.can(Permission.PAYMENTS_WRITE):
        fee = read_amount(data["fee"], opened.order.total.currency).minor
    return CancellationWish(ids, " ".join(data.get("reason", "").split())[:_REASON_LENGTH], waive, fee)


def _told(opened: Opened, terms: CancellationTerms) -> str:
    name = opened.order.contact_name
    if terms.refund:
        return _("%(name)s: cancelled, %(amount)s goes back") % {
            "name": name,
            "amount": money_text(terms.refund),
        }
    return _("%(name)s: cancelled") % {"name": name}


def _form(
    request: HttpRequest, office: Office, opened: Opened, wish: CancellationWish, *, error: str = ""
) -> HttpResponse:
    terms = preview_cancellation(opened.order, wish)
    context = {
        "opened": opened,
        "booking": opened.view,
        "order": opened.order,
        "zone": opened.zone,
        "wish": wish,
        "terms": terms,
        "by_hand": by_hand(office, opened.order, terms),
        "others": [one for one in opened.order.bookings if one.is_active and one.id != opened.id],
        "may_waive": office.can(Permission.PAYMENTS_WRITE),
        "is_late": not opened.view.is_free_to_cancel,
        "wants_all": not wish.booking_ids,
        "has_begun": has_begun(opened),
        "fee_typed": "" if wish.fee is None else Money(wish.fee, opened.order.total.currency).as_text(),
        "error": error,
    }
    is_update = "update" in request.GET
    return show(
        request,
        office,
        "backoffice/bookings/cancel.html",
        context,
        active="bookings",
        part="terms" if is_update else "sheet",
        status=422 if error else 200,
    )


def by_hand(office: Office, order: OrderView, terms: CancellationTerms) -> Money:
    """The part of the refund that came by hand and must go back by hand."""
    zero = Money.zero(terms.refund.currency)
    by_gateway = sum(
        (refundable(one) for one in payments_of(office.business.pk, order.id)),
        zero,
    )
    return max(terms.refund - by_gateway, zero)


def has_begun(opened: Opened, now: datetime | None = None) -> bool:
    return opened.view.start <= (now or clock.now())

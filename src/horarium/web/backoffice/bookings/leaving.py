"""Who did not come, and who leaves early: what that costs stands there before it is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import local_date_of, zone
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.problems import problem_text
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import money_text
from horarium.web.components.typed_dates import read_date
from horarium.workflows.early_departure import Departure, depart_early, preview_departure
from horarium.workflows.no_show import NoShowWish, mark_no_show, preview_no_show

from .amounts import read_amount
from .changes import changed, refused
from .detail import Opened, open_booking

_REASON_LENGTH = 200


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def no_show(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    data = request.POST if request.method == "POST" else request.GET
    error = ""
    wish = NoShowWish()
    try:
        wish = _read_no_show(office, opened, data)
        if request.method == "POST":
            terms = mark_no_show(office.business.pk, booking_id, wish, office.actor, now)
            text = _("%(name)s: did not come") % {"name": opened.order.contact_name}
            if terms.refund:
                back = _("%(amount)s goes back") % {"amount": money_text(terms.refund)}
                text = f"{text}, {back}"
            return changed(request, office, booking_id, text, now)
    except InvalidInput as wrong:
        error = problem_text(wrong)
    except HorariumError as refusal:
        return refused(request, office, booking_id, refusal, now)
    context = {
        "wish": wish,
        "fee_typed": data.get("fee", ""),
        "terms": preview_no_show(opened.order, booking_id, wish),
        "may_override": office.can(Permission.PAYMENTS_WRITE),
        "error": error,
    }
    return _sheet(request, office, opened, "no_show", context)


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def departure(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    data = request.POST if request.method == "POST" else request.GET
    wanted = _read_departure(office, opened, data, now)
    context: dict[str, Any] = {"departure": wanted, "may_refund": office.can(Permission.PAYMENTS_WRITE)}
    try:
        if request.method == "POST":
            done = depart_early(office.business.pk, booking_id, wanted, office.actor, now)
            text = _("%(name)s: leaves early") % {"name": opened.order.contact_name}
            if done.money.refund:
                back = _("%(amount)s goes back") % {"amount": money_text(done.money.refund)}
                text = f"{text}, {back}"
            return changed(request, office, booking_id, text, now)
        context["money"] = preview_departure(office.business.pk, booking_id, wanted, now).money
    except InvalidInput as wrong:
        context["error"] = problem_text(wrong)
    except HorariumError as refusal:
        return refused(request, office, booking_id, refusal, now)
    return _sheet(request, office, opened, "departure", context)


def _read_no_show(office: Office, opened: Opened, data: Any) -> NoShowWish:
    """Only who may give money back may go beyond the terms. Raises InvalidAmount."""
    if not office.can(Permission.PAYMENTS_WRITE) or not data.get("fee", "").strip():
        return NoShowWish()
    fee = read_amount(data["fee"], opened.order.total.currency)
    return NoShowWish(fee=fee.minor, reason=" ".join(data.get("reason", "").split())[:_REASON_LENGTH])


def _read_departure(office: Office, opened: Opened, data: Any, now: datetime) -> Departure:
    """Today, unless the guest has come today only."""
    today = max(local_date_of(now, zone(opened.zone)), opened.view.start.date() + timedelta(days=1))
    refund = data.get("refund") == "yes" and office.can(Permission.PAYMENTS_WRITE)
    reason = " ".join(data.get("reason", "").split())[:_REASON_LENGTH]
    return Departure(read_date(data.get("on")) or today, refund, reason)


def _sheet(
    request: HttpRequest, office: Office, opened: Opened, name: str, context: dict[str, Any]
) -> HttpResponse:
    is_update = request.method != "POST" and "update" in request.GET
    shown = {"opened": opened, "booking": opened.view, "order": opened.order, "zone": opened.zone}
    return show(
        request,
        office,
        f"backoffice/bookings/{name}.html",
        shown | context,
        active="bookings",
        part="terms" if is_update else "sheet",
        status=422 if context.get("error") and request.method == "POST" else 200,
    )

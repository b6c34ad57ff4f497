"""Saying no to a request that waits for approval: with a reason that its guest reads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.bookings.changes import changed, refused
from horarium.web.backoffice.bookings.detail import open_booking
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.workflows.approve_booking import decline


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def decline_request(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    error, reason = "", " ".join(request.POST.get("reason", "").split())[:200]
    if request.method == "POST":
        try:
            decline(office.business.pk, booking_id, reason, office.actor, now)
        except InvalidInput:
            error = _("Say why: the customer reads it.")
        except HorariumError as problem:
            return refused(request, office, booking_id, problem, now)
        else:
            text = _("%(name)s: declined") % {"name": opened.order.contact_name}
            return changed(request, office, booking_id, text, now)
    context = {"booking": opened.view, "order": opened.order, "zone": opened.zone, "error": error}
    return show(
        request,
        office,
        "backoffice/waiting/decline.html",
        context,
        active="bookings",
        part="sheet",
        status=422 if error else 200,
    )

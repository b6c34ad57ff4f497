"""Goods of an order: given to the guest from the sheet of a booking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from horarium.kit import clock
from horarium.kit.errors import HorariumError
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.shell import Office, member_page
from horarium.workflows.hand_over_goods import hand_over_goods

from .changes import changed, refused
from .detail import open_booking


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def hand_over(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    """The lines that are named, or all that wait."""
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    lines = request.POST.getlist("line")[:100]
    try:
        count = hand_over_goods(office.business.pk, opened.order.id, lines, office.actor, now)
    except HorariumError as error:
        return refused(request, office, booking_id, error, now)
    told = ngettext("%(name)s: goods handed over", "%(name)s: %(count)s goods handed over", count)
    return changed(
        request, office, booking_id, told % {"name": opened.order.contact_name, "count": count}, now
    )

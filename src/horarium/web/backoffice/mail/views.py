"""What was said to whom: the list, and each message as it was read."""

from __future__ import annotations

from typing import Final

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from horarium.modules.messaging.actions import send_again
from horarium.modules.messaging.models import MessageState
from horarium.modules.messaging.queries import get_message, list_messages
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.paging import Pages, page_number
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.statuses import look_of

PAGE_SIZE = 25
TEMPLATES: Final = {
    "booking_confirmed": gettext_lazy("Confirmation"),
    "booking_pending": gettext_lazy("Request received"),
    "booking_moved": gettext_lazy("New time"),
    "booking_cancelled": gettext_lazy("Cancellation"),
    "booking_reminder": gettext_lazy("Reminder"),
    "booking_changed": gettext_lazy("Booking changed"),
    "dates_changed": gettext_lazy("New time"),
    "goods_sold": gettext_lazy("Goods ordered"),
    "goods_cancelled": gettext_lazy("Goods cancelled"),
    "late_money_refunded": gettext_lazy("Late payment returned"),
    "request_declined": gettext_lazy("Request declined"),
    "request_expired": gettext_lazy("Request not answered"),
    "waiting_joined": gettext_lazy("On the waiting list"),
    "time_offered": gettext_lazy("Time offered"),
    "offer_lapsed": gettext_lazy("Offer ran out"),
    "member_invited": gettext_lazy("Invitation"),
}


@require_GET
@member_page(Permission.MESSAGES_READ)
def show_messages(request: HttpRequest, office: Office) -> HttpResponse:
    search = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:100]
    state = request.GET.get("state", "")
    state = state if state in MessageState.values else ""
    number = page_number(request)
    found = list_messages(office.business.pk, page=number, search=search, state=state, page_size=PAGE_SIZE)
    if number > found.pages:
        found = list_messages(
            office.business.pk, page=found.pages, search=search, state=state, page_size=PAGE_SIZE
        )
    context = {
        "found": found,
        "search": search,
        "state": state,
        "chips": _chips(request, state),
        "pages": Pages.of(found.messages, number=found.page, size=PAGE_SIZE, total=found.total),
        "kinds": TEMPLATES,
    }
    return show(request, office, "backoffice/mail/list.html", context, active="messages", part="list")


@require_GET
@member_page(Permission.MESSAGES_READ)
def show_message(request: HttpRequest, office: Office, message_id: str) -> HttpResponse:
    message = get_message(office.business.pk, message_id)
    context = {"message": message, "kinds": TEMPLATES}
    return show(request, office, "backoffice/mail/message.html", context, active="messages", part="sheet")


@require_GET
@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": [NONE],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
@member_page(Permission.MESSAGES_READ)
def show_html(request: HttpRequest, office: Office, message_id: str) -> HttpResponse:
    """The letter alone, for a sandboxed frame: no scripts, nothing loaded, an origin of nobody."""
    message = get_message(office.business.pk, message_id)
    response = HttpResponse(message.html)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@member_page(Permission.MESSAGES_READ)
def download_calendar(request: HttpRequest, office: Office, message_id: str) -> HttpResponse:
    message = get_message(office.business.pk, message_id)
    if not message.calendar:
        raise Http404("no calendar file")
    response = HttpResponse(message.calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="booking.ics"'
    return response


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def again(request: HttpRequest, office: Office, message_id: str) -> HttpResponse:
    send_again(office.business.pk, message_id, actor=office.actor)
    if is_partial(request):
        return with_toast(
            show_message(request, office.slug, message_id=message_id), _("On its way again"), also=()
        )
    return back_to(request, office.url("message", message_id), _("On its way again"))


def _chips(request: HttpRequest, state: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{"label": _("All"), "url": _with(request, ""), "active": not state}]
    for value in MessageState.values:
        look = look_of(value)
        found.append(
            {
                "label": str(look.word),
                "icon": look.icon,
                "url": _with(request, value),
                "active": value == state,
            }
        )
    return found


def _with(request: HttpRequest, state: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("state", None)
    if state:
        query["state"] = state
    return f"{request.path}?{query.urlencode()}"

"""The list of bookings and the sheet of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from horarium.kit import clock
from horarium.modules.booking.models import BookingState
from horarium.modules.booking.queries import COUNT_UP_TO, PageWanted
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.paging import Pages, page_number
from horarium.web.backoffice.shell import SCHEDULE, Office, member_page, show
from horarium.web.components.statuses import look_of
from horarium.web.components.words import words_of

from .detail import open_booking, sheet_context
from .filters import Filters, as_query, period_words
from .goods_list import places_of
from .rows import count_lines, list_lines, resource_name

PAGE_SIZE = 25


@require_GET
@member_page(*SCHEDULE)
def show_bookings(request: HttpRequest, office: Office) -> HttpResponse:
    """A request of htmx gets the rows and what counts them."""
    now = clock.now()
    filters = Filters.of(request.GET)
    query = as_query(office, filters, now)
    number, total = page_number(request), count_lines(office, query)
    number = min(number, max(1, -(-total // PAGE_SIZE))) if total < COUNT_UP_TO else number
    rows = list_lines(office, query, PageWanted(number, PAGE_SIZE, filters.order))
    context = {
        "filters": filters,
        "pages": Pages.of(rows, number=number, size=PAGE_SIZE, total=total, most=COUNT_UP_TO),
        "rows": rows,
        "total": total,
        "chips": _chips(request, filters, office),
        "periods": _periods(request, filters),
        "places": places_of(office, filters.search, now, "bookings"),
        **_choices(office),
    }
    return show(request, office, "backoffice/bookings/list.html", context, active="bookings", part="list")


@require_GET
@member_page(*SCHEDULE)
def show_booking(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    return booking_sheet(request, office, booking_id, clock.now())


def booking_sheet(
    request: HttpRequest,
    office: Office,
    booking_id: str,
    now: datetime,
    *,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    opened = open_booking(office, booking_id, now)
    values = {**sheet_context(office, opened, now), **(context or {})}
    return show(
        request,
        office,
        "backoffice/bookings/booking.html",
        values,
        active="bookings",
        part="sheet",
        status=status,
    )


@require_GET
@member_page(*SCHEDULE, Permission.CUSTOMERS_READ)
def search(request: HttpRequest, office: Office) -> HttpResponse:
    """The search of the top bar: bookings; customers for those who may not see bookings."""
    name = "bookings" if any(office.can(one) for one in SCHEDULE) else "customers"
    query = urlencode({"q": request.GET.get("q", "")[:100]})
    return HttpResponseRedirect(f"{office.url(name)}?{query}")


def _choices(office: Office) -> dict[str, Any]:
    catalog = get_current_catalog(office.business.pk)
    language = get_language() or "en"
    states = [(one, str(look_of(one).word)) for one in BookingState.values]
    return {
        "states": states,
        "offerings": [(one.public_id, one.text("name", language)) for one in catalog.offerings.values()],
        "resource_options": [
            (one.public_id, resource_name(one)) for one in catalog.resources.values() if one.is_active
        ],
        "words": words_of(office.business.type),
    }


def _periods(request: HttpRequest, filters: Filters) -> list[dict[str, Any]]:
    return [
        {
            "label": word,
            "url": _with(request, period=key, page=None, **{"from": None, "to": None}),
            "active": key == filters.period,
        }
        for key, word in period_words()
    ]


def _chips(request: HttpRequest, filters: Filters, office: Office) -> list[dict[str, Any]]:
    """What the list is narrowed to; each chip takes its own filter away."""
    catalog = get_current_catalog(office.business.pk)
    found: list[dict[str, Any]] = []

    def chip(label: str, **changes: Any) -> None:
        url = _with(request, page=None, **changes)
        found.append({"label": label, "url": url, "active": True, "removable": True})

    if filters.search:
        chip(f"“{filters.search}”", q=None)
    if filters.state:
        chip(str(look_of(filters.state).word), state=None)
    resource = catalog.find_resource(filters.resource) if filters.resource else None
    if resource is not None:
        chip(resource_name(resource), resource=None)
    offering = catalog.offerings.get(filters.offering)
    if offering is not None:
        chip(offering.text("name", get_language() or "en"), offering=None)
    if filters.first or filters.last:
        chip(f"{filters.first or '…'} – {filters.last or '…'}", **{"from": None, "to": None})
    if len(found) > 1:
        found.append({"label": _("Clear all"), "url": request.path, "icon": "x"})
    return found


def _with(request: HttpRequest, **changes: Any) -> str:
    query = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"{request.path}?{query.urlencode()}"

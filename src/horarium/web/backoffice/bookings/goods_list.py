"""Orders of goods: what waits to be handed over, what was, and what is still to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from horarium.kit import clock
from horarium.modules.booking.queries import COUNT_UP_TO
from horarium.modules.booking.queries_goods import GoodsFilters, GoodsRow, count_goods, list_goods
from horarium.modules.booking.rules import VOID
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.paging import Pages, page_number
from horarium.web.backoffice.shell import Office, member_page, show

PAGE_SIZE: Final = 25
SHOWN_LINES: Final = 3
LOOKS: Final[dict[str, tuple[str, str, str | Promise]]] = {
    "held": ("hold", "timer", pgettext_lazy("goods", "Being paid")),
    "pending": ("warn", "hourglass", pgettext_lazy("goods", "Waits")),
    "confirmed": ("info", "package", pgettext_lazy("goods", "To hand over")),
    "completed": ("ok", "check-check", pgettext_lazy("goods", "Handed over")),
    "cancelled": ("plain", "circle-x", pgettext_lazy("goods", "Cancelled")),
    "expired": ("plain", "timer-off", pgettext_lazy("goods", "Expired")),
}
"""Hue, icon and word of goods in a state."""
FILTERS: Final = ("confirmed", "held", "completed", "cancelled", "expired")


@dataclass(frozen=True, slots=True)
class GoodsShown:
    """An order in the list. `goods`: the first of them; `more`: how many others."""

    row: GoodsRow
    goods: str
    more: int
    hue: str
    icon: str
    word: str

    @property
    def is_void(self) -> bool:
        return self.row.status in VOID


@require_GET
@member_page(Permission.BOOKINGS_READ)
def show_goods(request: HttpRequest, office: Office) -> HttpResponse:
    now, number = clock.now(), page_number(request)
    filters = _filters(request)
    total = count_goods(office.business.pk, filters, now, up_to=COUNT_UP_TO)
    number = min(number, max(1, -(-total // PAGE_SIZE))) if total < COUNT_UP_TO else number
    offset = (number - 1) * PAGE_SIZE
    found = list_goods(office.business.pk, filters, now, offset=offset, limit=PAGE_SIZE)
    catalog = get_current_catalog(office.business.pk)
    context = {
        "places": places_of(office, filters.search, now, "goods"),
        "states": _states(request, filters),
        "search": filters.search,
        "state": filters.state,
        "rows": [goods_shown(catalog, one) for one in found],
        "pages": Pages.of(found, number=number, size=PAGE_SIZE, total=total, most=COUNT_UP_TO),
        "total": total,
    }
    return show(
        request, office, "backoffice/bookings/goods_list.html", context, active="bookings", part="list"
    )


def places_of(office: Office, search: str, now: datetime, active: str) -> list[dict[str, Any]]:
    """The two lists of orders, with how much of a search is in the other; none where no goods are sold."""
    if not office.can(Permission.BOOKINGS_READ) or not get_current_catalog(office.business.pk).products:
        return []
    query = f"?{urlencode({'q': search})}" if search else ""
    count: int | str = ""
    if search and active != "goods":
        filters = GoodsFilters(search=search)
        count = count_goods(office.business.pk, filters, now, up_to=COUNT_UP_TO)
    return [
        {"label": _("Bookings"), "url": office.url("bookings") + query, "active": active == "bookings"},
        {
            "label": _("Goods"),
            "url": office.url("goods") + query,
            "active": active == "goods",
            "count": count,
        },
    ]


def goods_name(catalog: Catalog, key: int) -> str:
    return catalog.product_of_key(key).text("name", get_language() or "en")


def _filters(request: HttpRequest) -> GoodsFilters:
    """Without a search, what waits to be handed over; with one, everything."""
    search = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:100]
    state = request.GET.get("state", "" if search else "confirmed")
    return GoodsFilters(state if state in FILTERS else "", search)


def _states(request: HttpRequest, filters: GoodsFilters) -> list[dict[str, Any]]:
    def item(state: str, label: str) -> dict[str, Any]:
        query = urlencode({"state": state or "all", **({"q": filters.search} if filters.search else {})})
        return {"label": label, "url": f"{request.path}?{query}", "active": state == filters.state}

    return [*(item(one, str(LOOKS[one][2])) for one in FILTERS), item("", _("All"))]


def goods_shown(catalog: Catalog, row: GoodsRow) -> GoodsShown:
    hue, icon, word = LOOKS[row.status]
    shown = row.lines[:SHOWN_LINES]
    goods = ", ".join(f"{goods_name(catalog, one.product_id)} × {one.quantity}" for one in shown)
    return GoodsShown(row, goods, len(row.lines) - len(shown), hue, icon, str(word))

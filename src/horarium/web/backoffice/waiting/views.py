"""Who waits for what, in turn: offered to by the clock, or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from horarium.kit import clock
from horarium.kit.errors import HorariumError
from horarium.modules.booking.models import CancelledBy, WaitingEntry, WaitingState
from horarium.modules.booking.queries_waiting import WaitingFilters, count_waiting, list_waiting
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to
from horarium.web.backoffice.paging import Pages, page_number
from horarium.web.backoffice.problems import problem_text
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import moment_text
from horarium.web.components.typed_dates import read_date
from horarium.web.components.words import words_of
from horarium.workflows.order_view import get_order_view
from horarium.workflows.waiting_list import leave, offer_by_hand

PAGE_SIZE = 50
LOOKS: Final[dict[str, tuple[str, str, str | Promise]]] = {
    "waiting": ("info", "hourglass", gettext_lazy("Waits")),
    "offered": ("hold", "timer", gettext_lazy("Time offered")),
    "taken": ("ok", "circle-check", gettext_lazy("Taken")),
    "left": ("plain", "circle-x", gettext_lazy("Left")),
    "lapsed": ("plain", "timer-off", gettext_lazy("Offer ran out")),
}


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An entry as it is now, whether or not the worker has written it down."""

    entry: WaitingEntry
    offering: str
    state: str
    hue: str
    icon: str
    word: str

    @property
    def can_offer(self) -> bool:
        return self.state == WaitingState.WAITING

    @property
    def can_remove(self) -> bool:
        return self.entry.state in (WaitingState.WAITING, WaitingState.OFFERED)


@require_GET
@member_page(Permission.BOOKINGS_READ)
def show_waiting(request: HttpRequest, office: Office) -> HttpResponse:
    filters, chosen = _filters(request, office)
    number, total = page_number(request), count_waiting(office.business.pk, filters)
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    found = list_waiting(office.business.pk, filters, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    catalog, language = get_current_catalog(office.business.pk), get_language() or "en"
    offerings = [
        (one.public_id, one.text("name", language))
        for one in catalog.offerings.values()
        if one.is_active and one.has_waiting_list
    ]
    context: dict[str, Any] = {
        "rows": _lines(found),
        "chosen": chosen,
        "pages": Pages.of(found, number=number, size=PAGE_SIZE, total=total),
        "states": [(key, str(word)) for key, (_hue, _icon, word) in LOOKS.items()],
        "offerings": offerings,
        "words": words_of(office.business.type),
    }
    return show(request, office, "backoffice/waiting/list.html", context, active="waiting", part="list")


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def offer(request: HttpRequest, office: Office, entry_id: str) -> HttpResponse:
    """Out of turn, the first time that fits."""
    now = clock.now()
    try:
        order = offer_by_hand(office.business.pk, entry_id, now)
    except HorariumError as error:
        nothing = error.params.get("reason") == "nothing_fits"
        text = _("Nothing that fits is free.") if nothing else problem_text(error)
        return back_to(request, office.url("waiting"), text, hue="bad")
    view = get_order_view(office.business.pk, order.public_id, now)
    start = view.bookings[0].start
    said = _("%(name)s: %(moment)s is kept for them") % {
        "name": view.contact_name,
        "moment": moment_text(start),
    }
    return back_to(request, office.url("waiting"), said)


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def remove(request: HttpRequest, office: Office, entry_id: str) -> HttpResponse:
    entry = leave(office.business.pk, entry_id, by=CancelledBy.STAFF, actor=office.actor, now=clock.now())
    text = _("%(name)s does not wait any more") % {"name": entry.contact_name}
    return back_to(request, office.url("waiting"), text)


def _filters(request: HttpRequest, office: Office) -> tuple[WaitingFilters, dict[str, str]]:
    """What the list is narrowed to, and how it stands in the form."""
    state = request.GET.get("state", "waiting")
    state = state if state in WaitingState.values else ""
    search = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:100]
    offering = get_current_catalog(office.business.pk).offerings.get(request.GET.get("offering", ""))
    on = read_date(request.GET.get("on"))
    chosen = {
        "state": state,
        "offering": offering.public_id if offering else "",
        "on": on.isoformat() if on else "",
        "q": search,
    }
    return WaitingFilters(state, offering.id if offering else None, on, search), chosen


def _lines(entries: list[WaitingEntry]) -> list[WaitingLine]:
    language, now = get_language() or "en", clock.now()
    found = []
    for one in entries:
        until = one.order.expires_at if one.order is not None else None
        is_over = one.state == WaitingState.OFFERED and until is not None and until <= now
        state = "lapsed" if is_over else str(one.state)
        hue, icon, word = LOOKS[state]
        name = one.offering.translations.get(language.split("-")[0], {}).get("name") or one.offering.name
        found.append(WaitingLine(one, name, state, hue, icon, str(word)))
    return found

"""Customers: the list, the card of one, and likenesses that a person must decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.modules.booking.queries import BookingFilters, PageWanted
from horarium.modules.booking.queries_goods import GoodsFilters, list_goods
from horarium.modules.booking.rules import ACTIVE
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.customers.actions import resolve_review, update_customer
from horarium.modules.customers.queries import (
    get_customer,
    list_customers,
    list_open_reviews,
    list_reviews_of,
)
from horarium.modules.customers.rules import read_contact
from horarium.platform.audit.queries import AuditFilters, list_entries
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.bookings.goods_list import GoodsShown, goods_shown
from horarium.web.backoffice.bookings.rows import Line, list_lines
from horarium.web.backoffice.history import timeline_items
from horarium.web.backoffice.paging import Pages, page_number
from horarium.web.backoffice.problems import problem_text
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.backoffice.words import customers_word

PAGE_SIZE = 25
_REMEMBERED = 200
_SHOWN = 8
_TEXT = {"name": 120, "email": 254, "phone": 40, "notes": 4000}


@dataclass(frozen=True, slots=True)
class Past:
    """What a customer and the business have had with each other, over their last two hundred bookings and as many
    orders of goods.
    """

    upcoming: tuple[Line, ...]
    earlier: tuple[Line, ...]
    goods: tuple[GoodsShown, ...]
    visits: int
    missed: int
    spent: Money

    @property
    def last_visit(self) -> datetime | None:
        return next((one.start for one in self.earlier if one.state in ("completed", "checked_in")), None)


@require_GET
@member_page(Permission.CUSTOMERS_READ)
def show_customers(request: HttpRequest, office: Office) -> HttpResponse:
    search = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:100]
    number = page_number(request)
    found = list_customers(office.business.pk, search=search, page=number, page_size=PAGE_SIZE)
    if number > found.pages:
        found = list_customers(office.business.pk, search=search, page=found.pages, page_size=PAGE_SIZE)
    context = {
        "found": found,
        "search": search,
        "pages": Pages.of(found.customers, number=found.page, size=PAGE_SIZE, total=found.total),
        "reviews": len(list_open_reviews(office.business.pk)),
        "word": customers_word(office.business.type),
    }
    return show(request, office, "backoffice/customers/list.html", context, active="customers", part="list")


@require_GET
@member_page(Permission.CUSTOMERS_READ)
def show_customer(request: HttpRequest, office: Office, customer_id: str) -> HttpResponse:
    return _card(request, office, customer_id)


@require_http_methods(["GET", "POST"])
@member_page(Permission.CUSTOMERS_WRITE)
def edit(request: HttpRequest, office: Office, customer_id: str) -> HttpResponse:
    customer = get_customer(office.business.pk, customer_id)
    if request.method != "POST":
        typed = {name: getattr(customer, name) for name in _TEXT}
        return _form(request, office, customer, typed)
    typed = {name: request.POST.get(name, "").replace("\x00", "")[:size] for name, size in _TEXT.items()}
    try:
        contact = read_contact(
            name=typed["name"], email=typed["email"], phone=typed["phone"], country=_country(office)
        )
        update_customer(
            office.business.pk, customer_id, contact=contact, notes=typed["notes"], actor=office.actor
        )
    except HorariumError as error:
        errors = {error.field or "name": problem_text(error)}
        return _form(request, office, customer, typed, errors)
    text = _("%(name)s: saved") % {"name": contact.name}
    if is_partial(request):
        return with_toast(_card(request, office, customer_id), text, also=("customers:changed",))
    return back_to(request, office.url("customer", customer_id), text)


@require_GET
@member_page(Permission.CUSTOMERS_READ)
def show_reviews(request: HttpRequest, office: Office) -> HttpResponse:
    context = {"reviews": list_open_reviews(office.business.pk)}
    return show(request, office, "backoffice/customers/reviews.html", context, active="customers")


@require_POST
@member_page(Permission.CUSTOMERS_WRITE)
def resolve(request: HttpRequest, office: Office, review_id: str) -> HttpResponse:
    resolve_review(office.business.pk, review_id, actor=office.actor)
    return back_to(request, office.url("reviews"), _("Decided"))


def past_of(office: Office, customer_id: str, now: datetime) -> Past:
    lines = list_lines(office, BookingFilters(customer=customer_id), PageWanted(size=_REMEMBERED))
    upcoming = [one for one in lines if one.state in ACTIVE and one.end > now]
    earlier = [one for one in lines if one not in upcoming]
    goods = list_goods(
        office.business.pk, GoodsFilters(customer=customer_id), now, offset=0, limit=_REMEMBERED
    )
    catalog = get_current_catalog(office.business.pk)
    paid = {one.row.order_id: one.row.paid for one in lines} | {one.order_id: one.paid for one in goods}
    zero = Money.zero(office.business.currency)
    return Past(
        upcoming=tuple(reversed(upcoming))[:_SHOWN],
        earlier=tuple(earlier)[:_SHOWN],
        goods=tuple(goods_shown(catalog, one) for one in goods[:_SHOWN]),
        visits=sum(1 for one in lines if one.state in ("completed", "checked_in")),
        missed=sum(1 for one in lines if one.state == "no_show"),
        spent=sum(paid.values(), zero),
    )


def _card(request: HttpRequest, office: Office, customer_id: str) -> HttpResponse:
    customer = get_customer(office.business.pk, customer_id)
    entries = list_entries(office.business.pk, AuditFilters(subject_id=customer_id)).entries
    context = {
        "customer": customer,
        "past": past_of(office, customer_id, clock.now()) if _sees_bookings(office) else None,
        "reviews": list_reviews_of(office.business.pk, customer_id),
        "history": timeline_items(list(entries), zone=office.zone_name, currency=office.business.currency),
    }
    return show(request, office, "backoffice/customers/card.html", context, active="customers", part="sheet")


def _sees_bookings(office: Office) -> bool:
    return office.can(Permission.BOOKINGS_READ)


def _form(
    request: HttpRequest,
    office: Office,
    customer: Any,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    context = {"customer": customer, "typed": typed, "errors": errors or {}}
    return show(
        request,
        office,
        "backoffice/customers/edit.html",
        context,
        active="customers",
        part="sheet",
        status=422 if errors else 200,
    )


def _country(office: Office) -> str:
    return office.locations[0].country if office.locations else office.business.country

"""A booking by the desk: who, what, when; the same engine and the same price as everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.models import Channel
from horarium.modules.customers.queries import list_customers
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.catalogue.wording import weekday_choices
from horarium.web.backoffice.problems import problem_text
from horarium.web.backoffice.series.repeat import is_repeated, place_repeated
from horarium.web.backoffice.series.rule_form import ShownRule, shown_rule
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import moment_text
from horarium.workflows.book_at_desk import book_at_desk
from horarium.workflows.checkout import Checkout, Contact
from horarium.workflows.items import Item, SlotItem
from horarium.workflows.order_view import OrderView

from .limits import beyond, beyond_by_date, focus_of, reason_of
from .plans import AnyPlan, offering_options, plan_wanted
from .views import booking_sheet
from .wanted import as_item_error

_TYPED = ("name", "phone", "email", "notes", "reason")
_SUGGESTED = 5
_SHORTEST = 2


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def new_booking(request: HttpRequest, office: Office) -> HttpResponse:
    now = clock.now()
    data = request.POST if request.method == "POST" else request.GET
    plan = plan_wanted(office, data, now, is_final=request.method == "POST")
    if request.method != "POST" or plan is None:
        return _form(request, office, plan, data)
    errors, item = _missing(plan, data), plan.item
    if errors or item is None:
        return _form(request, office, plan, data, errors=errors, status=422)
    if isinstance(item, SlotItem) and is_repeated(data):
        try:
            placed = place_repeated(request, office, item, _contact(data), data, now)
        except InvalidInput as error:
            errors = {as_item_error(error): problem_text(error)}
            return _form(request, office, plan, data, errors=errors, status=422)
        return _placed(request, office, placed, now) if isinstance(placed, OrderView) else placed
    try:
        view = book_at_desk(office.slug, _checkout(item, data), office.actor, now, reason=reason_of(data))
    except NotFree as refusal:
        # Nothing typed is lost; the form says what is in the way and what is free nearby.
        trouble = {"trouble": plan.refused(office, refusal)}
        return _form(request, office, plan, data, context=trouble, status=409)
    except InvalidInput as error:
        errors = {as_item_error(error): problem_text(error)}
        return _form(request, office, plan, data, errors=errors, status=422)
    return _placed(request, office, view, now)


@require_GET
@member_page(Permission.BOOKINGS_WRITE)
def show_plan(request: HttpRequest, office: Office) -> HttpResponse:
    """The part of the form that depends on what is chosen, drawn anew."""
    plan = plan_wanted(office, request.GET, clock.now())
    context = {**_context(office, plan, request.GET), "is_fresh": True}
    return show(request, office, "backoffice/bookings/new.html", context, active="bookings", part="plan")


@require_GET
@member_page(Permission.BOOKINGS_WRITE)
def suggest_customers(request: HttpRequest, office: Office) -> HttpResponse:
    """Known customers who fit what is being typed into the field named `by`."""
    typed = " ".join(request.GET.get(request.GET.get("by", "name"), "").split())[:60]
    found: tuple[Any, ...] = ()
    if len(typed) >= _SHORTEST and office.can(Permission.CUSTOMERS_READ):
        found = list_customers(office.business.pk, search=typed, page_size=_SUGGESTED).customers
    return show(request, office, "backoffice/bookings/_customers.html", {"found": found}, part="found")


def _contact(data: QueryDict) -> Contact:
    return Contact(data.get("name", ""), data.get("email", ""), data.get("phone", ""))


def _checkout(item: Item, data: QueryDict) -> Checkout:
    notes = data.get("notes", "").strip()[:2000]
    return Checkout(contact=_contact(data), items=(item,), notes=notes, channel=Channel.BACKOFFICE)


def _placed(request: HttpRequest, office: Office, order: OrderView, now: datetime) -> HttpResponse:
    booking = order.bookings[0]
    text = _("Booked: %(name)s, %(moment)s") % {
        "name": order.contact_name,
        "moment": moment_text(booking.start),
    }
    if is_partial(request):
        response = with_toast(booking_sheet(request, office, booking.id, now), text)
        response["HX-Replace-Url"] = office.url("booking", booking.id)
        return response
    return back_to(request, office.url("booking", booking.id), text)


def _missing(plan: AnyPlan, data: QueryDict) -> dict[str, str]:
    errors = dict(plan.missing)
    if not data.get("name", "").strip():
        errors["name"] = _("Who is it for?")
    return errors


def _form(
    request: HttpRequest,
    office: Office,
    plan: AnyPlan | None,
    data: QueryDict,
    *,
    errors: dict[str, str] | None = None,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    errors = errors or {}
    values = {**_context(office, plan, data), **focus_of(errors), "errors": errors, **(context or {})}
    return show(
        request,
        office,
        "backoffice/bookings/new.html",
        values,
        active="bookings",
        part="sheet",
        status=status,
    )


def _context(office: Office, plan: AnyPlan | None, data: QueryDict) -> dict[str, Any]:
    repeated = shown_rule(office, data, plan.item if plan else None, clock.now())
    return {
        "plan": plan,
        "trouble": plan.trouble if plan else None,
        **_beyond(plan, repeated),
        "typed": {name: data.get(name, "") for name in _TYPED},
        "offerings": offering_options(office),
        "resources": plan.resources if plan else [],
        "repeated": repeated,
        "weekdays": weekday_choices(),
    }


def _beyond(plan: AnyPlan | None, repeated: ShownRule) -> dict[str, Any]:
    """Which limits of guests it would break."""
    if repeated.plan is not None:
        return beyond_by_date(repeated.limits)
    return beyond([plan.limit] if plan else [])

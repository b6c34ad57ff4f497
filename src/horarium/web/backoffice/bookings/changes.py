"""One step of a booking: confirm, arrive, complete, not come; money at the desk; the note."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.modules.booking.actions import lock_order, write_staff_notes
from horarium.modules.booking.actions_reseats import pin_booking
from horarium.modules.booking.models import Booking
from horarium.modules.ledger.rules import BANK, CASH
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import CHANGED, back_to, is_partial, with_toast
from horarium.web.backoffice.problems import problem_text
from horarium.web.backoffice.shell import Office, member_page
from horarium.web.components.formats import money_text
from horarium.workflows.approve_booking import approve, decline
from horarium.workflows.attend_booking import check_in, check_out
from horarium.workflows.no_show import NoShowWish, mark_no_show
from horarium.workflows.take_cash import take_cash
from horarium.workflows.tidy_bookings import complete_booking

from .amounts import read_amount
from .detail import Opened, open_booking
from .views import booking_sheet

_NOTE_LENGTH = 2000


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def take_step(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    try:
        text = _step(office, opened, request.POST, now)
    except HorariumError as error:
        return refused(request, office, booking_id, error, now)
    return changed(request, office, booking_id, text, now)


def _step(office: Office, opened: Opened, posted: QueryDict, now: datetime) -> str:
    """Do it and say it."""
    name = {"name": opened.order.contact_name}
    match posted.get("step", ""):
        case "confirm":
            approve(office.business.pk, opened.id, office.actor, now)
            return _("%(name)s: confirmed") % name
        case "decline":
            decline(office.business.pk, opened.id, posted.get("reason", ""), office.actor, now)
            return _("%(name)s: declined") % name
        case "check_in":
            check_in(office.business.pk, opened.id, office.actor, now)
            return _("%(name)s: checked in") % name
        case "no_show":
            mark_no_show(office.business.pk, opened.id, NoShowWish(), office.actor, now)
            return _("%(name)s: did not come") % name
        case "check_out":
            check_out(office.business.pk, opened.id, office.actor, now)
            return _("%(name)s: checked out") % name
        case "pin" | "unpin" as step:
            is_pinned = step == "pin"
            pin_booking(office.business.pk, opened.id, is_pinned=is_pinned, actor=office.actor)
            return _("%(name)s keeps the room") % name if is_pinned else _("%(name)s may change rooms") % name
        case "complete":
            complete_booking(office.business.pk, opened.id, office.actor, now)
            return _("%(name)s: completed") % name
    raise InvalidInput("no such step", field="step")


@contextmanager
def one_row(office: Office, opened: Opened) -> Iterator[Booking]:
    """The booking's row in a transaction that holds its order's lock."""
    with transaction.atomic():
        order = lock_order(office.business.pk, opened.order.id)
        yield order.bookings.select_related("order").get(public_id=opened.id)


@require_POST
@member_page(Permission.PAYMENTS_WRITE)
def take_payment(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    typed = request.POST.get("amount", "")
    account = BANK if request.POST.get("account") == "bank" else CASH
    try:
        amount = read_amount(typed, opened.order.total.currency)
        take_cash(office.business.pk, opened.order.id, amount, account=account, actor=office.actor, now=now)
    except InvalidInput as error:
        context = {"pay_errors": problem_text(error), "pay_amount": typed, "pay_account": account}
        return booking_sheet(request, office, booking_id, now, context=context, status=422)
    except HorariumError as error:
        return refused(request, office, booking_id, error, now)
    text = _("%(amount)s taken") % {"amount": money_text(amount)}
    return changed(request, office, booking_id, text, now)


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def write_note(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    note = request.POST.get("note", "").strip()[:_NOTE_LENGTH]
    with one_row(office, opened) as booking:
        write_staff_notes(booking, note, office.actor)
    if is_partial(request):
        return with_toast(HttpResponse(status=204), _("Note saved"), also=())
    return back_to(request, office.url("booking", booking_id), _("Note saved"))


def changed(
    request: HttpRequest,
    office: Office,
    booking_id: str,
    text: str,
    now: datetime,
    *,
    undo_url: str = "",
) -> HttpResponse:
    """The booking as it is now, and a toast that says what was done."""
    if not is_partial(request):
        return back_to(request, office.url("booking", booking_id), text)
    if undo_url:
        # Behind an open sheet nothing can be pressed, so the sheet makes way for the button.
        action = {"label": _("Undo"), "url": undo_url}
        return with_toast(HttpResponse(status=204), text, action=action, also=(CHANGED, "sheet:close"))
    if request.POST.get("from") == "today":
        return with_toast(HttpResponse(status=204), text)
    return with_toast(booking_sheet(request, office, booking_id, now), text)


def refused(
    request: HttpRequest, office: Office, booking_id: str, error: HorariumError, now: datetime
) -> HttpResponse:
    """The booking as it is now, with the reason above it."""
    text = problem_text(error)
    if is_partial(request) and request.POST.get("from") == "today":
        return with_toast(HttpResponse(status=204), text, hue="bad", also=(CHANGED,))
    problem: dict[str, Any] = {"title": _("Not done"), "text": text}
    return booking_sheet(request, office, booking_id, now, context={"problem": problem}, status=409)

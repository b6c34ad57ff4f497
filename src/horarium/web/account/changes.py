"""What guests do with their bookings by themselves: another time, other contents, arrival, cancellation.

Each page shows the exact money before the click, by the functions that apply it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import HorariumError
from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.errors import DeadlinePassed, IllegalTransition
from horarium.modules.booking.models import CancelledBy
from horarium.platform.throttle.pages import limited
from horarium.web.components import changing
from horarium.web.components.paying import gateways_of, payment_address
from horarium.web.components.reasons import reason_text
from horarium.workflows.attend_booking import tell_arrival
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.change_booking import ChangePreview, ChangeWish, apply_change, preview_change
from horarium.workflows.order_view import BookingView, OrderView, open_order_page

from .dates import BY_LINK, Asked, is_whole, read_dates, show_dates
from .pages import base_context, guest_of, private
from .shown import show


@require_http_methods(["GET", "HEAD", "POST"])
@private
@limited
def change(request: HttpRequest, token: str, booking_id: str) -> HttpResponse:
    """The form answers every choice with its price; the same choice posted is done."""
    now = clock.now()
    view, shown = _booked(token, booking_id, now)
    if not shown.can_reschedule or shown.state == "checked_in":
        return HttpResponseRedirect(reverse("order_page", args=[token]))
    present = changing.present_of(view.business.id, shown, staff=False)
    data = request.POST if request.method == "POST" else request.GET
    asked = Asked(view.business.id, present, changing.read_wanted(present, data), now)
    choice = read_dates(asked, data)
    wanted = asked.with_start(choice)
    is_ready = wanted.is_something and is_whole(choice)
    wish = ChangeWish(wanted.change)
    problem = ""
    if request.method == "POST" and is_ready:
        try:
            done = apply_change(view.business.id, booking_id, wish, guest_of(request), now)
        except HorariumError as error:
            problem = refusal_text(error)
        else:
            return HttpResponseRedirect(_after(request, view, done.order, now))
    verdict = _preview(view, booking_id, wish, now) if is_ready else {}
    shown_dates = show_dates(asked, choice, reverse("order_change", args=[token, booking_id]))
    context = _form(view, present, wanted, now) | verdict | ({"problem": problem} if problem else {})
    context |= {"dates": shown_dates, "choice": choice, "goes_to_times": BY_LINK[0] in data}
    is_part = request.headers.get("HX-Request") and request.method != "POST"
    template = "my/change.html#plan" if is_part else "my/change.html"
    return render(request, template, context, status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@limited
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """First the consequence, then the deed: for all of it, or for the lines that are ticked."""
    now = clock.now()
    view = open_order_page(token, now)
    open_lines = [one for one in view.bookings if one.can_cancel]
    goods = [one for one in view.products if one.is_active]
    if not open_lines and not goods:
        return HttpResponseRedirect(reverse("order_page", args=[token]))
    data = request.POST if request.method == "POST" else request.GET
    wish = _lines_of(data.getlist("line"), view, is_sent="lines" in data)
    if request.method == "POST" and wish.booking_ids:
        try:
            cancel_order(
                view.business.id, view.id, wish, by=CancelledBy.GUEST, actor=guest_of(request), now=now
            )
        except (IllegalTransition, DeadlinePassed) as error:
            messages.error(request, refusal_text(error))
        return HttpResponseRedirect(reverse("order_page", args=[token]))
    shown = show(view, now)
    context = base_context(view, shown) | {
        "terms": preview_cancellation(view, wish) if wish.booking_ids else None,
        "lines": open_lines,
        "goods": goods,
        "chosen": wish.booking_ids,
        "is_single": len(open_lines) + len(goods) == 1,
    }
    is_part = request.headers.get("HX-Request") and request.method != "POST"
    return render(request, "my/cancel.html#terms" if is_part else "my/cancel.html", context)


@require_POST
@private
@limited
def arrival(request: HttpRequest, token: str, booking_id: str) -> HttpResponse:
    now = clock.now()
    view, shown = _booked(token, booking_id, now)
    try:
        tell_arrival(view.business.id, shown, _arrival(shown, request.POST.get("at", "")), guest_of(request))
    except HorariumError:
        messages.error(request, _("This time is not within your booking."))
    else:
        messages.success(request, _("Thank you, they know when to expect you."))
    return HttpResponseRedirect(reverse("order_page", args=[token]))


def refusal_text(error: HorariumError) -> str:
    """One sentence for the guest."""
    if isinstance(error, NotFree):
        return reason_text(str(error.reason))
    if isinstance(error, DeadlinePassed):
        return _("The terms do not allow this any more. Please contact the business.")
    if isinstance(error, IllegalTransition):
        return _("The booking has changed meanwhile. Please look at it again.")
    return _("This cannot be had. Please choose something else.")


def _form(
    view: OrderView, present: changing.Present, wanted: changing.Wanted, now: datetime
) -> dict[str, Any]:
    tier = present.view.rescheduling
    return base_context(view, show(view, now)) | {
        "present": present,
        "booking": present.view,
        "wanted": wanted,
        "slots": changing.free_starts(view.business.id, present, wanted, now, staff=False),
        "extras": changing.extra_options(present, wanted),
        "tickets": changing.ticket_options(present, wanted),
        "plans": changing.plan_options(present),
        "parties": range(present.offering.party_min, present.offering.party_max + 1),
        "fee": tier.fee(present.view.price) if tier else None,
        "come_due": preview_cancellation(view, CancellationWish((present.view.id,))).fee,
        "change_url": reverse("order_change", args=[view.token, present.view.id]),
    }


def _preview(view: OrderView, booking_id: str, wish: ChangeWish, now: datetime) -> dict[str, Any]:
    """The change with its money, or why it cannot be had."""
    try:
        found: ChangePreview = preview_change(view.business.id, booking_id, wish, now)
    except HorariumError as error:
        near = error.params.get("alternatives", ())
        return {"problem": refusal_text(error), "near": near}
    tz = zone(found.planned.offering.location.time_zone)
    return {
        "preview": found,
        "money": found.money,
        "starts": found.planned.starts_at.astimezone(tz),
        "ends": found.planned.ends_at.astimezone(tz),
    }


def _after(request: HttpRequest, before: OrderView, after: OrderView, now: datetime) -> str:
    """To the payment of the difference where all was paid before; else to the page, which says what is open."""
    messages.success(request, _("Your booking has been changed."))
    was_paid = bool(before.paid) and not before.due_now
    if was_paid and after.due_now and gateways_of(after):
        return payment_address(after, "", guest_of(request), now)
    return reverse("order_page", args=[after.token])


def _lines_of(ids: list[str], view: OrderView, *, is_sent: bool) -> CancellationWish:
    """Those ticked; before anything was ticked, all that can be cancelled."""
    able = [one.id for one in view.bookings if one.can_cancel]
    able += [one.id for one in view.products if one.is_active]
    return CancellationWish(tuple(one for one in able if one in ids or not is_sent))


def _arrival(shown: BookingView, text: str) -> datetime | None:
    """A wall-clock time on the day of the start; what is before it was meant for the night after. Empty: taken back."""
    try:
        hour, minute = (int(part) for part in text.split(":")[:2])
    except ValueError:
        return None
    tz = zone(shown.location.time_zone)
    on_day = instant_of(shown.start.date(), (hour % 24) * 60 + minute % 60, tz)
    is_night = shown.offering.mode == "stay" and hour < 6
    return instant_of(shown.start.date(), (hour % 24 + 24) * 60 + minute % 60, tz) if is_night else on_day


def _booked(token: str, booking_id: str, now: datetime) -> tuple[OrderView, BookingView]:
    view = open_order_page(token, now)
    shown = next((one for one in view.bookings if one.id == booking_id), None)
    if shown is None:
        raise Http404("booking")
    return view, shown

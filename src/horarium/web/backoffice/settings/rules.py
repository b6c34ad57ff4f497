"""Defaults for bookings, which an offering may replace by its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.actions import update_booking_rules
from horarium.modules.catalog.queries import get_booking_rules
from horarium.modules.catalog.queries_parts import list_policies
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page

from .frame import settings_page

NUMBERS = (
    "grid_minutes", "lead_minutes", "horizon_days", "hold_minutes", "cancel_free_hours", "reminder_hours",
    "waiting_offer_minutes",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@member_page(Permission.SETTINGS_READ)
def edit(request: HttpRequest, office: Office) -> HttpResponse:
    if request.method != "POST" or not office.can(Permission.SETTINGS_WRITE):
        rules = get_booking_rules(office.business.pk)
        shown = {name: getattr(rules, name) for name in (*NUMBERS, "needs_phone")}
        shown["policy"] = rules.policy.public_id if rules.policy else ""
        return _page(request, office, Entered.of(shown))
    entered = Entered.posted(request)
    fields: dict[str, Any] = {name: entered.whole(name, needed=True) for name in NUMBERS}
    fields |= {"needs_phone": entered.flag("needs_phone"), "policy": entered.text("policy")}
    if not entered.errors:
        try:
            update_booking_rules(office.business.pk, office.actor, **fields)
        except InvalidInput as error:
            entered.refuse(error, otherwise="grid_minutes")
    if entered.errors:
        return _page(request, office, entered)
    return back_to(request, office.url("settings_rules"), _("Booking rules saved"))


def _page(request: HttpRequest, office: Office, form: Entered) -> HttpResponse:
    policies = [(one.public_id, one.name) for one in list_policies(office.business.pk)]
    return settings_page(request, office, "rules", {"policy_options": policies}, form=form)

"""The places of the settings, and the form that a page of them is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, show

CHANGED = "settings:changed"


def places_of(office: Office, active: str) -> list[dict[str, Any]]:
    read = office.can(Permission.SETTINGS_READ)
    entries = (
        ("settings", _("Business"), read),
        ("settings_locations", _("Locations"), read),
        ("settings_rules", _("Booking rules"), read),
        ("settings_members", _("Members"), read),
        ("settings_payments", _("Payments"), read),
        ("settings_widget", _("Widget"), read),
        ("settings_keys", _("API keys"), office.can(Permission.KEYS_WRITE)),
        ("settings_profile", _("My profile"), True),
    )
    return [
        {"label": label, "url": office.url(name), "active": name == active}
        for name, label, is_open in entries
        if is_open
    ]


def settings_page(
    request: HttpRequest,
    office: Office,
    name: str,
    context: Mapping[str, Any],
    *,
    form: Entered | None = None,
    part: str = "",
) -> HttpResponse:
    """The page `settings/<name>.html`; with mistakes in its form it is 422."""
    url_name = "settings" if name == "business" else f"settings_{name}"
    values = {"places": places_of(office, url_name), "form": form, **context}
    status = form.status if form is not None else 200
    template = f"backoffice/settings/{name}.html"
    return show(request, office, template, values, active="settings", part=part, status=status)


def sheet(
    request: HttpRequest, office: Office, name: str, context: Mapping[str, Any], form: Entered
) -> HttpResponse:
    template = f"backoffice/settings/{name}.html"
    values = {"form": form, **context}
    return show(request, office, template, values, active="settings", part="sheet", status=form.status)


def done(request: HttpRequest, url: str, text: str, *, hue: str = "ok") -> HttpResponse:
    """After a sheet: it closes, the list behind it is made anew. Without scripts: back to the list."""
    if not is_partial(request):
        return back_to(request, url, text, hue=hue)
    return with_toast(HttpResponse(status=204), text, hue=hue, also=(CHANGED, "sheet:close"))

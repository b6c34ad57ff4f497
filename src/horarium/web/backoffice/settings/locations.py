"""Places of the business, each with its time zone."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from phonenumbers import SUPPORTED_REGIONS

from horarium.kit.errors import InvalidInput
from horarium.platform.tenancy.actions import create_location, update_location
from horarium.platform.tenancy.models import Location
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries import get_location, list_locations
from horarium.web.backoffice.catalogue.languages import (
    languages_of,
    read_translations,
    typed_translations,
)
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page

from .frame import done, settings_page, sheet

TEXTS = ("name", "address", "city", "directions")
FIELDS = ("name", "address", "city", "country", "time_zone", "phone", "directions")
_OLD = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@require_GET
@member_page(Permission.SETTINGS_READ)
def show_locations(request: HttpRequest, office: Office) -> HttpResponse:
    context = {"locations": list_locations(office.business.pk)}
    return settings_page(request, office, "locations", context, part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.SETTINGS_WRITE)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    return _edit(request, office, None)


@require_http_methods(["GET", "POST"])
@member_page(Permission.SETTINGS_WRITE)
def edit(request: HttpRequest, office: Office, location_id: str) -> HttpResponse:
    return _edit(request, office, get_location(office.business.pk, location_id))


def _edit(request: HttpRequest, office: Office, location: Location | None) -> HttpResponse:
    if request.method != "POST":
        blank = {"country": office.business.country, "time_zone": office.zone_name, "is_active": True}
        shown = {name: getattr(location, name) for name in (*FIELDS, "is_active")} if location else blank
        shown |= typed_translations(location.translations) if location else {}
        return _sheet(request, office, Entered.of(shown), location)
    entered, business_id = Entered.posted(request), office.business.pk
    fields: dict[str, Any] = {name: entered.text(name) for name in FIELDS}
    fields["translations"] = read_translations(entered, office.business.default_language, TEXTS)
    try:
        if location is not None:
            fields["is_active"] = entered.flag("is_active")
            location = update_location(business_id, location.public_id, office.actor, **fields)
        else:
            location = create_location(business_id, office.actor, **fields)
    except InvalidInput as error:
        entered.refuse(error, otherwise="name")
        return _sheet(request, office, entered, location)
    return done(request, office.url("settings_locations"), _("%(name)s: saved") % {"name": location.name})


def _sheet(request: HttpRequest, office: Office, entered: Entered, location: Location | None) -> HttpResponse:
    name = ("settings_location", location.public_id) if location else ("settings_location_new",)
    context = {
        "location": location,
        "languages": languages_of(entered, office.business.default_language),
        "countries": country_options(get_language() or "en"),
        "zones": zone_options(),
        "action": office.url(*name),
    }
    return sheet(request, office, "location", context, entered)


@cache
def zone_options() -> list[tuple[str, str]]:
    names = sorted(one for one in available_timezones() if "/" in one and not one.startswith(_OLD))
    return [(one, one.replace("_", " ")) for one in [*names, "UTC"]]


@cache
def country_options(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(language.replace("-", "_")).territories
    found = [(code, str(names.get(code, code))) for code in SUPPORTED_REGIONS]
    return sorted(found, key=lambda one: one[1])

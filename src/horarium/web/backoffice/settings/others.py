"""The widget, payments, and the profile of the person who is signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from horarium.modules.payments.actions import save_gateway_account
from horarium.modules.payments.errors import UnknownGateway
from horarium.modules.payments.ports import get_gateway, installed_gateways
from horarium.modules.payments.queries import list_gateways
from horarium.platform.identity.actions import change_profile
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.rules import LANGUAGES
from horarium.web.backoffice.answers import back_to
from horarium.web.backoffice.catalogue.languages import NAMES
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page
from horarium.web.widget.views import snippet

from .frame import settings_page

GATEWAYS: dict[str, tuple[str | Promise, str | Promise]] = {
    "test": (
        gettext_lazy("Test gateway"),
        gettext_lazy("A page that pays or declines at a click. No money moves: for trying things out."),
    ),
}
THEMES: dict[str, str | Promise] = {
    "": gettext_lazy("As the device"),
    "light": gettext_lazy("Light"),
    "dark": gettext_lazy("Dark"),
}


@require_GET
@member_page(Permission.SETTINGS_READ)
def show_widget(request: HttpRequest, office: Office) -> HttpResponse:
    origin = settings.PUBLIC_URL
    home = reverse("storefront_business", args=[office.slug])
    context = {
        "snippet": snippet(office.slug, office.business.name),
        "policy": f"script-src {origin};\nconnect-src {origin};\nimg-src {origin};",
        "preview_url": reverse("widget_example", args=[office.slug]),
        "page_url": f"{origin}{home}",
    }
    return settings_page(request, office, "widget", context)


@require_http_methods(["GET", "POST"])
@member_page(Permission.SETTINGS_READ)
def payments(request: HttpRequest, office: Office) -> HttpResponse:
    if request.method == "POST" and office.can(Permission.SETTINGS_WRITE):
        return _switch(request, office)
    switched_on = list_gateways(office.business.pk)
    gateways = []
    for gateway in installed_gateways():
        name, hint = GATEWAYS.get(gateway.code, (gateway.code, ""))
        is_on = gateway.code in switched_on
        gateways.append({"code": gateway.code, "name": name, "hint": hint, "is_on": is_on})
    return settings_page(request, office, "payments", {"gateways": gateways})


def _switch(request: HttpRequest, office: Office) -> HttpResponse:
    code, is_on = request.POST.get("gateway", ""), request.POST.get("turn") == "on"
    url = office.url("settings_payments")
    try:
        get_gateway(code)
    except UnknownGateway:
        return back_to(request, url, _("There is no such gateway"), hue="bad")
    save_gateway_account(office.business.pk, code, is_enabled=is_on, actor=office.actor)
    text = _("%(gateway)s: switched on") if is_on else _("%(gateway)s: switched off")
    return back_to(request, url, text % {"gateway": GATEWAYS.get(code, (code, ""))[0]})


@require_http_methods(["GET", "POST"])
@member_page()
def profile(request: HttpRequest, office: Office) -> HttpResponse:
    user = office.user
    context = {
        "language_options": [(code, NAMES[code]) for code in LANGUAGES],
        "theme_options": list(THEMES.items()),
    }
    if request.method != "POST":
        shown = {name: getattr(user, name) for name in ("name", "language", "theme")}
        return settings_page(request, office, "profile", context, form=Entered.of(shown))
    entered = Entered.posted(request)
    name, language, theme = (entered.text(field) for field in ("name", "language", "theme"))
    if not name:
        entered.wrong("name", _("This is needed."))
    if len(name) > 120:
        entered.wrong("name", _("At most %(limit)s characters.") % {"limit": 120})
    if language not in ("", *LANGUAGES):
        entered.wrong("language", _("Choose one from the list."))
    if theme not in THEMES:
        entered.wrong("theme", _("Choose one from the list."))
    if entered.errors:
        return settings_page(request, office, "profile", context, form=entered)
    change_profile(user.pk, name=name, language=language, theme=theme)
    response = back_to(request, office.url("settings_profile"), _("Profile saved"))
    # What was chosen on this device gives way to what the person chooses for themselves.
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    response.delete_cookie("theme")
    return response

"""Keys of the API: shown once, revoked at any time."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit.errors import InvalidInput
from horarium.platform.tenancy.actions import create_api_key, revoke_api_key
from horarium.platform.tenancy.permissions import KEY_SCOPES, Permission
from horarium.platform.tenancy.queries_keys import list_api_keys
from horarium.web.backoffice.answers import is_partial, with_toast
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page

from .frame import CHANGED, done, settings_page, sheet

SCOPE_WORDS: dict[Permission, str | Promise] = {
    Permission.CATALOG_READ: gettext_lazy("See offerings, resources, hours and prices"),
    Permission.CATALOG_WRITE: gettext_lazy("Change offerings, resources, hours and prices"),
    Permission.BOOKINGS_READ: gettext_lazy("See bookings and the calendar"),
    Permission.BOOKINGS_WRITE: gettext_lazy("Book, move, confirm and cancel"),
    Permission.CUSTOMERS_READ: gettext_lazy("See customers"),
    Permission.CUSTOMERS_WRITE: gettext_lazy("Change customers"),
    Permission.PAYMENTS_READ: gettext_lazy("See payments"),
    Permission.PAYMENTS_WRITE: gettext_lazy("Take cash and give refunds"),
    Permission.MESSAGES_READ: gettext_lazy("Read messages"),
    Permission.EVENTS_READ: gettext_lazy("See the events log"),
    Permission.SETTINGS_READ: gettext_lazy("See the settings"),
    Permission.SETTINGS_WRITE: gettext_lazy("Change the settings"),
}


@require_GET
@member_page(Permission.KEYS_WRITE)
def show_keys(request: HttpRequest, office: Office) -> HttpResponse:
    context = {"keys": list_api_keys(office.business.pk), "api_docs": f"{settings.PUBLIC_URL}/api/v1/docs"}
    return settings_page(request, office, "keys", context, part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.KEYS_WRITE)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    words = [(str(one), str(SCOPE_WORDS.get(one, one))) for one in Permission if one in KEY_SCOPES]
    context: dict[str, object] = {"scopes": words, "secret": ""}
    if request.method != "POST":
        return sheet(request, office, "key", context, Entered({}))
    entered = Entered.posted(request)
    try:
        key, secret = create_api_key(
            office.business.pk, entered.text("name"), entered.many("scopes"), office.actor
        )
    except InvalidInput as error:
        entered.refuse(error, otherwise="name")
        return sheet(request, office, "key", context, entered)
    context |= {"secret": secret, "key": key}
    response = sheet(request, office, "key", context, entered)
    return with_toast(response, _("Key created"), also=(CHANGED,)) if is_partial(request) else response


@require_POST
@member_page(Permission.KEYS_WRITE)
def revoke(request: HttpRequest, office: Office, key_id: str) -> HttpResponse:
    revoke_api_key(office.business.pk, key_id, office.actor)
    return done(request, office.url("settings_keys"), _("The key opens nothing any more"))

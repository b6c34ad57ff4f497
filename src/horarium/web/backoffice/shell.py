"""What every screen of the back office stands in: who may see it, in which language, and the menu around it.

A screen is a package with `urls.py` (paths below `/manage/<business>/`), `views.py`, `forms.py` and templates in
`templates/backoffice/<screen>/`. Its views are made by `member_page` and answered by `show`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from horarium.kit.errors import NotFound
from horarium.kit.zones import zone
from horarium.platform.audit.actor import Actor
from horarium.platform.identity.models import User
from horarium.platform.tenancy.models import Business, Location, Member
from horarium.platform.tenancy.permissions import Permission, PermissionMissing, allowed
from horarium.platform.tenancy.queries import businesses_of, list_locations, membership
from horarium.platform.tenancy.scope import business_scope
from horarium.web.components.words import words_of

from .words import customers_word, role_word

P = ParamSpec("P")
SCHEDULE = (Permission.BOOKINGS_READ, Permission.BOOKINGS_READ_OWN)


@dataclass(frozen=True)
class Office:
    """One member at work in one business: given to every view as its second argument."""

    business: Business
    member: Member
    user: User
    actor: Actor

    def can(self, permission: Permission) -> bool:
        return allowed(self.member.role, permission)

    @property
    def slug(self) -> str:
        return self.business.slug

    @cached_property
    def locations(self) -> list[Location]:
        return [one for one in list_locations(self.business.pk) if one.is_active]

    @cached_property
    def zone_name(self) -> str:
        """The zone of the first location: for days that belong to the business as a whole."""
        return self.locations[0].time_zone if self.locations else "UTC"

    @property
    def tz(self) -> ZoneInfo:
        return zone(self.zone_name)

    @property
    def may(self) -> dict[str, bool]:
        """Permissions for templates: `{% if may.bookings_write %}`."""
        return {one.value.replace(".", "_"): self.can(one) for one in Permission}

    def url(self, name: str, *args: Any) -> str:
        """The address of a page of this business: `office.url("booking", booking_id)`."""
        return reverse(f"backoffice:{name}", args=[self.slug, *args])


OfficeView = Callable[Concatenate[HttpRequest, Office, P], HttpResponse]
View = Callable[..., HttpResponse]


def member_page(*any_of: Permission) -> Callable[[OfficeView[P]], View]:
    """A page for members who have any of these permissions (none named: for all members).

    Who has not signed in is asked to; who is no member of the business gets 404, whether it exists or not;
    a member without the permission gets the page that says so (403). Inside, the scope of the business
    is open, the clock on the wall is its first location's and the language is the member's.
    """

    def decorate(view: OfficeView[P]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            user = request.user
            if not isinstance(user, User):
                return redirect_to_login(request.get_full_path())
            member = membership(user.pk, slug)
            if member is None:
                raise Http404("business")
            actor = Actor.member(user.pk, ip=request.META.get("REMOTE_ADDR"))
            office = Office(member.business, member, user, actor)
            use_choices(request, user)
            with business_scope(office.business.pk), timezone.override(office.tz):
                response = _answer(request, office, lambda: view(request, office, *args, **kwargs), any_of)
            add_never_cache_headers(response)
            return response

        return guarded

    return decorate


def _answer(
    request: HttpRequest, office: Office, view: Callable[[], HttpResponse], any_of: tuple[Permission, ...]
) -> HttpResponse:
    if any_of and not any(office.can(one) for one in any_of):
        return show(request, office, "backoffice/forbidden.html", part="sheet", status=403)
    try:
        return view()
    except NotFound as error:
        raise Http404(error.code) from error
    except PermissionMissing:
        return show(request, office, "backoffice/forbidden.html", part="sheet", status=403)


def use_choices(request: HttpRequest, user: User) -> None:
    """The member's language and theme, unless others were chosen on this device."""
    if user.language in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(user.language)
    if user.theme:
        request.COOKIES.setdefault("theme", user.theme)


def show(
    request: HttpRequest,
    office: Office,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    active: str = "",
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page in the shell; to a request of htmx only its partial `part`. `active`: the key in the menu."""
    values = {
        "business": office.business,
        "office": office,
        "may": office.may,
        "zone": office.zone_name,
        **(context or {}),
    }
    if part and getattr(request, "htmx", False):
        return render(request, f"{template}#{part}", values, status=status)
    return render(request, template, {**shell_context(request, office, active), **values}, status=status)


def shell_context(request: HttpRequest, office: Office, active: str = "") -> dict[str, Any]:
    may_book = office.can(Permission.BOOKINGS_WRITE)
    may_search = any(office.can(one) for one in (*SCHEDULE, Permission.CUSTOMERS_READ))
    return {
        "member": {"name": office.user.get_full_name(), "role_word": role_word(office.member.role)},
        "nav": menu_of(office, active),
        "businesses": [
            {
                "name": one.business.name,
                "url": reverse("backoffice:today", args=[one.business.slug]),
                "active": one.business.pk == office.business.pk,
            }
            for one in businesses_of(office.user.pk)
        ],
        "search_url": _address(office, "search") if may_search else "",
        "search_query": request.GET.get("q", "")[:100],
        "new_booking_url": _address(office, "booking_new") if may_book else "",
        "account_url": reverse("account_email"),
        "logout_url": reverse("account_logout"),
    }


def menu_of(office: Office, active: str = "") -> list[dict[str, Any]]:
    """What this member may open, in the words of the business's type."""
    words = words_of(office.business.type)
    gettext = translation.gettext
    entries = (
        ("today", gettext("Today"), "sun", SCHEDULE),
        ("calendar", gettext("Calendar"), "calendar", SCHEDULE),
        ("bookings", gettext("Bookings"), "clipboard-list", SCHEDULE),
        ("customers", customers_word(office.business.type), "users-round", (Permission.CUSTOMERS_READ,)),
        ("waiting", gettext("Waiting list"), "hourglass", (Permission.BOOKINGS_READ,)),
        ("catalogue", words.offerings, "layers", (Permission.CATALOG_READ,)),
        ("messages", gettext("Messages"), "mail", (Permission.MESSAGES_READ,)),
        ("activity", gettext("Activity"), "activity", (Permission.EVENTS_READ,)),
        ("settings", gettext("Settings"), "settings", (Permission.SETTINGS_READ,)),
    )
    found = []
    for key, label, icon, any_of in entries:
        url = _address(office, key)
        if url and any(office.can(one) for one in any_of):
            found.append({"key": key, "label": label, "icon": icon, "url": url, "active": key == active})
    return found


def _address(office: Office, name: str) -> str:
    try:
        return office.url(name)
    except NoReverseMatch:
        return ""

"""Where work starts: the choice of a business, and today."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from horarium.kit import clock
from horarium.platform.identity.models import User
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries import businesses_of
from horarium.web.backoffice.door.views import door_days
from horarium.web.backoffice.shell import SCHEDULE, Office, member_page, menu_of, show, use_choices
from horarium.web.backoffice.words import role_word

from .day import attention, greeting, read_today

FORBIDDEN = "backoffice/forbidden.html"


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The businesses of an account; with one only, straight into it."""
    user = request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    use_choices(request, user)
    found = businesses_of(user.pk)
    if len(found) == 1:
        return HttpResponseRedirect(reverse("backoffice:today", args=[found[0].business.slug]))
    rows = [
        {
            "business": one.business,
            "role": role_word(one.role),
            "url": reverse("backoffice:today", args=[one.business.slug]),
        }
        for one in found
    ]
    return render(request, "backoffice/home/choose.html", {"rows": rows, "account": user})


@require_GET
@member_page()
def show_today(request: HttpRequest, office: Office) -> HttpResponse:
    """Asked again every twenty seconds: then only what changes is answered."""
    if not any(office.can(one) for one in SCHEDULE):
        menu = menu_of(office)
        return HttpResponseRedirect(menu[0]["url"]) if menu else show(request, office, FORBIDDEN, status=403)
    now = clock.now()
    context = {
        "today": read_today(office, now),
        "attention": attention(office),
        "greeting": greeting(now, office),
        "has_door": bool(door_days(office, now, 1)),
        "is_own": not office.can(Permission.BOOKINGS_READ),
    }
    return show(request, office, "backoffice/home/today.html", context, active="today", part="day")

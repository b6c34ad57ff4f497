"""Pages behind links that carry a secret. A GET changes nothing, because programs that preview mail open links."""

from __future__ import annotations

from functools import wraps
from typing import Any, ParamSpec, Protocol

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from horarium.platform.tenancy.actions import accept_invitation
from horarium.platform.tenancy.models import Invitation
from horarium.platform.tenancy.queries import find_invitation
from horarium.platform.throttle.pages import limited

from .actions import create_account, find_account, redeem_sign_in_link
from .errors import SignInLinkGone
from .forms import InvitedForm
from .models import User

P = ParamSpec("P")
BACKEND = "django.contrib.auth.backends.ModelBackend"


class View(Protocol[P]):
    def __call__(self, request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse: ...


def secret_in_address(view: View[P]) -> View[P]:
    """Keep the address of the page out of caches, search engines and Referer headers."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@secret_in_address
@require_http_methods(["GET", "POST"])
@limited
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """The button of a one-time link, and what it does."""
    if request.method != "POST":
        return render(request, "identity/sign_in_link.html")
    try:
        user = redeem_sign_in_link(token)
    except SignInLinkGone:
        return render(request, "identity/link_gone.html", status=404)
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@secret_in_address
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with the account it names, or with a new one.

    An existing account has to be signed in already. The link alone must not open it, for whoever sent the
    invitation has seen the link, too.
    """
    found = find_invitation(token)
    if found is None:
        return render(request, "identity/link_gone.html", status=404)
    account = find_account(found.email)
    context: dict[str, Any] = {"invitation": found, "invited_to": found.business, "state": "new"}
    if request.user.is_authenticated and (account is None or request.user.pk != account.pk):
        return render(request, "identity/invitation.html", {**context, "state": "other"})
    if account is None:
        return _as_new(request, token, found, context)
    if not request.user.is_authenticated:
        return render(request, "identity/invitation.html", {**context, "state": "sign_in"})
    if request.method != "POST":
        return render(request, "identity/invitation.html", {**context, "state": "join"})
    accept_invitation(token, account.pk)
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


def _as_new(request: HttpRequest, token: str, found: Invitation, context: dict[str, Any]) -> HttpResponse:
    form = InvitedForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "identity/invitation.html", {**context, "form": form})
    user = _joined(token, found, form.cleaned_data["name"])
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@transaction.atomic
def _joined(token: str, found: Invitation, name: str) -> User:
    user = create_account(found.email, name=name, language=found.business.default_language)
    accept_invitation(token, user.pk)
    return user

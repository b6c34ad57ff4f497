"""Pages behind links that carry a secret. A GET changes nothing, because programs that preview mail open links."""

from __future__ import annotations

from functools import wraps
from typing import Any, ParamSpec, Protocol

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from horarium.platform.tenancy.actions import accept_invitation
from horarium.platform.tenancy.errors import AlreadyMember, InvitationGone
from horarium.platform.tenancy.models import Invitation
from horarium.platform.tenancy.queries import find_invitation
from horarium.platform.tenancy.tokens import vouched_invitation
from horarium.platform.throttle.pages import limited

from .actions import find_account, is_in_use, open_account, redeem_sign_in_link
from .context import sends_codes
from .errors import SignInLinkGone
from .forms import InvitedForm
from .models import User

P = ParamSpec("P")
BACKEND = "django.contrib.auth.backends.ModelBackend"
CONSENT = "invitation"
"""In the session: the invitation that was accepted before the account could be signed in."""


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
        return _gone(request)
    _let_in(request, user)
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@secret_in_address
@require_http_methods(["GET", "POST"])
@limited
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with the account it names, or with a new one.

    The link alone opens no account, for whoever sent the invitation has seen the link, too: an existing account
    signs in as ever, a new one proves its mailbox by a code. Only a link of the command line vouches for that.
    """
    found = find_invitation(token)
    if found is None:
        return _gone(request)
    account = find_account(found.email)
    context: dict[str, Any] = {"invitation": found, "invited_to": found.business}
    if request.user.is_authenticated:
        if account is None or request.user.pk != account.pk:
            return _page(request, context, "other")
        if request.method == "POST" or request.session.pop(CONSENT, "") == found.public_id:
            return _join(request, token, account)
        return _page(request, context, "join")
    if account is not None and is_in_use(account):
        return _page(request, context, "sign_in")
    is_vouched = vouched_invitation(token) is not None
    if not is_vouched and not sends_codes():
        return _page(request, context, "no_mail")
    form = InvitedForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, context | {"form": form}, "new")
    return _begin(request, token, found, name=form.cleaned_data["name"], is_vouched=is_vouched)


def _begin(
    request: HttpRequest, token: str, found: Invitation, *, name: str, is_vouched: bool
) -> HttpResponse:
    """Open the account and go on with it: at once, or once the code from its mailbox has been entered."""
    refused: HttpResponse | None = None
    if not is_vouched:
        refused = consume_or_429(request, action="request_login_code", key=found.email)
    if refused is not None:
        return refused
    language = found.business.default_language
    user = open_account(found.email, name=name, language=language, is_verified=is_vouched)
    if is_vouched:
        _let_in(request, user)
        return _join(request, token, user)
    request.session[CONSENT] = found.public_id
    answer: HttpResponse = perform_login(
        request, user, email=found.email, signup=True, redirect_url=request.path
    )
    return answer


def _join(request: HttpRequest, token: str, user: User) -> HttpResponse:
    try:
        accept_invitation(token, user.pk)
    except AlreadyMember:
        pass
    except InvitationGone:
        return _gone(request)
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


def _let_in(request: HttpRequest, user: User) -> None:
    """Counts as having signed in just now, so that a second factor that was lost can be replaced."""
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="link", reauthenticated=True)


def _page(request: HttpRequest, context: dict[str, Any], state: str) -> HttpResponse:
    return render(request, "identity/invitation.html", {**context, "state": state})


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "identity/link_gone.html", status=404)

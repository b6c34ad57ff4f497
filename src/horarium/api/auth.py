"""Who asks: the bearer of an order's link, of an API key, or a signed-in member."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from horarium.kit.errors import NotFound
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business
from horarium.platform.tenancy.permissions import Permission, PermissionMissing, allowed
from horarium.platform.tenancy.queries import authenticate_api_key, membership
from horarium.platform.tenancy.scope import business_scope

View = TypeVar("View", bound=Callable[..., HttpResponse])


class OrderToken(HttpBearer):
    """`Authorization: Bearer <token>` with the token that placing the order gave. Opens this order only."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        return token if token.isprintable() and token.strip() else None


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody, or a program, at work in one business."""

    business: Business
    actor: Actor
    permissions: frozenset[str]
    member_id: int | None = None

    @property
    def business_id(self) -> int:
        return self.business.pk

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions


class ApiKey(HttpBearer):
    """`Authorization: Bearer hrm_…`, or the session of a member with the CSRF token on changes.

    Whoever has nothing to do with the business of the address gets 404, as if it did not exist. Whoever works
    there gets 403 without one of `permissions`.
    """

    def __init__(self, *permissions: Permission) -> None:
        super().__init__()
        self.permissions = permissions

    def __call__(self, request: HttpRequest) -> Staff | None:
        if request.META.get("HTTP_AUTHORIZATION"):
            staff: Staff | None = super().__call__(request)
        else:
            staff = _by_session(request)
        if staff is not None and not any(staff.can(one) for one in self.permissions):
            raise PermissionMissing("permission", params={"permission": str(self.permissions[0])})
        return staff

    def authenticate(self, request: HttpRequest, token: str) -> Staff | None:
        key = authenticate_api_key(token) if token.isprintable() else None
        if key is None:
            return None
        if key.business.slug != _slug(request):
            raise NotFound("business", params={"kind": "business"})
        actor = Actor.api_key(key.pk, ip=request.META.get("REMOTE_ADDR"))
        return Staff(key.business, actor, frozenset(key.scopes))


def _by_session(request: HttpRequest) -> Staff | None:
    user = request.user
    if not user.is_authenticated:
        return None
    member = membership(user.pk, _slug(request))
    if member is None:
        raise NotFound("business", params={"kind": "business"})
    if request.method not in ("GET", "HEAD", "OPTIONS") and check_csrf(request) is not None:
        raise HttpError(403, "CSRF")
    actor = Actor.member(user.pk, channel="api", ip=request.META.get("REMOTE_ADDR"))
    granted = frozenset(str(one) for one in Permission if allowed(member.role, one))
    return Staff(member.business, actor, granted, member.pk)


def staff_of(request: HttpRequest) -> Staff:
    """Who was let in."""
    staff: Staff = request.auth  # type: ignore[attr-defined]  # set by the authentication
    return staff


def in_scope(view: View) -> View:
    """Queries of the view see the rows of the business that the asker works in; a change is one transaction."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        changes = nullcontext() if request.method == "GET" else transaction.atomic()
        with business_scope(staff_of(request).business_id), changes:
            return view(request, *args, **kwargs)

    return wrapper  # type: ignore[return-value]


def _slug(request: HttpRequest) -> str:
    match = request.resolver_match
    return str(match.kwargs.get("business", "")) if match is not None else ""

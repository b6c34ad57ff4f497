"""Who asks: the bearer of an order's link, of an API key, or a signed-in member."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from horarium.kit.errors import NotFound
from horarium.modules.booking.queries import Page
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy import models
from horarium.platform.tenancy.models import Business
from horarium.platform.tenancy.permissions import Permission, PermissionMissing, allowed
from horarium.platform.tenancy.queries import membership
from horarium.platform.tenancy.queries_keys import KnownKey, authenticate_api_key, recall_api_key
from horarium.platform.tenancy.scope import business_scope

Row = TypeVar("Row")
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

    `asks_along`: a key that is known is let in unasked, for a view that reads by `read_along` and in no other way.
    """

    def __init__(self, *permissions: Permission, asks_along: bool = False) -> None:
        super().__init__()
        self.permissions = permissions
        self.asking = ApiKey(*permissions) if asks_along else None

    def __call__(self, request: HttpRequest) -> Staff | Unasked | None:
        if request.META.get("HTTP_AUTHORIZATION"):
            return cast("Staff | Unasked | None", super().__call__(request))
        staff = _by_session(request)
        return None if staff is None else self._permitted(staff)

    def authenticate(self, request: HttpRequest, token: str) -> Staff | Unasked | None:
        if not token.isprintable():
            return None
        if self.asking is not None and (known := recall_api_key(token)) is not None:
            staff = _program(request, known.key)
            # What is remembered lets in, on condition; it never refuses.
            if _is_here(request, staff) and self._permits(staff):
                return Unasked(staff, known, self.asking)
        key = authenticate_api_key(token)
        if key is None:
            return None
        staff = _program(request, key)
        if not _is_here(request, staff):
            raise NotFound("business", params={"kind": "business"})
        return self._permitted(staff)

    def _permits(self, staff: Staff) -> bool:
        return any(staff.can(one) for one in self.permissions)

    def _permitted(self, staff: Staff) -> Staff:
        if not self._permits(staff):
            raise PermissionMissing("permission", params={"permission": str(self.permissions[0])})
        return staff


@dataclass(frozen=True, slots=True)
class Unasked:
    """A program let in from memory. Whether its key still stands, the statement that reads for it asks along."""

    staff: Staff
    key: KnownKey
    asking: ApiKey

    @property
    def business_id(self) -> int:
        return self.staff.business_id


def _program(request: HttpRequest, key: models.ApiKey) -> Staff:
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
    """Who was let in, and asked."""
    who: Staff | Unasked | None = request.auth  # type: ignore[attr-defined]  # set by the authentication
    if isinstance(who, Unasked):
        who = request.auth = who.asking(request)  # type: ignore[attr-defined]
    if not isinstance(who, Staff):
        raise AuthenticationError()
    return who


def read_along(request: HttpRequest, read: Callable[[Staff, KnownKey | None], Page[Row]]) -> Page[Row]:
    """What staff find by `read`, whose statement finds nothing unless the key that it is given stands.

    So a key that is known costs no statement of its own. Where nothing is found, there may be nothing, or the key may
    have changed: then it is asked as everywhere, and what is found is read for what it opens now.
    """
    who: Staff | Unasked = request.auth  # type: ignore[attr-defined]
    if isinstance(who, Unasked):
        page = read(who.staff, who.key)
        if page.rows:
            return page
    return read(staff_of(request), None)


def in_scope(view: View) -> View:
    """Queries of the view see the rows of the business that the asker works in; a change is one transaction."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who: Staff | Unasked = request.auth  # type: ignore[attr-defined]
        changes = nullcontext() if request.method == "GET" else transaction.atomic()
        with business_scope(who.business_id), changes:
            return view(request, *args, **kwargs)

    return wrapper  # type: ignore[return-value]


def _is_here(request: HttpRequest, staff: Staff) -> bool:
    return staff.business.slug == _slug(request)


def _slug(request: HttpRequest) -> str:
    match = request.resolver_match
    return str(match.kwargs.get("business", "")) if match is not None else ""

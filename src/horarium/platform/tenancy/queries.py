"""Reads of businesses and of who may work in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Any, Final

from cachetools import LRUCache
from django.db import connection
from django.db.models import Q
from django_scopes import scopes_disabled

from horarium.kit.clock import now
from horarium.kit.errors import NotFound
from horarium.platform.database.prepared import prepared_cursor

from .models import ApiKey, Business, Invitation, Location, Member, Role
from .permissions import Permission, require
from .scope import business_scope
from .tokens import KEY_PREFIX, hash_of, invitation_path, vouched_invitation

USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)

_KEY_FIELDS: Final = [field.attname for field in ApiKey._meta.concrete_fields]
_BUSINESS_FIELDS: Final = [field.attname for field in Business._meta.concrete_fields]
# Plain SQL, because every request with a key begins here. Where and by whom a row was written last names its version:
# what has not changed since is taken from memory, and a revoked key or a closed business is still seen at once.
_VERSION: Final = 4
_KEY_VERSION_SQL: Final = (
    "SELECT k.xmin, k.ctid, b.xmin, b.ctid FROM tenancy_apikey k JOIN tenancy_business b ON b.id = k.business_id "
    "WHERE k.secret_hash = %s AND k.revoked_at IS NULL AND b.is_active"
)
_KEY_SQL: Final = _KEY_VERSION_SQL.replace(
    " FROM",
    "".join([f", k.{name}" for name in _KEY_FIELDS] + [f", b.{name}" for name in _BUSINESS_FIELDS]) + " FROM",
    1,
)
_known_keys: LRUCache[str, tuple[Sequence[Any], ApiKey]] = LRUCache(maxsize=2000)
_known_keys_lock = Lock()

__all__ = [
    "Membership",
    "authenticate_api_key",
    "businesses_of",
    "catalog_revision",
    "find_business_by_slug",
    "find_invitation",
    "find_owner_email",
    "get_access",
    "get_business",
    "get_invitation",
    "get_location",
    "invitation_path",
    "list_api_keys",
    "list_invitations",
    "list_locations",
    "list_members",
    "membership",
    "opened_by",
]


@dataclass(frozen=True, slots=True)
class Membership:
    business: Business
    role: str


def find_business_by_slug(slug: str) -> Business | None:
    """An active business."""
    return Business.objects.filter(slug=slug, is_active=True).first()


def get_business(business_id: int) -> Business:
    """Raises NotFound."""
    business = Business.objects.filter(pk=business_id).first()
    if business is None:
        raise NotFound("business", params={"kind": "business"})
    return business


def catalog_revision(business_id: int) -> int:
    """Raises NotFound."""
    revision = Business.objects.filter(pk=business_id).values_list("catalog_revision", flat=True).first()
    if revision is None:
        raise NotFound("business", params={"kind": "business"})
    return revision


def membership(user_id: int, slug: str) -> Member | None:
    """The active membership of an account in an active business, with the business and the account."""
    with scopes_disabled():
        return (
            Member.objects.select_related("business", "user")
            .filter(user_id=user_id, business__slug=slug, business__is_active=True)
            .filter(is_active=True, user__is_active=True)
            .first()
        )


def get_access(user_id: int, slug: str, permission: Permission | None = None) -> Member:
    """The membership that a request works under.

    Raises NotFound for everybody who is no member, whether the business exists or not, and
    PermissionMissing for a member whose role does not have `permission`.
    """
    member = membership(user_id, slug)
    if member is None:
        raise NotFound("business", params={"kind": "business"})
    if permission is not None:
        require(member.role, permission)
    return member


def businesses_of(user_id: int) -> list[Membership]:
    """Where an account may work, by name."""
    with scopes_disabled():
        members = Member.objects.select_related("business").filter(
            user_id=user_id, is_active=True, business__is_active=True
        )
        return [
            Membership(member.business, member.role) for member in members.order_by("business__name", "id")
        ]


def find_owner_email(business_id: int) -> str | None:
    """The address of the first owner."""
    with business_scope(business_id):
        owners = Member.objects.filter(role=Role.OWNER, is_active=True, user__is_active=True)
        return owners.order_by("id").values_list("user__email", flat=True).first()


def list_members(business_id: int) -> list[Member]:
    """Active members with their accounts; owners first."""
    order = {role: position for position, role in enumerate(Role.values)}
    with business_scope(business_id):
        members = list(Member.objects.select_related("user").filter(is_active=True).order_by("id"))
    return sorted(members, key=lambda member: order[member.role])


def list_invitations(business_id: int) -> list[Invitation]:
    """Those that wait for an answer, newest first."""
    with business_scope(business_id):
        return list(Invitation.objects.filter(accepted_at=None, expires_at__gt=now()).order_by("-id"))


def find_invitation(token: str) -> Invitation | None:
    """The invitation that this link can still accept, with its business."""
    with scopes_disabled():
        return (
            Invitation.objects.select_related("business")
            .filter(opened_by(token), accepted_at=None, expires_at__gt=now())
            .filter(business__is_active=True)
            .first()
        )


def opened_by(token: str) -> Q:
    """Which invitation a link means, whatever has become of it."""
    vouched = vouched_invitation(token)
    return Q(public_id=vouched) if vouched else Q(token_hash=hash_of(token))


def get_invitation(business_id: int, invitation_id: str) -> Invitation:
    """Raises NotFound."""
    with business_scope(business_id):
        invitation = Invitation.objects.select_related("business").filter(public_id=invitation_id).first()
    if invitation is None:
        raise NotFound("invitation", params={"kind": "invitation"})
    return invitation


def list_locations(business_id: int) -> list[Location]:
    with business_scope(business_id):
        return list(Location.objects.all())


def get_location(business_id: int, location_id: str) -> Location:
    """Raises NotFound."""
    with business_scope(business_id):
        location = Location.objects.filter(public_id=location_id).first()
    if location is None:
        raise NotFound("location", params={"kind": "location"})
    return location


def list_api_keys(business_id: int) -> list[ApiKey]:
    """Keys that open something, newest first."""
    with business_scope(business_id):
        return list(ApiKey.objects.filter(revoked_at=None).order_by("-id"))


def authenticate_api_key(secret: str) -> ApiKey | None:
    """The key with its business, or None. Notes the use, at most once a minute.

    Requests share what is returned: it is for reading only.
    """
    if not secret.startswith(KEY_PREFIX):
        return None
    digest = hash_of(secret)
    with prepared_cursor() as cursor:
        cursor.execute(_KEY_VERSION_SQL, [digest])
        version = cursor.fetchone()
    if version is None:
        return None
    with _known_keys_lock:
        known = _known_keys.get(digest)
    key = known[1] if known is not None and known[0] == version else _load_api_key(digest)
    if key is not None:
        _note_use(key)
    return key


def _load_api_key(digest: str) -> ApiKey | None:
    with prepared_cursor() as cursor:
        cursor.execute(_KEY_SQL, [digest])
        row = cursor.fetchone()
    if row is None:
        return None
    business_from = _VERSION + len(_KEY_FIELDS)
    key = ApiKey.from_db(connection.alias, _KEY_FIELDS, row[_VERSION:business_from])
    key.business = Business.from_db(connection.alias, _BUSINESS_FIELDS, row[business_from:])
    with _known_keys_lock:
        _known_keys[digest] = (row[:_VERSION], key)
    return key


def _note_use(key: ApiKey) -> None:
    before = now() - USE_IS_NOTED_EVERY
    if key.last_used_at is None or key.last_used_at < before:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=before)
        with scopes_disabled():
            ApiKey.objects.filter(stale, pk=key.pk, business_id=key.business_id).update(last_used_at=now())

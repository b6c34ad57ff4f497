"""Reads of businesses and of who may work in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django_scopes import scopes_disabled

from horarium.kit.clock import now
from horarium.kit.errors import NotFound

from .models import Business, Invitation, Location, Member, Role
from .permissions import Permission, require
from .scope import business_scope
from .tokens import hash_of, invitation_path, vouched_invitation

__all__ = [
    "Membership",
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

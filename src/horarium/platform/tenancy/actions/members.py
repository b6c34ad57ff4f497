"""Who works in a business."""

from __future__ import annotations

from django.db import transaction

from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import ActorKind
from horarium.platform.events.actions import publish

from ..errors import AlreadyMember, LastOwner, OwnersOnly
from ..events import MemberJoined, MemberRemoved
from ..models import Business, Member, Role
from ..rules import refuse
from ..scope import business_scope


@transaction.atomic
def add_member(business_id: int, user_id: int, role: str, actor: Actor) -> Member:
    """Let an account work here; one that was removed comes back. Raises AlreadyMember."""
    check_may_give(business_id, role, actor)
    return join(business_id, user_id, role, actor)


def join(business_id: int, user_id: int, role: str, actor: Actor) -> Member:
    """`add_member` without asking whether the actor may give the role: an invitation has given it before."""
    with business_scope(business_id):
        member = Member.objects.select_for_update().filter(user_id=user_id).first()
    if member is not None and member.is_active:
        raise AlreadyMember("already a member", params={"member": member.public_id})
    if member is None:
        member = Member(business_id=business_id, user_id=user_id)
    member.role, member.is_active = role, True
    member.save()
    record(business_id, actor, "member.joined", member.public_id, after={"role": role})
    publish(MemberJoined(business_id=business_id, member_id=member.public_id))
    return member


@transaction.atomic
def change_role(business_id: int, member_id: str, role: str, actor: Actor) -> Member:
    """Raises OwnersOnly when an owner is made or unmade by somebody else, and LastOwner."""
    check_may_give(business_id, role, actor)
    member = _locked(business_id, member_id)
    if member.role == role:
        return member
    before = member.role
    if before == Role.OWNER:
        _check_may_lose(business_id, member, actor)
    member.role = role
    member.save(update_fields=["role"])
    record(business_id, actor, "member.changed", member_id, before={"role": before}, after={"role": role})
    return member


@transaction.atomic
def remove_member(business_id: int, member_id: str, actor: Actor) -> None:
    """End the membership; its history stays. Raises OwnersOnly and LastOwner."""
    member = _locked(business_id, member_id)
    if member.role == Role.OWNER:
        _check_may_lose(business_id, member, actor)
    member.is_active = False
    member.save(update_fields=["is_active"])
    record(business_id, actor, "member.removed", member_id, before={"role": member.role})
    publish(MemberRemoved(business_id=business_id, member_id=member_id))


def check_may_give(business_id: int, role: str, actor: Actor) -> None:
    """Raise InvalidInput for an unknown role, and OwnersOnly when it is the owner's and the actor is none."""
    if role not in Role.values:
        raise refuse("role", "unknown", "no such role", allowed=Role.values)
    if role == Role.OWNER and not _is_owner(business_id, actor):
        raise OwnersOnly("only an owner makes an owner")


def _locked(business_id: int, member_id: str) -> Member:
    # One lock for all members, so that two owners cannot remove each other at the same moment.
    Business.objects.select_for_update().get(pk=business_id)
    with business_scope(business_id):
        member = Member.objects.filter(public_id=member_id, is_active=True).first()
    if member is None:
        raise NotFound("member", params={"kind": "member"})
    return member


def _check_may_lose(business_id: int, member: Member, actor: Actor) -> None:
    if not _is_owner(business_id, actor):
        raise OwnersOnly("only an owner changes an owner")
    with business_scope(business_id):
        others = Member.objects.filter(role=Role.OWNER, is_active=True, user__is_active=True)
        if not others.exclude(pk=member.pk).exists():
            raise LastOwner("the last owner stays")


def _is_owner(business_id: int, actor: Actor) -> bool:
    if actor.kind == ActorKind.SYSTEM:
        return True
    if actor.kind != ActorKind.MEMBER or actor.user_id is None:
        return False
    with business_scope(business_id):
        owners = Member.objects.filter(role=Role.OWNER, is_active=True)
        return owners.filter(user_id=actor.user_id).exists()

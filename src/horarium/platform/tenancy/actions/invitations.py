"""Invitations of members to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django_scopes import scopes_disabled

from horarium.kit.clock import now
from horarium.kit.text import normalise_email
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from ..errors import AlreadyMember, InvitationForOther, InvitationGone
from ..events import MemberInvited
from ..models import Invitation, Member
from ..queries import opened_by
from ..rules import check_email, refuse
from ..scope import business_scope
from ..tokens import hash_of, invitation_path, invitation_token
from .members import check_may_give, join

LIFETIME: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    invitation: Invitation
    path: str
    """Of the page that accepts it; the secret is in there."""


@transaction.atomic
def invite_member(business_id: int, *, email: str, role: str, actor: Actor) -> Invited:
    """Invite by e-mail for seven days; an earlier invitation of the same address ends.

    The message is written by a subscriber of MemberInvited. Raises OwnersOnly and AlreadyMember.
    """
    address = check_email(email)
    if not address:
        raise refuse("email", "required", "an e-mail address is needed")
    check_may_give(business_id, role, actor)
    with business_scope(business_id):
        if Member.objects.filter(user__email=address, is_active=True).exists():
            raise AlreadyMember("already a member", field="email")
        Invitation.objects.filter(email=address, accepted_at=None, expires_at__gt=now()).update(
            expires_at=now()
        )
    invitation = Invitation(business_id=business_id, email=address, role=role, expires_at=now() + LIFETIME)
    invitation.token_hash = hash_of(invitation_token(invitation.public_id))
    invitation.save(force_insert=True)
    record(business_id, actor, "member.invited", invitation.public_id, after={"email": address, "role": role})
    publish(MemberInvited(business_id=business_id, invitation_id=invitation.public_id))
    return Invited(invitation, invitation_path(invitation.public_id))


@transaction.atomic
def accept_invitation(token: str, user_id: int) -> Member:
    """Make the account a member, once. Raises InvitationGone, InvitationForOther and AlreadyMember."""
    with scopes_disabled():
        invitation = Invitation.objects.select_for_update().filter(opened_by(token)).first()
    if invitation is None or invitation.accepted_at is not None or invitation.expires_at <= now():
        raise InvitationGone("no such invitation", params={"kind": "invitation"})
    user = get_user_model().objects.get(pk=user_id)
    if normalise_email(user.email) != invitation.email:
        raise InvitationForOther("for another address")
    invitation.accepted_at = now()
    invitation.save(update_fields=["accepted_at"])
    return join(invitation.business_id, user_id, invitation.role, Actor.member(user_id))


@transaction.atomic
def withdraw_invitation(business_id: int, invitation_id: str, actor: Actor) -> None:
    """End an invitation that nobody has accepted yet. Raises InvitationGone."""
    with business_scope(business_id):
        waiting = Invitation.objects.filter(public_id=invitation_id, accepted_at=None, expires_at__gt=now())
        if not waiting.update(expires_at=now()):
            raise InvitationGone("no such invitation", params={"kind": "invitation"})
    record(business_id, actor, "invitation.withdrawn", invitation_id)

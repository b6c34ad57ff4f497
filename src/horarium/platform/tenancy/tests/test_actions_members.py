"""Members, invitations and keys."""

from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scopes_disabled

from horarium.kit.clock import frozen
from horarium.kit.errors import InvalidInput, NotFound
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.events.models import OutboxEvent
from horarium.platform.tenancy.actions import (
    accept_invitation,
    add_member,
    change_role,
    create_api_key,
    invite_member,
    remove_member,
    revoke_api_key,
    withdraw_invitation,
)
from horarium.platform.tenancy.errors import (
    AlreadyMember,
    InvitationForOther,
    InvitationGone,
    LastOwner,
    OwnersOnly,
)
from horarium.platform.tenancy.models import ApiKey, Business, Member
from horarium.platform.tenancy.permissions import Permission, PermissionMissing
from horarium.platform.tenancy.queries import (
    businesses_of,
    find_invitation,
    find_owner_email,
    get_access,
    list_invitations,
    list_members,
    membership,
)
from horarium.platform.tenancy.queries_keys import authenticate_api_key
from tests.factories import make_business, make_member, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def token_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def as_member(member: Member) -> Actor:
    return Actor.member(member.user_id)


def test_the_last_owner_cannot_be_removed_or_demoted() -> None:
    business = make_business()
    owner = make_member(business)
    inactive = make_member(business, user=make_user(is_active=False))
    for attempt in (remove_member, lambda *a: change_role(a[0], a[1], "manager", a[2])):
        with pytest.raises(LastOwner):
            attempt(business.pk, owner.public_id, as_member(owner))
    owner.refresh_from_db()
    assert (owner.role, owner.is_active) == ("owner", True)
    remove_member(business.pk, inactive.public_id, as_member(owner))


def test_one_of_two_owners_can_go() -> None:
    business = make_business()
    first, second = make_member(business), make_member(business)
    remove_member(business.pk, first.public_id, as_member(second))
    assert [one.public_id for one in list_members(business.pk)] == [second.public_id]
    assert membership(first.user_id, business.slug) is None


def test_only_an_owner_makes_invites_or_unmakes_an_owner() -> None:
    business = make_business()
    owner, manager = make_member(business), make_member(business, "manager")
    make_member(business)
    for refused in (
        lambda: change_role(business.pk, manager.public_id, "owner", as_member(manager)),
        lambda: invite_member(business.pk, email="a@b.example", role="owner", actor=as_member(manager)),
        lambda: remove_member(business.pk, owner.public_id, as_member(manager)),
        lambda: add_member(business.pk, make_user().pk, "owner", Actor.api_key(1)),
    ):
        with pytest.raises(OwnersOnly):
            refused()
    assert sorted(one.role for one in list_members(business.pk)) == ["manager", "owner", "owner"]


def test_the_owner_of_another_business_is_no_owner_here() -> None:
    business, other = make_business(), make_business()
    stranger = make_member(other)
    with pytest.raises(OwnersOnly):
        invite_member(business.pk, email="a@b.example", role="owner", actor=as_member(stranger))


def test_an_invitation_makes_a_member_once() -> None:
    business = make_business()
    owner, user = make_member(business), make_user(email="lena@example.org")
    invited = invite_member(business.pk, email=" Lena@Example.org", role="operator", actor=as_member(owner))
    token = token_of(invited.path)
    found = find_invitation(token)
    assert found is not None
    assert found.business == business

    member = accept_invitation(token, user.pk)

    assert (member.role, member.business) == ("operator", business)
    assert [one.business for one in businesses_of(user.pk)] == [business]
    with pytest.raises(InvitationGone):
        accept_invitation(token, user.pk)
    assert list_invitations(business.pk) == []
    with scopes_disabled():
        assert list(OutboxEvent.objects.order_by("id").values_list("type", flat=True)) == [
            "MemberInvited",
            "MemberJoined",
        ]
        assert token not in str(list(OutboxEvent.objects.values()) + list(AuditEntry.objects.values()))


def test_an_invitation_ends_after_seven_days_or_by_a_newer_one_or_by_hand() -> None:
    business, user = make_business(), make_user(email="lena@example.org")

    def invite() -> tuple[str, str]:
        made = invite_member(business.pk, email=user.email, role="manager", actor=Actor.system())
        return made.invitation.public_id, token_of(made.path)

    with frozen(NOON):
        _, late = invite()
    with frozen(NOON + timedelta(days=7)):
        assert find_invitation(late) is None
        _, replaced = invite()
        withdrawn_id, withdrawn = invite()
        withdraw_invitation(business.pk, withdrawn_id, Actor.system())
        for token in (late, replaced, withdrawn, "nonsense"):
            with pytest.raises(InvitationGone):
                accept_invitation(token, user.pk)
    assert list_members(business.pk) == []


def test_an_invitation_is_for_the_address_it_names() -> None:
    business = make_business()
    invited = invite_member(business.pk, email="lena@example.org", role="manager", actor=Actor.system())
    with pytest.raises(InvitationForOther):
        accept_invitation(token_of(invited.path), make_user(email="oleg@example.org").pk)
    assert find_invitation(token_of(invited.path)) is not None


def test_a_member_is_not_invited_again() -> None:
    business = make_business()
    member = make_member(business)
    with pytest.raises(AlreadyMember):
        invite_member(business.pk, email=member.user.email, role="manager", actor=Actor.system())


def test_a_removed_member_comes_back_as_the_same() -> None:
    business = make_business()
    make_member(business)
    member = make_member(business, "operator")
    remove_member(business.pk, member.public_id, Actor.system())
    again = add_member(business.pk, member.user_id, "manager", Actor.system())
    assert (again.public_id, again.role) == (member.public_id, "manager")


def test_a_non_member_finds_nothing_and_a_member_may_lack_a_permission() -> None:
    business, other = make_business(), make_business()
    specialist, stranger = make_member(business, "specialist"), make_member(other)
    with pytest.raises(NotFound):
        get_access(stranger.user_id, business.slug)
    with pytest.raises(PermissionMissing) as refusal:
        get_access(specialist.user_id, business.slug, Permission.BOOKINGS_READ)
    assert refusal.value.params == {"permission": "bookings.read"}
    assert get_access(specialist.user_id, business.slug, Permission.BOOKINGS_READ_OWN) == specialist


def test_a_key_opens_its_business_until_it_is_revoked() -> None:
    business = make_business()
    owner = make_member(business)
    key, secret = create_api_key(business.pk, "Site", ["bookings.read"], as_member(owner))
    found = authenticate_api_key(secret)
    assert found == key
    assert found.business == business
    assert found.scopes == ["bookings.read"]
    assert secret.startswith("hrm_")
    assert key.hint == secret[:8] + "…"
    with scopes_disabled():
        assert secret not in str(list(ApiKey.objects.values()) + list(AuditEntry.objects.values()))
    revoke_api_key(business.pk, key.public_id, as_member(owner))
    assert authenticate_api_key(secret) is None
    assert authenticate_api_key("hrm_wrong") is None


def test_what_is_remembered_of_a_key_is_never_older_than_its_rows() -> None:
    business = make_business()
    key, secret = create_api_key(business.pk, "Site", ["bookings.read"], Actor.system())
    found = [authenticate_api_key(secret) for _ in range(3)]
    assert found[1] is found[2]
    with scopes_disabled():
        ApiKey.objects.filter(pk=key.pk).update(scopes=["payments.read"])
    Business.objects.filter(pk=business.pk).update(slug="renamed")
    seen = authenticate_api_key(secret)
    assert seen is not None
    assert (seen.scopes, seen.business.slug) == (["payments.read"], "renamed")
    Business.objects.filter(pk=business.pk).update(is_active=False)
    assert authenticate_api_key(secret) is None


def test_the_use_of_a_key_is_noted_at_most_once_a_minute() -> None:
    business = make_business()
    key, secret = create_api_key(business.pk, "Site", ["bookings.read"], Actor.system())

    def used(at: datetime) -> datetime | None:
        with frozen(at):
            authenticate_api_key(secret)
        key.refresh_from_db()
        return key.last_used_at

    assert used(NOON) == NOON
    assert used(NOON + timedelta(seconds=59)) == NOON
    assert used(NOON + timedelta(seconds=61)) == NOON + timedelta(seconds=61)


@pytest.mark.parametrize("scopes", [[], ["keys.write"], ["members.write"], ["everything"]])
def test_a_key_cannot_be_given_what_would_make_it_stronger(scopes: list[str]) -> None:
    business = make_business()
    with pytest.raises(InvalidInput) as refusal:
        create_api_key(business.pk, "Site", scopes, Actor.system())
    assert refusal.value.field == "scopes"


def test_the_keys_and_members_of_another_business_are_not_found() -> None:
    mine, other = make_business(), make_business()
    key, secret = create_api_key(other.pk, "Site", ["bookings.read"], Actor.system())
    member = make_member(other, "manager")
    with pytest.raises(NotFound):
        revoke_api_key(mine.pk, key.public_id, Actor.system())
    with pytest.raises(NotFound):
        remove_member(mine.pk, member.public_id, Actor.system())
    assert authenticate_api_key(secret) == key


def test_the_first_owner_is_found() -> None:
    business: Business = make_business()
    assert find_owner_email(business.pk) is None
    owner = make_member(business)
    assert find_owner_email(business.pk) == owner.user.email

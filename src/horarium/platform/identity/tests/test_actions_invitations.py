"""The pages behind the link of an invitation: what it opens, and what it does not."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client

from horarium.kit.clock import frozen, now
from horarium.platform.audit.actor import Actor
from horarium.platform.identity.actions import create_account, find_account
from horarium.platform.identity.second_factor import seal
from horarium.platform.tenancy.actions import add_member, invite_member
from horarium.platform.tenancy.models import Business
from horarium.platform.tenancy.queries import businesses_of, find_invitation
from horarium.platform.tenancy.tokens import invitation_path
from tests.factories import make_business, make_member

pytestmark = pytest.mark.django_db
CODE = re.compile("[A-Z]{4}-[A-Z]{4}")
LENA = "lena@example.org"
CONFIRM = "/accounts/login/code/confirm/"


def signed_in_as(client: Client) -> int | None:
    value = client.session.get("_auth_user_id")
    return None if value is None else int(value)


def invite(business: Business, email: str = LENA, *, vouched: bool = False) -> str:
    made = invite_member(business.pk, email=email, role="operator", actor=Actor.system())
    return invitation_path(made.invitation.public_id, vouched=vouched)


def code_in(message: EmailMessage) -> str:
    return next(line.strip() for line in str(message.body).splitlines() if CODE.fullmatch(line.strip()))


def businesses(email: str = LENA) -> list[Business]:
    account = find_account(email)
    return [one.business for one in businesses_of(account.pk)] if account else []


def test_an_invited_stranger_becomes_a_member_by_a_code_from_their_mailbox(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    business = make_business(name="Spa Sol")
    path = invite(business)
    assert "Spa Sol" in client.get(path).content.decode()
    assert find_account(LENA) is None
    assert client.post(path, {"name": ""}).status_code == 200
    assert client.post(path, {"name": "Lena"})["Location"] == CONFIRM
    [message] = mailoutbox
    assert (message.to, message.subject) == ([LENA], "Your sign-in code")
    assert client.get(CONFIRM).status_code == 200

    answer = client.post(CONFIRM, {"code": code_in(message)}, follow=True)

    assert [at for at, _ in answer.redirect_chain][:2] == [path, "/manage/"]
    user = find_account(LENA)
    assert user is not None
    assert (signed_in_as(client), user.name) == (user.pk, "Lena")
    assert [(one.business, one.role) for one in businesses_of(user.pk)] == [(business, "operator")]
    assert EmailAddress.objects.get(user=user).verified
    assert client.get(path).status_code == 404


def test_whoever_has_only_the_link_gets_nothing_by_it(client: Client, mailoutbox: list[EmailMessage]) -> None:
    """The one who invited has seen the link; the code goes to the mailbox."""
    business = make_business()
    path = invite(business)
    client.post(path, {"name": "Mallory"})
    for _ in range(3):
        client.post(CONFIRM, {"code": "AAAA-AAAA"})
    assert signed_in_as(client) is None
    assert businesses() == []
    user = find_account(LENA)
    assert user is not None
    assert not user.has_usable_password()
    assert not EmailAddress.objects.get(user=user).verified

    invited = Client()
    invited.post(path, {"name": "Lena"})
    invited.post(CONFIRM, {"code": code_in(mailoutbox[-1])}, follow=True)
    user.refresh_from_db()
    assert (signed_in_as(invited), user.name, businesses()) == (user.pk, "Lena", [business])
    assert signed_in_as(client) is None


def test_codes_are_sent_only_so_often(client: Client, mailoutbox: list[EmailMessage]) -> None:
    path = invite(make_business())
    answers = [client.post(path, {"name": "Lena"}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert len(mailoutbox) == 3


def test_an_account_that_exists_signs_in_with_all_its_factors(client: Client) -> None:
    """Whoever sent the invitation has its link, too."""
    business = make_business()
    user = create_account(LENA, password="a long sentence", is_verified=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": seal("JBSWY3DPEHPK3PXP")})
    for vouched in (False, True):
        path = invite(business, vouched=vouched)
        assert client.post(path, {"name": "Lena"}).status_code == 200
        assert signed_in_as(client) is None
    client.post(f"/accounts/login/?next={path}", {"login": LENA, "password": "a long sentence", "next": path})
    assert signed_in_as(client) is None
    assert businesses() == []
    client.force_login(user)
    assert "Press the button to join" in client.get(path).content.decode()
    assert businesses() == []
    assert client.post(path).status_code == 302
    assert businesses() == [business]


def test_an_invitation_is_not_taken_by_whoever_is_signed_in(client: Client) -> None:
    business = make_business()
    owner = make_member(business)
    path = invite(business)
    client.force_login(owner.user)
    assert client.post(path, {"name": "Lena"}).status_code == 200
    assert find_account(LENA) is None
    assert signed_in_as(client) == owner.user_id


def test_a_link_of_the_command_line_vouches_for_the_address_once(
    client: Client, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    business = make_business()
    path = invite(business, vouched=True)
    assert client.post(path, {"name": "Lena"})["Location"] == "/manage/"
    user = find_account(LENA)
    assert user is not None
    assert (signed_in_as(client), businesses()) == (user.pk, [business])
    assert EmailAddress.objects.get(user=user).verified
    assert Client().get(path).status_code == 404


def test_without_mail_a_link_from_the_back_office_says_what_to_do(
    client: Client, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = client.post(invite(make_business()), {"name": "Lena"})
    assert "Ask whoever runs it" in page.content.decode()
    assert find_account(LENA) is None


def test_a_vouched_link_ends_like_every_other() -> None:
    business = make_business()
    path = invite(business, vouched=True)
    newer = invite(business, vouched=True)
    assert find_invitation(path.rsplit("/", 1)[1]) is None
    assert find_invitation(newer.rsplit("/", 1)[1] + "x") is None
    with frozen(now() + timedelta(days=7)):
        assert find_invitation(newer.rsplit("/", 1)[1]) is None


def test_somebody_who_has_become_a_member_meanwhile_is_sent_on(client: Client) -> None:
    business = make_business()
    user = create_account(LENA, is_verified=True)
    path = invite(business)
    add_member(business.pk, user.pk, "manager", Actor.system())
    client.force_login(user)
    assert client.post(path)["Location"] == "/manage/"
    assert [(one.business, one.role) for one in businesses_of(user.pk)] == [(business, "manager")]


@pytest.mark.parametrize("language", ["en", "ru", "es"])
def test_the_page_of_the_code_opens_in_every_language(client: Client, language: str) -> None:
    path = invite(make_business())
    client.post(path, {"name": "Lena"}, headers={"accept-language": language})
    text = client.get(CONFIRM, headers={"accept-language": language}).content.decode()
    assert f'lang="{language}"' in text
    assert "<c-" not in text
    assert LENA in text

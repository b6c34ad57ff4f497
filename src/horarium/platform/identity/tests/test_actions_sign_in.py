"""Accounts, one-time links and the pages behind them."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client, override_settings

from horarium.kit.clock import frozen, now
from horarium.kit.errors import NotFound
from horarium.platform.identity.actions import (
    change_profile,
    create_account,
    create_sign_in_link,
    prune_sign_in_links,
    redeem_sign_in_link,
)
from horarium.platform.identity.errors import AccountExists, SignInLinkGone
from horarium.platform.identity.models import SignInLink, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
CODE = re.compile("[A-Z]{4}-[A-Z]{4}")


def signed_in_as(client: Client) -> int | None:
    value = client.session.get("_auth_user_id")
    return None if value is None else int(value)


def token_of(path: str) -> str:
    return path.rsplit("/", 1)[1]


def test_an_address_has_one_account() -> None:
    create_account("Anna@Example.org")
    with pytest.raises(AccountExists):
        create_account(" anna@example.ORG")
    assert User.objects.count() == 1


def test_a_link_signs_in_once_and_only_its_hash_is_kept() -> None:
    user = make_user()
    token = token_of(create_sign_in_link(user.email))
    assert token not in str(SignInLink.objects.values())
    assert redeem_sign_in_link(token) == user
    with pytest.raises(SignInLinkGone):
        redeem_sign_in_link(token)


def test_a_link_ends_after_fifteen_minutes_or_when_it_says() -> None:
    user = make_user()
    start = now()
    short = token_of(create_sign_in_link(user.email))
    long = token_of(create_sign_in_link(user.email, lifetime=timedelta(hours=24)))
    with frozen(start + timedelta(minutes=16)):
        with pytest.raises(SignInLinkGone):
            redeem_sign_in_link(short)
        assert redeem_sign_in_link(long) == user
    with frozen(start + timedelta(days=3)):
        assert prune_sign_in_links() == 2


def test_nobody_gets_a_link_without_an_active_account() -> None:
    gone = make_user(is_active=False)
    for email in (gone.email, "nobody@example.org"):
        with pytest.raises(NotFound):
            create_sign_in_link(email)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_open_a_link_at_once_one_is_signed_in() -> None:
    token = token_of(create_sign_in_link(make_user().email))

    def redeem(_: int) -> bool:
        try:
            redeem_sign_in_link(token)
        except SignInLinkGone:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(redeem, range(8))) == [False] * 7 + [True]


def test_a_preview_of_the_link_does_not_burn_it(client: Client) -> None:
    """T-121."""
    user = make_user()
    path = create_sign_in_link(user.email)
    for _ in range(2):
        page = client.get(path)
        assert page.status_code == 200
        assert page["Cache-Control"] == "no-store"
        assert signed_in_as(client) is None
    assert client.post(path).status_code == 302
    assert signed_in_as(client) == user.pk
    assert Client().post(path).status_code == 404


def test_the_button_of_the_link_is_protected_from_other_sites() -> None:
    strict = Client(enforce_csrf_checks=True)
    path = create_sign_in_link(make_user().email)
    assert strict.post(path).status_code == 403
    assert signed_in_as(strict) is None


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    page = client.post("/accounts/signup/", {"email": "new@example.org", "password1": "long enough 42"})
    assert "By invitation only" in page.content.decode()
    assert User.objects.count() == 0


def test_a_password_signs_in(client: Client) -> None:
    user = create_account("anna@example.org", password="a long sentence", is_verified=True)
    client.post("/accounts/login/", {"login": " ANNA@example.org", "password": "a long sentence"})
    assert signed_in_as(client) == user.pk


def test_guessing_passwords_is_slowed_down(client: Client) -> None:
    create_account("anna@example.org", password="a long sentence", is_verified=True)
    for _ in range(10):
        client.post("/accounts/login/", {"login": "anna@example.org", "password": "wrong"})
    client.post("/accounts/login/", {"login": "anna@example.org", "password": "a long sentence"})
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
        "/accounts/signup/",
        "/signin/x",
    ],
)
@pytest.mark.parametrize("language", ["en", "ru", "es"])
def test_every_door_opens_in_every_language(client: Client, path: str, language: str) -> None:
    page = client.get(path, headers={"accept-language": language})
    assert page.status_code == 200
    text = page.content.decode()
    assert f'lang="{language}"' in text
    assert "<c-" not in text
    assert "{%" not in text


def test_a_code_by_mail_signs_in(client: Client, mailoutbox: list[EmailMessage]) -> None:
    user = create_account("anna@example.org", is_verified=True)
    client.post("/accounts/login/code/", {"email": "anna@example.org"})
    [message] = mailoutbox
    code = next(line.strip() for line in str(message.body).splitlines() if CODE.fullmatch(line.strip()))
    assert client.get("/accounts/login/code/confirm/").status_code == 200
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert signed_in_as(client) == user.pk


def test_an_unknown_address_learns_nothing_from_asking_for_a_code(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    """T-121."""
    create_account("anna@example.org", is_verified=True)
    answers = [
        client.post("/accounts/login/code/", {"email": email})
        for email in ("anna@example.org", "x@example.org")
    ]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/accounts/login/code/confirm/")
    ] * 2


def test_asking_for_a_new_password_changes_none_and_mails_none(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    """T-124: whoever asks in somebody else's name only makes a mail with a link."""
    user = create_account("anna@example.org", is_verified=True)
    user.set_password("correct horse 42")
    user.save()
    client.post("/accounts/password/reset/", {"email": "anna@example.org"})
    [message] = mailoutbox
    assert "/accounts/password/reset/key/" in str(message.body)
    assert "correct horse 42" not in str(message.body)
    user.refresh_from_db()
    assert user.check_password("correct horse 42")


def test_a_person_changes_their_own_profile_and_nobody_elses() -> None:
    user, other = make_user(), make_user()
    change_profile(user.pk, name=" Anna ", language="ru", theme="dark")
    user.refresh_from_db()
    assert (user.name, user.language, user.theme) == ("Anna", "ru", "dark")
    before = other.name
    other.refresh_from_db()
    assert (other.name, other.theme) == (before, "")


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/login/code/"])
@pytest.mark.parametrize(("mode", "says"), [("demo", True), ("production", False)])
def test_only_the_demo_says_where_its_codes_are(client: Client, path: str, mode: str, says: bool) -> None:
    with override_settings(MODE=mode, EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
        page = client.get(path)
    assert page.status_code == 200
    assert ("The demo sends no mail" in page.content.decode()) == says

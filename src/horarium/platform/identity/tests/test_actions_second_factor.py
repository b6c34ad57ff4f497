"""Second factors: what they ask, and how their secrets lie in the table."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.test import Client

from horarium.platform.identity.actions import create_account, create_sign_in_link
from horarium.platform.identity.models import User
from horarium.platform.identity.second_factor import seal, seal_anew, unseal

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SEED = "0123456789abcdef" * 5


def make_account() -> User:
    return create_account("anna@example.org", password=PASSWORD, is_verified=True)


def sign_in(client: Client) -> None:
    client.post("/accounts/login/", {"login": "anna@example.org", "password": PASSWORD})


def signed_in_as(client: Client) -> int | None:
    value = client.session.get("_auth_user_id")
    return None if value is None else int(value)


def code_of(secret: str, *, later: int = 0) -> str:
    _, present, _ = sorted(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(secret, present + later)))


def stored(user: User, kind: str = "totp") -> str:
    data = Authenticator.objects.get(user=user, type=kind).data
    return str(data["secret" if kind == "totp" else "seed"])


def plain_factor(user: User) -> None:
    """As it was written before secrets were sealed."""
    Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": SEED, "used_mask": 0})


def test_an_account_with_a_second_factor_is_asked_for_it_and_the_table_does_not_tell(client: Client) -> None:
    user = make_account()
    sign_in(client)
    assert client.get("/accounts/2fa/").status_code == 200
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    assert "<c-" not in page.content.decode()
    assert "<rect" in page.context["totp_svg"], "the code stands on a ground of its own"
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert secret not in str(list(Authenticator.objects.values()))
    assert stored(user).startswith("sealed:gAAAA")
    assert stored(user, "recovery_codes").startswith("sealed:gAAAA")
    assert unseal(stored(user)) == secret
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200

    other = Client()
    sign_in(other)
    assert signed_in_as(other) is None
    assert other.get("/accounts/2fa/authenticate/").status_code == 200
    other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert signed_in_as(other) is None
    # The code that set it up is used up; the next one is not.
    other.post("/accounts/2fa/authenticate/", {"code": code_of(secret, later=1)})
    assert signed_in_as(other) == user.pk


def test_a_secret_that_was_written_plain_still_serves_and_is_sealed_by_it(client: Client) -> None:
    user = make_account()
    plain_factor(user)
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert signed_in_as(client) == user.pk
    assert (unseal(stored(user)), unseal(stored(user, "recovery_codes"))) == (SECRET, SEED)
    assert SECRET not in str(list(Authenticator.objects.values()))
    assert SEED not in str(list(Authenticator.objects.values()))


def test_a_recovery_code_of_before_serves_once(client: Client) -> None:
    user = make_account()
    plain_factor(user)
    code = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).generate_codes()[0]
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert signed_in_as(client) == user.pk
    again = Client()
    sign_in(again)
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert signed_in_as(again) is None


def test_what_a_former_key_sealed_is_opened_and_sealed_anew(settings: LazySettings) -> None:
    user = make_account()
    former = settings.SECRET_KEY
    Authenticator.objects.create(user=user, type="totp", data={"secret": seal(SECRET)})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-" * 5, [former]
    assert unseal(stored(user)) == SECRET
    assert (seal_anew(), seal_anew()) == (1, 0)
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(stored(user)) == SECRET


def test_a_secret_without_a_key_lets_nobody_in_and_a_one_time_link_replaces_it(
    client: Client, settings: LazySettings
) -> None:
    user = make_account()
    Authenticator.objects.create(user=user, type="totp", data={"secret": seal(SECRET)})
    before = stored(user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-" * 5, []
    assert seal_anew() == 0
    assert stored(user) == before
    assert re.fullmatch("[A-Z2-7]{32}", unseal(before))
    sign_in(client)
    page = client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert page.status_code == 200
    assert signed_in_as(client) is None

    client.post(create_sign_in_link(user.email))
    assert signed_in_as(client) == user.pk
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=user).exists()

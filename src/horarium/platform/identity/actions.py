"""Accounts and one-time links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse

from horarium.kit.clock import now
from horarium.kit.errors import NotFound
from horarium.kit.text import normalise_email

from .errors import AccountExists, SignInLinkGone
from .models import SignInLink, User

LIFETIME: Final = timedelta(minutes=15)


@transaction.atomic
def create_account(
    email: str, *, name: str = "", language: str = "", password: str | None = None, is_verified: bool = False
) -> User:
    """`is_verified`: the mailbox is known to be theirs. Raises InvalidEmail and AccountExists."""
    address = normalise_email(email)
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, password, name=name.strip(), language=language)
    except IntegrityError as error:
        raise AccountExists("the address has an account", field="email") from error
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=is_verified)
    return user


@transaction.atomic
def open_account(email: str, *, name: str, language: str, is_verified: bool) -> User:
    """An account for an invited person: a new one, or the one that was begun with this address and never used."""
    user = find_account(email)
    if user is None:
        return create_account(email, name=name, language=language, is_verified=is_verified)
    if is_in_use(user):
        raise AccountExists("the address has an account", field="email")
    user.name = name.strip()
    user.save(update_fields=["name"])
    if is_verified:
        EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
    return user


def is_in_use(user: User) -> bool:
    """Whether somebody has proven to be its owner, or could do so with a password."""
    is_proven = user.last_login is not None or user.has_usable_password()
    return is_proven or EmailAddress.objects.filter(user=user, verified=True).exists()


@transaction.atomic
def create_sign_in_link(email: str, *, lifetime: timedelta = LIFETIME) -> str:
    """The path of a page that signs this account in, once. Raises NotFound without such an account.

    For whoever runs the installation: the link asks for no second factor, so it also helps a person who
    has lost theirs.
    """
    user = User.objects.filter(email=normalise_email(email), is_active=True).first()
    if user is None:
        raise NotFound("account", params={"kind": "account"})
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(user=user, token_hash=_hash(token), expires_at=now() + lifetime)
    return reverse("sign_in_link", args=[token])


def redeem_sign_in_link(token: str) -> User:
    """The account of the link, for the first who asks. Raises SignInLinkGone."""
    # One conditional UPDATE decides: of two requests at the same moment the second changes no row. Its conditions
    # stand on the row itself: a join would make them a subquery, which is not looked at again after waiting.
    redeemed = SignInLink.objects.filter(
        token_hash=_hash(token),
        used_at=None,
        expires_at__gt=now(),
        user_id__in=User.objects.filter(is_active=True).values("pk"),
    ).update(used_at=now())
    if not redeemed:
        raise SignInLinkGone("no such link", params={"kind": "sign_in_link"})
    return User.objects.get(pk=SignInLink.objects.values("user_id").get(token_hash=_hash(token))["user_id"])


def change_profile(user_id: int, *, name: str, language: str, theme: str) -> None:
    """`language` and `theme` may be empty: as the device says."""
    User.objects.filter(pk=user_id).update(name=name.strip(), language=language, theme=theme)


def find_account(email: str) -> User | None:
    return User.objects.filter(email=normalise_email(email)).first()


def prune_sign_in_links() -> int:
    """Delete links that open nothing any more. Returns how many."""
    deleted, _ = SignInLink.objects.filter(expires_at__lt=now() - timedelta(days=1)).delete()
    return deleted


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

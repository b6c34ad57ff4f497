"""Commands about businesses, people and keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from horarium.config.cli.problems import Problem

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NewBusiness:
    slug: str
    name: str
    owner: str
    kind: str
    currency: str
    country: str
    time_zone: str
    language: str


def sign_in_link(email: str, *, lifetime: timedelta = timedelta(minutes=15)) -> str:
    from django.conf import settings

    from horarium.platform.identity.actions import create_sign_in_link

    return f"{settings.PUBLIC_URL}{create_sign_in_link(email, lifetime=lifetime)}"


def create_business(wish: NewBusiness) -> str:
    """Business, first location and owner together; the sign-in link of the owner, good for a day."""
    from django.db import transaction

    from horarium.platform.audit.actor import Actor
    from horarium.platform.tenancy import actions

    system = Actor.system()
    with transaction.atomic():
        business = actions.create_business(
            system,
            slug=wish.slug,
            name=wish.name,
            type=wish.kind,
            currency=wish.currency.upper(),
            country=wish.country.upper(),
            default_language=wish.language,
        )
        actions.create_location(
            business.pk, system, name=wish.name, country=wish.country.upper(), time_zone=wish.time_zone
        )
        actions.add_member(business.pk, account_of(wish.owner), "owner", system)
    return sign_in_link(wish.owner, lifetime=DAY)


def account_of(email: str) -> int:
    """Whoever runs the installation vouches for the address."""
    from horarium.kit.text import normalise_email
    from horarium.platform.identity.actions import create_account
    from horarium.platform.identity.errors import AccountExists
    from horarium.platform.identity.models import User

    try:
        return create_account(email, is_verified=True).pk
    except AccountExists:
        return User.objects.get(email=normalise_email(email)).pk


def invite_member(slug: str, *, email: str, role: str) -> str:
    """The link, which asks for no code: whoever runs the installation vouches for the address."""
    from django.conf import settings

    from horarium.platform.audit.actor import Actor
    from horarium.platform.tenancy import actions
    from horarium.platform.tenancy.tokens import invitation_path

    invited = actions.invite_member(business_id_of(slug), email=email, role=role, actor=Actor.system())
    return f"{settings.PUBLIC_URL}{invitation_path(invited.invitation.public_id, vouched=True)}"


def create_key(slug: str, *, name: str, scopes: Iterable[str]) -> str:
    from horarium.platform.audit.actor import Actor
    from horarium.platform.tenancy import actions

    _, secret = actions.create_api_key(business_id_of(slug), name, scopes, Actor.system())
    return secret


def business_id_of(slug: str) -> int:
    from horarium.platform.tenancy.queries import find_business_by_slug

    business = find_business_by_slug(slug)
    if business is None:
        raise Problem(f"there is no business {slug!r}")
    return business.pk

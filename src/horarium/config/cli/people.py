"""Commands about businesses, people and keys."""

from horarium.platform.tenancy.models import Business


def owner_of(business: Business) -> str:
    return ""


def sign_in_link(email: str) -> str:
    return ""

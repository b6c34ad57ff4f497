"""Words of the back office that depend on the role and on the type of the business."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_ROLES: Final[dict[str, str | Promise]] = {
    "owner": pgettext_lazy("role", "Owner"),
    "manager": pgettext_lazy("role", "Manager"),
    "operator": pgettext_lazy("role", "Reception"),
    "specialist": pgettext_lazy("role", "Specialist"),
    "marketer": pgettext_lazy("role", "Marketer"),
    "accountant": pgettext_lazy("role", "Accountant"),
}
_WITH_GUESTS: Final = frozenset({"hotel", "tours", "events"})


def role_word(role: str) -> str:
    return str(_ROLES.get(role, role))


def customers_word(business_type: str) -> str:
    """What this type of business calls those who come."""
    return str(_("Guests") if business_type in _WITH_GUESTS else _("Customers"))

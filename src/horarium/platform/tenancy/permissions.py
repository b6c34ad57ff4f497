"""Who may do what in a business. Scopes of API keys are the same words.

`docs/reference/permissions.md` is written from the tables below.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from horarium.kit.errors import Forbidden

from .models import Role


class Permission(StrEnum):
    CATALOG_READ = "catalog.read"
    CATALOG_WRITE = "catalog.write"
    BOOKINGS_READ = "bookings.read"
    BOOKINGS_READ_OWN = "bookings.read_own"
    BOOKINGS_WRITE = "bookings.write"
    CUSTOMERS_READ = "customers.read"
    CUSTOMERS_WRITE = "customers.write"
    PAYMENTS_READ = "payments.read"
    PAYMENTS_WRITE = "payments.write"
    MESSAGES_READ = "messages.read"
    EVENTS_READ = "events.read"
    SETTINGS_READ = "settings.read"
    SETTINGS_WRITE = "settings.write"
    MEMBERS_WRITE = "members.write"
    KEYS_WRITE = "keys.write"


MEANINGS: Final[dict[Permission, str]] = {
    Permission.CATALOG_READ: "See offerings, resources, openings and prices.",
    Permission.CATALOG_WRITE: "Change offerings, resources, openings and prices.",
    Permission.BOOKINGS_READ: "See the calendar and every booking.",
    Permission.BOOKINGS_READ_OWN: (
        "See one's own column of the calendar and its bookings; let in guests of one's own sessions."
    ),
    Permission.BOOKINGS_WRITE: "Book, move, confirm and cancel; block time; let in at the door and hand goods over.",
    Permission.CUSTOMERS_READ: "See customers and their history.",
    Permission.CUSTOMERS_WRITE: "Change and merge customers.",
    Permission.PAYMENTS_READ: "See payments, refunds and the ledger.",
    Permission.PAYMENTS_WRITE: "Take cash and give refunds.",
    Permission.MESSAGES_READ: "Read the messages that were sent.",
    Permission.EVENTS_READ: "See events, the audit log and failed jobs.",
    Permission.SETTINGS_READ: "See the settings, the locations and the members.",
    Permission.SETTINGS_WRITE: "Change the business, its locations and booking rules; run failed jobs again.",
    Permission.MEMBERS_WRITE: "Invite and remove members and change their roles.",
    Permission.KEYS_WRITE: "Create and revoke API keys.",
}

_ALL = frozenset(Permission) - {Permission.BOOKINGS_READ_OWN}

ROLE_PERMISSIONS: Final[dict[str, frozenset[Permission]]] = {
    Role.OWNER.value: _ALL,
    Role.MANAGER.value: _ALL - {Permission.KEYS_WRITE},
    Role.OPERATOR.value: frozenset(
        {
            Permission.CATALOG_READ,
            Permission.BOOKINGS_READ,
            Permission.BOOKINGS_WRITE,
            Permission.CUSTOMERS_READ,
            Permission.CUSTOMERS_WRITE,
            Permission.PAYMENTS_READ,
            Permission.PAYMENTS_WRITE,
            Permission.MESSAGES_READ,
        }
    ),
    Role.SPECIALIST.value: frozenset({Permission.CATALOG_READ, Permission.BOOKINGS_READ_OWN}),
    Role.MARKETER.value: frozenset(
        {
            Permission.CATALOG_READ,
            Permission.CUSTOMERS_READ,
            Permission.CUSTOMERS_WRITE,
            Permission.MESSAGES_READ,
        }
    ),
    Role.ACCOUNTANT.value: frozenset(
        {
            Permission.CATALOG_READ,
            Permission.BOOKINGS_READ,
            Permission.CUSTOMERS_READ,
            Permission.PAYMENTS_READ,
            Permission.SETTINGS_READ,
        }
    ),
}

KEY_SCOPES: Final = _ALL - {Permission.KEYS_WRITE, Permission.MEMBERS_WRITE}
"""What a key can be given: nothing that would let it make itself stronger."""


class PermissionMissing(Forbidden):
    """A member, or a key, without the permission that this needs."""

    code = "tenancy.permission_missing"


def allowed(role: str, permission: Permission) -> bool:
    return permission in ROLE_PERMISSIONS.get(role, frozenset())


def require(role: str, permission: Permission) -> None:
    """Raise PermissionMissing unless the role has it."""
    if not allowed(role, permission):
        raise PermissionMissing(f"{role} lacks {permission}", params={"permission": str(permission)})

"""Changes of businesses, locations, members, invitations and keys. Each is one audited transaction."""

from .api_keys import create_api_key, revoke_api_key
from .businesses import create_business, update_business
from .invitations import Invited, accept_invitation, invite_member, withdraw_invitation
from .locations import create_location, update_location
from .members import add_member, change_role, remove_member
from .revision import bump_catalog_revision

__all__ = [
    "Invited",
    "accept_invitation",
    "add_member",
    "bump_catalog_revision",
    "change_role",
    "create_api_key",
    "create_business",
    "create_location",
    "invite_member",
    "remove_member",
    "revoke_api_key",
    "update_business",
    "update_location",
    "withdraw_invitation",
]

"""Changes of offerings, categories and booking rules. Each is one audited transaction that makes the catalogue anew.

`fields` hold public ids, never keys of the database. Everything raises NotFound for what the business does not
have, and InvalidInput with the field at fault.
"""

from .booking_rules import update_booking_rules
from .categories import create_category, delete_category, update_category
from .drafts import BookingRulesFields, ExtraDraft, NeedDraft, OfferingFields
from .offerings import archive_offering, create_offering, update_offering
from .pools import remove_pool

__all__ = [
    "BookingRulesFields",
    "ExtraDraft",
    "NeedDraft",
    "OfferingFields",
    "archive_offering",
    "create_category",
    "create_offering",
    "delete_category",
    "remove_pool",
    "update_booking_rules",
    "update_category",
    "update_offering",
]

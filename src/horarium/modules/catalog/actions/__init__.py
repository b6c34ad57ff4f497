"""Changes of the catalogue. Each is one audited transaction that makes the catalogue anew.

`fields` hold public ids, never keys of the database. Everything raises NotFound for what the business does not
have, and InvalidInput with the field at fault.
"""

from .booking_rules import update_booking_rules
from .categories import create_category, delete_category, update_category
from .copies import CopiedOffering, copy_offering
from .drafts import (
    BookingRulesFields,
    ExtraDraft,
    LimitFields,
    NeedDraft,
    OfferingFields,
    PolicyFields,
    ProductFields,
    RatePlanFields,
    RestrictionFields,
    TicketTypeFields,
)
from .offerings import archive_offering, create_offering, update_offering
from .policies import create_policy, delete_policy, update_policy
from .pools import remove_pool
from .products import archive_product, create_product, update_product
from .rate_plans import archive_rate_plan, create_rate_plan, update_rate_plan
from .restrictions import create_restriction, delete_restriction, restrict_dates, update_restriction
from .ticket_types import archive_ticket_type, create_ticket_type, update_ticket_type

__all__ = [
    "BookingRulesFields",
    "CopiedOffering",
    "ExtraDraft",
    "LimitFields",
    "NeedDraft",
    "OfferingFields",
    "PolicyFields",
    "ProductFields",
    "RatePlanFields",
    "RestrictionFields",
    "TicketTypeFields",
    "archive_offering",
    "archive_product",
    "archive_rate_plan",
    "archive_ticket_type",
    "copy_offering",
    "create_category",
    "create_offering",
    "create_policy",
    "create_product",
    "create_rate_plan",
    "create_restriction",
    "create_ticket_type",
    "delete_category",
    "delete_policy",
    "delete_restriction",
    "remove_pool",
    "restrict_dates",
    "update_booking_rules",
    "update_category",
    "update_offering",
    "update_policy",
    "update_product",
    "update_rate_plan",
    "update_restriction",
    "update_ticket_type",
]

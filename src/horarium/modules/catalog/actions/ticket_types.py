"""Ticket types of session offerings. Their prices belong to the price list of the offering."""

from __future__ import annotations

from typing import Final, Unpack

from django.db import transaction

from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.rules import check_text
from horarium.platform.tenancy.scope import business_scope

from ..models import Mode, TicketType
from .checks import NAMED, Check, clean, need, whole
from .drafts import TicketTypeFields
from .references import lock_offering
from .written import add, change, lock

_CHECKS: Final[dict[str, Check]] = {
    **NAMED,
    "name": check_text("name", 80, required=True),
    "places": whole("places", 0, 1000),
    "max_per_order": whole("max_per_order", 1, 1000),
}


def create_ticket_type(
    business_id: int, offering_id: str, actor: Actor, **fields: Unpack[TicketTypeFields]
) -> TicketType:
    """Raises NotFound, and InvalidInput `offering` for what has no sessions."""
    need(fields, "name")
    values = clean(dict(fields), _CHECKS)
    with business_scope(business_id), transaction.atomic():
        offering = lock_offering(business_id, offering_id, mode=Mode.SESSION)
        ticket = TicketType(business_id=business_id, offering=offering, **values)
        return add(ticket, "ticket_type", actor, {"offering": offering_id, **values})


def update_ticket_type(
    business_id: int, ticket_type_id: str, actor: Actor, **fields: Unpack[TicketTypeFields]
) -> TicketType:
    """Tickets that are sold keep their price, and the places that they took."""
    values = clean(dict(fields), _CHECKS)
    with business_scope(business_id), transaction.atomic():
        ticket = lock(TicketType, "ticket_type", business_id, ticket_type_id)
        return change(ticket, "ticket_type", actor, values, values)


def archive_ticket_type(business_id: int, ticket_type_id: str, actor: Actor) -> None:
    """No longer sold; tickets that are sold stay good."""
    update_ticket_type(business_id, ticket_type_id, actor, is_active=False)

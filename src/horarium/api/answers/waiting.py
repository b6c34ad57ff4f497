"""Places on waiting lists as JSON, for staff."""

from __future__ import annotations

from typing import Any

from horarium.modules.booking.models import WaitingEntry, WaitingState


def waiting_json(entry: WaitingEntry) -> dict[str, Any]:
    is_offered = entry.state == WaitingState.OFFERED and entry.order is not None
    return {
        "id": entry.public_id,
        "state": str(entry.state),
        "offering": {"id": entry.offering.public_id, "name": entry.offering.name},
        "from": entry.first_on.isoformat(),
        "to": entry.last_on.isoformat(),
        "party": entry.party,
        "wish": entry.wish,
        "name": entry.contact_name,
        "email": entry.contact_email,
        "phone": entry.contact_phone,
        "customer": entry.customer.public_id,
        "order": entry.order.public_id if entry.order is not None else None,
        "offered_until": entry.order.expires_at if is_offered and entry.order is not None else None,
        "created_at": entry.created_at,
    }

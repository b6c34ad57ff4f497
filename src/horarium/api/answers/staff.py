"""What staff see, as JSON."""

from __future__ import annotations

from typing import Any

from horarium.modules.booking.queries import BookingRow
from horarium.modules.catalog.models import BookingRules
from horarium.modules.customers.queries import CustomerView
from horarium.modules.messaging.queries import MessageView
from horarium.modules.payments.queries import PaymentView
from horarium.modules.resources.models import Opening, OpeningException, Pool, Resource
from horarium.platform.audit.models import AuditEntry
from horarium.platform.events.models import OutboxEvent
from horarium.platform.files.models import StoredFile
from horarium.platform.tenancy.models import ApiKey, Business, Invitation, Location, Member

from .catalogue import file_url

_BUSINESS = (
    "slug", "name", "type", "currency", "country", "default_language", "brand_color", "tagline", "about", "email",
    "phone", "website", "translations",
)  # fmt: skip
_LOCATION = (
    "name", "address", "city", "country", "time_zone", "phone", "directions", "translations", "position", "is_active",
)  # fmt: skip
_RESOURCE = (
    "kind", "name", "title", "description", "translations", "color", "follows_location", "position", "is_active",
)  # fmt: skip
_RULES = (
    "grid_minutes", "lead_minutes", "horizon_days", "hold_minutes", "cancel_free_hours", "reminder_hours",
    "needs_phone", "waiting_offer_minutes",
)  # fmt: skip


def booking_row_json(row: BookingRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "order": row.order_id,
        "state": row.state,
        "start": row.start,
        "end": row.end,
        "time_zone": row.time_zone,
        "party": row.party,
        "offering": {"id": row.offering_id, "name": row.offering_name},
        "location": {"id": row.location_id, "name": row.location_name},
        "resources": [{"id": one.id, "name": one.name, "kind": one.kind} for one in row.resources],
        "may_change_rooms": row.may_change_rooms,
        "customer": {"id": row.customer_id, "name": row.customer_name},
        "contact": {"name": row.contact_name, "email": row.contact_email, "phone": row.contact_phone},
        "price": row.price.as_json(),
        "order_total": row.order_total.as_json(),
        "paid": row.paid.as_json(),
        "payment_state": row.payment_state,
        "channel": row.channel,
        "notes": row.notes,
        "staff_notes": row.staff_notes,
        "needs_approval": row.needs_approval,
        "expires_at": row.expires_at,
        "created_at": row.created_at,
    }


def business_settings_json(business: Business) -> dict[str, Any]:
    return {"id": business.public_id, **picked(business, _BUSINESS)}


def booking_rules_json(rules: BookingRules) -> dict[str, Any]:
    return {**picked(rules, _RULES), "policy": "" if rules.policy is None else rules.policy.public_id}


def location_row_json(location: Location) -> dict[str, Any]:
    return {"id": location.public_id, **picked(location, _LOCATION)}


def resource_row_json(resource: Resource) -> dict[str, Any]:
    return {
        "id": resource.public_id,
        **picked(resource, _RESOURCE),
        "location": resource.location.public_id,
        "member": None if resource.member is None else resource.member.public_id,
        "photo": file_json(resource.photo),
    }


def opening_json(opening: Opening) -> dict[str, Any]:
    return {
        "weekday": opening.weekday,
        "starts": opening.starts_minute,
        "ends": opening.ends_minute,
        "valid_from": opening.valid_from,
        "valid_until": opening.valid_until,
    }


def exception_json(one: OpeningException) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "first_on": one.first_on,
        "last_on": one.last_on,
        "starts": one.starts_minute,
        "ends": one.ends_minute,
        "reason": one.reason,
    }


def pool_json(pool: Pool) -> dict[str, Any]:
    return {
        "id": pool.public_id,
        "name": pool.name,
        "resources": [one.public_id for one in pool.resources.all()],
    }


def customer_json(customer: CustomerView) -> dict[str, Any]:
    return {
        "id": customer.public_id,
        **picked(customer, ("name", "email", "phone", "locale", "notes", "created_at")),
    }


def payment_row_json(payment: PaymentView) -> dict[str, Any]:
    return {
        "id": payment.id,
        "order": payment.order_id,
        "gateway": payment.gateway,
        "status": payment.state,
        "amount": payment.amount.as_json(),
        "refunded": payment.refunded.as_json(),
        "flag": payment.flag,
        "created_at": payment.created_at,
        "paid_at": payment.paid_at,
    }


def message_json(message: MessageView) -> dict[str, Any]:
    return {
        "id": message.public_id,
        **picked(
            message,
            ("template", "locale", "to_name", "to_address", "subject", "state", "error", "about", "due_at"),
        ),
        "sent_at": message.sent_at,
        "created_at": message.created_at,
    }


def event_json(event: OutboxEvent) -> dict[str, Any]:
    return {
        "id": event.public_id,
        "type": event.type,
        "payload": event.payload,
        "occurred_at": event.occurred_at,
    }


def audit_json(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": entry.public_id,
        "at": entry.at,
        "actor": {
            "kind": entry.actor_kind,
            "name": entry.user.get_full_name()
            if entry.user is not None
            else entry.api_key.name
            if entry.api_key
            else "",
        },
        "action": entry.action,
        "subject": entry.subject_id,
        "before": entry.before,
        "after": entry.after,
        "channel": entry.channel,
        "ip": entry.ip,
    }


def member_json(member: Member) -> dict[str, Any]:
    return {
        "id": member.public_id,
        "name": member.user.get_full_name(),
        "email": member.user.email,
        "role": member.role,
        "created_at": member.created_at,
    }


def invitation_json(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": invitation.public_id,
        "email": invitation.email,
        "role": invitation.role,
        "expires_at": invitation.expires_at,
    }


def api_key_json(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.public_id,
        "name": key.name,
        "hint": key.hint,
        "scopes": key.scopes,
        "created_at": key.created_at,
        "last_used_at": key.last_used_at,
    }


def file_json(file: StoredFile | None) -> dict[str, Any] | None:
    return None if file is None else {"id": file.public_id, "url": file_url(file.name)}


def picked(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}

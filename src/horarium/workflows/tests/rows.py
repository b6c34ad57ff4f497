"""What stands in the tables, for tests that prove that something, or nothing, was written."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django_scopes import scope, scopes_disabled

from horarium.modules.availability.models import Allocation, OwnerKind
from horarium.modules.booking.models import Booking, Order
from horarium.modules.resources.models import Resource
from horarium.platform.audit.models import AuditEntry
from horarium.platform.events.models import OutboxEvent


def counts() -> dict[str, int]:
    """Rows of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def bookings_of(order: Order) -> list[Booking]:
    with scope(business=order.business_id):
        return list(order.bookings.order_by("id"))


def served_by(order: Order) -> list[list[int]]:
    """Keys of the resources that each booking of the order has, as assigned."""
    with scope(business=order.business_id):
        return [
            sorted(one.assignments.values_list("resource_id", flat=True))
            for one in order.bookings.order_by("id")
        ]


def taken_by(booking: Booking) -> list[tuple[int, str, str]]:
    """`(resource, state, "HH:MM-HH:MM" in UTC)` of the live allocations of a booking."""
    with scope(business=booking.business_id):
        live = Allocation.objects.filter(owner_kind=OwnerKind.BOOKING, owner_id=booking.pk).exclude(
            state="released"
        )
        return [
            (one.resource_id, str(one.state), f"{one.during.lower:%H:%M}-{one.during.upper:%H:%M}")
            for one in live.order_by("resource_id")
        ]


def audited(business_id: int) -> list[str]:
    with scope(business=business_id):
        return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def told(business_id: int) -> list[str]:
    """Types of the events in the outbox."""
    with scope(business=business_id):
        return list(OutboxEvent.objects.order_by("id").values_list("type", flat=True))


def name_of(resource_id: int) -> str:
    """The public id of a resource."""
    with scopes_disabled():
        return Resource.objects.get(pk=resource_id).public_id

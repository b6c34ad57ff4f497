"""One attempt to book makes one order, however often its form is sent (T-34)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import connection, transaction

from horarium.modules.booking.models import Order
from horarium.platform.idempotency.models import IdempotencyRecord
from horarium.workflows.order_view import get_order_view

_CLAIM = """
INSERT INTO idempotency_idempotencyrecord (owner, key_hash, request_hash, status, headers, body, created_at)
VALUES (%s, %s, %s, 0, '{}', '', %s) ON CONFLICT (owner, key_hash) DO NOTHING
"""


def place_once(
    business_id: int, attempt: str, content: Mapping[str, object], now: datetime, place: Callable[[], Order]
) -> str:
    """The id of the order of this attempt: placed now, or before when the same form has been sent already.

    A form that was changed is another attempt, as is one whose order has meanwhile lapsed or been cancelled.
    A repeat that arrives while the first is still at work waits for it.
    """
    text = json.dumps([attempt, content], sort_keys=True, default=str)
    key = {"owner": f"page:{business_id}", "key_hash": hashlib.sha256(text.encode()).hexdigest()}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [key["owner"], key["key_hash"], key["key_hash"], now])
        record = IdempotencyRecord.objects.select_for_update().get(**key)
        order_id = bytes(record.body).decode()
        if order_id and get_order_view(business_id, order_id, now).status not in ("expired", "cancelled"):
            return order_id
        record.body, record.status = (order_id := place().public_id).encode(), 201
        record.save(update_fields=["body", "status"])
        return order_id

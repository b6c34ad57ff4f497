"""What the last weeks have left behind in the audit log."""

from __future__ import annotations

from typing import Any, Final

from horarium.platform.audit.models import AuditEntry

from ..plan import BusinessPlan
from .drafts import OrderDraft
from .money import instant
from .tables import Table

AUDITED_SECONDS: Final = 30 * 86400


class Traces:
    """One audit entry for each fact of the last thirty days, in order of time."""

    def __init__(self, plan: BusinessPlan, business_id: int, *, now: int) -> None:
        self.plan = plan
        self.business_id = business_id
        self.now = now
        self._facts: list[tuple[int, dict[str, Any]]] = []

    def follow(
        self, order: OrderDraft, order_id: str, booking_ids: list[str], *, user_id: int | None
    ) -> None:
        self._note(
            order.created,
            order_id,
            "order.placed",
            user_id,
            channel=order.channel,
            after={"total_minor": order.total.minor, "channel": order.channel},
        )
        if order.cancelled_at is None:
            return
        for booking_id in booking_ids:
            self._note(
                order.cancelled_at,
                booking_id,
                "booking.cancelled",
                user_id,
                channel=order.channel,
                before={"state": "confirmed"},
                after={"state": "cancelled", "reason": order.reason},
            )

    def tables(self) -> tuple[Table, ...]:
        table = Table(AuditEntry)
        for at, fact in sorted(self._facts, key=lambda one: one[0]):
            table.add(business_id=self.business_id, at=instant(at), **fact)
        return (table,)

    def _note(
        self, at: int, subject: str, action: str, user_id: int | None, *, channel: str, **change: Any
    ) -> None:
        if at < self.now - AUDITED_SECONDS:
            return
        kinds = {"ord": "order", "bk": "booking"}
        fact = {
            "action": action,
            "actor_kind": "guest" if user_id is None else "member",
            "user_id": user_id,
            "channel": channel,
            "subject_id": subject,
            "subject_kind": kinds[subject.partition("_")[0]],
            **change,
        }
        self._facts.append((at, fact))

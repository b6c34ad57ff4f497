"""Changes of bookings as JSON."""

from __future__ import annotations

from typing import Any

from horarium.kit.zones import zone
from horarium.modules.booking.rules import ChangeTerms
from horarium.workflows.change_booking import ChangePreview

from .orders import lines_json


def change_json(money: ChangeTerms) -> dict[str, Any]:
    return {
        "before": money.before.as_json(),
        "after": money.after.as_json(),
        "fee": money.fee.as_json(),
        "paid": money.held.as_json(),
        "refund": money.refund.as_json(),
        "rest": money.due.as_json(),
        "carried_fee": money.carried.as_json(),
    }


def change_preview_json(preview: ChangePreview) -> dict[str, Any]:
    planned = preview.planned
    tz = zone(planned.offering.location.time_zone)
    return {
        **change_json(preview.money),
        "start": planned.starts_at.astimezone(tz),
        "end": planned.ends_at.astimezone(tz),
        "party": planned.party,
        "lines": lines_json(preview.price["lines"], preview.money.after.currency),
    }

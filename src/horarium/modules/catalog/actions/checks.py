"""The form in which single fields are stored, and what is refused of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from horarium.kit.text import slugify_ascii
from horarium.platform.tenancy.rules import check_text, check_translations, refuse

from ..models import Mode, Prepayment
from ..rules import MAX_DURATION, STEP, check_durations

Check = Callable[[Any], Any]
MAX_MINOR: Final = 10**12
MAX_NIGHTS: Final = 365


def whole(
    name: str, low: int, high: int, *, step: int = 1, or_none: bool = False
) -> Callable[[Any], int | None]:
    def check(value: Any) -> int | None:
        if value is None and or_none:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise refuse(name, "out_of_range", f"{name} is not from {low} to {high}", min=low, max=high)
        if value % step:
            raise refuse(name, "not_five_minutes", "not in steps of five minutes")
        return value

    return check


def one_of(name: str, allowed: list[str]) -> Check:
    def check(value: Any) -> str:
        if value not in allowed:
            raise refuse(name, "unknown", f"no such {name}", allowed=allowed)
        return str(value)

    return check


def check_slug(value: Any) -> str:
    slug = slugify_ascii(str(value))[:80].strip("-")
    if not slug:
        raise refuse("slug", "required", "nothing that can stand in an address")
    return slug


def check_starts(value: Any) -> list[int]:
    starts = sorted(set(value))
    if any(not 0 <= one < 1440 for one in starts):
        raise refuse("fixed_starts", "start_outside_day", "not within the day")
    if any(one % STEP for one in starts):
        raise refuse("fixed_starts", "not_five_minutes", "not in steps of five minutes")
    return starts


def check_weekdays(value: Any) -> list[int]:
    """Sorted; all seven of them are written as none."""
    days = sorted(set(value))
    if any(not isinstance(one, int) or not 0 <= one <= 6 for one in days):
        raise refuse("weekdays", "weekday", "no such weekday")
    return [] if len(days) == 7 else days


def check_deposit(prepayment: str, deposit_value: int) -> None:
    if prepayment == Prepayment.DEPOSIT_PERCENT and not 1 <= deposit_value <= 100:
        raise refuse("deposit_value", "out_of_range", "not a percentage", min=1, max=100)


def clean(fields: Mapping[str, Any], checks: Mapping[str, Check]) -> dict[str, Any]:
    """The given fields in the form that is stored."""
    for name in fields:
        if name not in checks:
            raise refuse(name, "unknown_field", "no such field")
    return {name: checks[name](value) for name, value in fields.items()}


def need(fields: Mapping[str, Any], *names: str) -> None:
    """Raises InvalidInput for the first that was not given."""
    for name in names:
        if name not in fields:
            raise refuse(name, "required", f"{name} is missing")


def _grid(name: str, *, or_none: bool) -> Check:
    return whole(name, STEP, 1440, step=STEP, or_none=or_none)


NAMED: Final[dict[str, Check]] = {
    "summary": check_text("summary", 200),
    "translations": check_translations,
    "position": whole("position", 0, 1_000_000),
    "is_active": bool,
}
RULES: Final[dict[str, Check]] = {
    "grid_minutes": _grid("grid_minutes", or_none=False),
    "lead_minutes": whole("lead_minutes", 0, 525_600),
    "horizon_days": whole("horizon_days", 1, 1000),
    "hold_minutes": whole("hold_minutes", 1, 1440),
    "cancel_free_hours": whole("cancel_free_hours", 0, 8760),
    "reminder_hours": whole("reminder_hours", 0, 720),
    "needs_phone": bool,
    "waiting_offer_minutes": whole("waiting_offer_minutes", 5, 10_080),
}
OFFERING: Final[dict[str, Check]] = {
    **NAMED,
    "mode": one_of("mode", Mode.values),
    "slug": check_slug,
    "name": check_text("name", 120, required=True),
    "description": check_text("description", 5000),
    "durations": lambda value: check_durations(list(value)) if value else [],
    "grid_minutes": _grid("grid_minutes", or_none=True),
    "fixed_starts": check_starts,
    "buffer_before": whole("buffer_before", 0, MAX_DURATION, step=STEP),
    "buffer_after": whole("buffer_after", 0, MAX_DURATION, step=STEP),
    "lead_minutes": whole("lead_minutes", 0, 525_600, or_none=True),
    "horizon_days": whole("horizon_days", 1, 1000, or_none=True),
    "party_min": whole("party_min", 1, 10_000),
    "party_max": whole("party_max", 1, 10_000),
    "prepayment": one_of("prepayment", Prepayment.values),
    "deposit_value": whole("deposit_value", 0, MAX_MINOR),
    "hold_minutes": whole("hold_minutes", 1, 1440, or_none=True),
    "needs_approval": bool,
    "approval_hours": whole("approval_hours", 1, 8760, or_none=True),
    "cancel_free_hours": whole("cancel_free_hours", 0, 8760, or_none=True),
    "check_in_minute": whole("check_in_minute", 0, 1435, step=STEP),
    "check_out_minute": whole("check_out_minute", 0, 1435, step=STEP),
    "included_guests": whole("included_guests", 1, 10_000),
    "capacity": whole("capacity", 1, 10_000),
    "is_shared": bool,
    "has_waiting_list": bool,
    "repeats_up_to": whole("repeats_up_to", 1, 52),
    "is_public": bool,
}

"""What can be said about an offering, as it comes from a form or the API, and the checks it must pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypedDict

from horarium.kit.text import slugify_ascii
from horarium.platform.tenancy.rules import check_text, check_translations, refuse

from ..models import Prepayment
from ..rules import MAX_DURATION, STEP, Translations, check_durations


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """`quantity` of `choices` (public ids of resources and pools) from one minute of the booking to another.

    With an `id` the requirement of that id is changed, else one is added. `extra`: only when the guest takes
    the extra of this id, or of this number among the extras sent along (`#0`).
    """

    choices: tuple[str, ...]
    label: str = ""
    quantity: int = 1
    from_minute: int = 0
    until_minute: int | None = None
    is_choosable: bool = False
    extra: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class ExtraDraft:
    name: str
    summary: str = ""
    translations: Translations = field(default_factory=dict)
    id: str = ""


class OfferingFields(TypedDict, total=False):
    """`needs` and `extras` replace all that the offering had. `location`, `category`, `photo`: public ids."""

    location: str
    category: str
    slug: str
    name: str
    summary: str
    description: str
    translations: Translations
    photo: str
    durations: Sequence[int]
    grid_minutes: int | None
    fixed_starts: Sequence[int]
    buffer_before: int
    buffer_after: int
    lead_minutes: int | None
    horizon_days: int | None
    party_min: int
    party_max: int
    prepayment: str
    deposit_value: int
    hold_minutes: int | None
    needs_approval: bool
    cancel_free_hours: int | None
    position: int
    is_public: bool
    is_active: bool
    needs: Sequence[NeedDraft]
    extras: Sequence[ExtraDraft]


class BookingRulesFields(TypedDict, total=False):
    grid_minutes: int
    lead_minutes: int
    horizon_days: int
    hold_minutes: int
    cancel_free_hours: int
    reminder_hours: int
    needs_phone: bool


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


def check_prepayment(value: Any) -> str:
    if value not in Prepayment.values:
        raise refuse("prepayment", "unknown", "no such prepayment", allowed=Prepayment.values)
    return str(value)


def _grid(name: str, *, or_none: bool) -> Callable[[Any], int | None]:
    return whole(name, STEP, 1440, step=STEP, or_none=or_none)


RULES: Final[dict[str, Callable[[Any], Any]]] = {
    "grid_minutes": _grid("grid_minutes", or_none=False),
    "lead_minutes": whole("lead_minutes", 0, 525_600),
    "horizon_days": whole("horizon_days", 1, 1000),
    "hold_minutes": whole("hold_minutes", 1, 1440),
    "cancel_free_hours": whole("cancel_free_hours", 0, 8760),
    "reminder_hours": whole("reminder_hours", 0, 720),
    "needs_phone": bool,
}
OFFERING: Final[dict[str, Callable[[Any], Any]]] = {
    "slug": check_slug,
    "name": check_text("name", 120, required=True),
    "summary": check_text("summary", 200),
    "description": check_text("description", 5000),
    "translations": check_translations,
    "durations": lambda value: check_durations(list(value)),
    "grid_minutes": _grid("grid_minutes", or_none=True),
    "fixed_starts": check_starts,
    "buffer_before": whole("buffer_before", 0, MAX_DURATION, step=STEP),
    "buffer_after": whole("buffer_after", 0, MAX_DURATION, step=STEP),
    "lead_minutes": whole("lead_minutes", 0, 525_600, or_none=True),
    "horizon_days": whole("horizon_days", 1, 1000, or_none=True),
    "party_min": whole("party_min", 1, 10_000),
    "party_max": whole("party_max", 1, 10_000),
    "prepayment": check_prepayment,
    "deposit_value": whole("deposit_value", 0, 10**12),
    "hold_minutes": whole("hold_minutes", 1, 1440, or_none=True),
    "needs_approval": bool,
    "cancel_free_hours": whole("cancel_free_hours", 0, 8760, or_none=True),
    "position": whole("position", 0, 1_000_000),
    "is_public": bool,
    "is_active": bool,
}


def clean(fields: Mapping[str, Any], checks: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    """The given fields in the form that is stored."""
    for name in fields:
        if name not in checks:
            raise refuse(name, "unknown_field", "no such field")
    return {name: checks[name](value) for name, value in fields.items()}

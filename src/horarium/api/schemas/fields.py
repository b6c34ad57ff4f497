"""Types of input fields: what the database and the calendar can hold, and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 2000, 2099
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# Everything but control characters; a line break is allowed where people write texts.
_LINE = r"^[^\x00-\x1f\x7f]*$"
_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


class Input(BaseModel):
    """A body: fields that are not declared are refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, str_strip_whitespace=False)


def _instant(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    # A plus sign that nobody escaped reaches a query as a space.
    text = re.sub(r" (?=\d\d:\d\d$)", "+", value) if isinstance(value, str) else ""
    if not _INSTANT.fullmatch(text):
        raise PydanticCustomError("instant", "not an instant")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("instant", "not an instant") from None
    if found.tzinfo is None:
        raise PydanticCustomError("zone_missing", "without an offset")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise PydanticCustomError("date", "out of reach")
    return found.astimezone(UTC)


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and _DATE.fullmatch(value) else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise PydanticCustomError("date", "not a date within reach")
    return found


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-12-01T10:00:00+03:00"]}),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-12-01"]}),
]
Key = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_-]+$")]
Line = Annotated[str, StringConstraints(max_length=120, pattern=_LINE)]
LongLine = Annotated[str, StringConstraints(max_length=254, pattern=_LINE)]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=_TEXT)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=10_080)]
People = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Basis = Literal[
    "flat", "per_hour", "per_person", "per_person_hour", "per_day", "per_person_day", "per_night", "per_person_night",
]  # fmt: skip

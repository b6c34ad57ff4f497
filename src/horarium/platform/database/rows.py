"""Many new rows by one statement, where every round trip counts.

Foreign keys are checked at commit, so parts that do not read each other may stand in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from .prepared import prepared_cursor

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z
_encoder = DjangoJSONEncoder()


@dataclass(frozen=True, slots=True)
class Part:
    """A common table expression, with named parameters that no other part of the statement has."""

    name: str
    sql: str
    parameters: Mapping[str, Any]


def write_together(parts: Sequence[Part], select: str) -> list[tuple[Any, ...]]:
    """Run the parts, each of which may read those before it; returns the rows of `select`."""
    together = ", ".join(f"{part.name} AS ({part.sql})" for part in parts)
    parameters: dict[str, Any] = {}
    for part in parts:
        parameters |= part.parameters
    with prepared_cursor() as cursor:
        cursor.execute(f"WITH {together} {select}", parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@cache
def columns_of(model: type[Model], *but: str) -> str:
    """Columns of a table as a list in SQL, without its key and without those named."""
    return ", ".join(f'"{column}"' for column, _ in _fields(model) if column not in but)


def rows_of(objects: Iterable[Model]) -> str:
    """Unsaved objects as JSON, for `json_populate_recordset(NULL::<their table>, …)`."""
    return as_json([{column: getattr(one, name) for column, name in _fields(type(one))} for one in objects])


def as_json(value: object) -> str:
    """For a column or parameter of JSON: instants as ISO texts, decimals and lazy texts as plain ones."""
    return orjson.dumps(value, default=_encoder.default, option=_OPTIONS).decode()


def as_array(keys: Iterable[int]) -> str:
    """For a parameter that is compared with `= ANY(…)`. The driver looks at every element of a list several times."""
    return "{" + ",".join(map(str, keys)) + "}"


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(field.column), field.attname) for field in model._meta.concrete_fields if not field.primary_key
    )

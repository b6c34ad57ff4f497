"""Many new rows by one statement, where every round trip counts.

A `Part` inserts rows that nobody in the statement waits for; `write_together` runs parts beside a main one, all in
the form of common table expressions. Foreign keys are checked at commit, so the order of the parts is of no matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model

from .prepared import prepared_cursor


@dataclass(frozen=True, slots=True)
class Part:
    """An `INSERT` with named parameters, each of which starts with the part's own name."""

    name: str
    sql: str
    parameters: Mapping[str, Any]


def write_together(sql: str, parameters: Mapping[str, Any], parts: Sequence[Part]) -> list[tuple[Any, ...]]:
    """Run `sql` (which begins with `WITH`) and the parts; returns the rows that it selects."""
    beside = "".join(f"{part.name} AS ({part.sql}), " for part in parts)
    merged = dict(parameters)
    for part in parts:
        merged |= part.parameters
    with prepared_cursor() as cursor:
        cursor.execute(sql.replace("WITH ", f"WITH {beside}", 1), merged)
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
    return json.dumps(value, ensure_ascii=False, default=_instant)


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(field.column), field.attname) for field in model._meta.concrete_fields if not field.primary_key
    )


def _instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a row")

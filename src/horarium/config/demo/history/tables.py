"""Many rows at once: collected in memory, written with COPY."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

BATCH = 1000


class Table:
    """Rows of one model. `add` gives the id at once, so that other rows can name it."""

    def __init__(self, model: type[Model]) -> None:
        self.name = model._meta.db_table
        self.fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
        self._plain = [(one.attname, one.get_default, isinstance(one, JSONField)) for one in self.fields]
        self.rows: list[list[Any]] = []
        self._ids = self._numbers()

    def add(self, **values: Any) -> int:
        """Columns by their attribute name (`order_id`); a missing one takes the default of its field."""
        key: int = values.setdefault("id", None) or self.reserve()
        values["id"] = key
        row = []
        for name, default, is_json in self._plain:
            value = values.pop(name) if name in values else default()
            row.append(json.dumps(value, ensure_ascii=False) if is_json and value is not None else value)
        self.rows.append(row)
        if values:
            raise TypeError(f"{self.name} has no {', '.join(values)}")
        return key

    def reserve(self) -> int:
        """A key for a row that is added later."""
        return next(self._ids)

    def write(self) -> None:
        columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in self.fields)
        with connection.cursor() as cursor:
            self._copy(cursor, f"COPY {self.name} ({columns}) FROM STDIN")
            # The checks at commit run with plans: without fresh statistics they read whole tables, row by row.
            cursor.execute(f"ANALYZE {self.name}")
        self.rows.clear()

    def _copy(self, cursor: Any, statement: str) -> None:
        with cursor.copy(statement) as copy:
            for row in self.rows:
                copy.write_row(row)

    def _numbers(self) -> Iterator[int]:
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [self.name, BATCH],
                )
                numbers = [row[0] for row in cursor.fetchall()]
            yield from numbers

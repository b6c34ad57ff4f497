"""Statements that the server plans once for each connection: for the few that every request asks.

Planning such a statement takes longer than running it. Only plain SQL of ours goes here; the ORM binds on the client.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg.types.numeric import Int8BinaryLoader

MICROSECONDS: Final = 1_000_000
COUNTED_FROM: Final = 946_684_800
"""PostgreSQL counts instants from the year 2000: its beginning, in seconds as Unix counts them."""
_PLACE = re.compile(r"%(?:\((\w+)\)s|s|%)")


def prepared_cursor(*, counts: bool = False) -> CursorWrapper:
    """A cursor that keeps the plan of what is asked again and again (setting `PREPARE_STATEMENTS`).

    `counts`: instants come as PostgreSQL keeps them, in microseconds, to be read with `seconds_of`. For lists that show
    them in the zone of each location: turning them into the session's zone or into seconds first is work for nothing.
    """
    # Asked for once: the way to a thread's connection is longer than it looks.
    backend: Any = connections[DEFAULT_DB_ALIAS]
    backend.ensure_connection()
    with backend.wrap_database_errors:
        cursor = (_CountingCursor if counts else _NumberedCursor).on(backend.connection)
    wrapped: CursorWrapper = backend._prepare_cursor(cursor)
    return wrapped


def seconds_of(counted: int) -> float:
    """An instant of a cursor that counts, in seconds as Unix counts them."""
    return counted / MICROSECONDS + COUNTED_FROM


class _NumberedCursor(psycopg.RawCursor[Any]):
    """Takes `%s` and `%(name)s` and sends `$1`. The driver's own cursors read a long statement anew each time.

    Rows come in the binary format, which costs both sides less than texts. So JSON comes as objects, where Django's own
    cursors leave it a text for their fields.

    Making a cursor takes a sixth of asking a short question, so a connection keeps the one that is closed for the next.
    """

    @classmethod
    def on(cls, connection: psycopg.Connection[Any]) -> _NumberedCursor:
        kept: _NumberedCursor | None = connection.__dict__.pop(cls.__name__, None)
        return kept or cls(connection)

    def close(self) -> None:
        self.connection.__dict__[type(self).__name__] = self

    def execute(
        self, query: Any, params: Sequence[Any] | Mapping[str, Any] | None = None, **options: Any
    ) -> _NumberedCursor:
        options.setdefault("binary", True)
        if params is None:
            return super().execute(query, **options)
        sql, names = numbered(query)
        if isinstance(params, Mapping):
            params = [params[name] for name in names]
        return super().execute(sql, params, **options)


class _CountingCursor(_NumberedCursor):
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_loader("timestamptz", Int8BinaryLoader)


@lru_cache(maxsize=256)
def numbered(query: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1`, `$2` for its places, and the names of them; `%s` have none."""
    names: dict[str, int] = {}
    plain = iter(range(1, query.count("%s") + 1))

    def number(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%"
        if place[1] is None:
            return f"${next(plain)}"
        return f"${names.setdefault(place[1], len(names) + 1)}"

    return _PLACE.sub(number, query).encode(), tuple(names)

"""Statements that the server plans once for each connection: for the few that every request asks.

Planning such a statement takes longer than running it. Only plain SQL of ours goes here; the ORM binds on the client.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

_cursor_class: Any = base.ServerBindingCursor


def prepared_cursor() -> CursorWrapper:
    """A cursor that keeps the plan of what is asked again and again (setting `PREPARE_STATEMENTS`)."""
    # Asked for once: the way to a thread's connection is longer than it looks.
    backend: Any = connections[DEFAULT_DB_ALIAS]
    backend.ensure_connection()
    with backend.wrap_database_errors:
        cursor = _cursor_class(backend.connection)
    wrapped: CursorWrapper = backend._prepare_cursor(cursor)
    return wrapped

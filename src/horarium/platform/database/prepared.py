"""Statements that the server plans once for each connection: for the few that every request asks.

Planning such a statement takes longer than running it. Only plain SQL of ours goes here; the ORM binds on the client.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

# What django-stubs does not know of the PostgreSQL backend.
_backend: Any = connection
_cursor_class: Any = base.ServerBindingCursor


def prepared_cursor() -> CursorWrapper:
    """A cursor that keeps the plan of what is asked again and again (setting `PREPARE_STATEMENTS`)."""
    _backend.ensure_connection()
    with _backend.wrap_database_errors:
        cursor = _cursor_class(_backend.connection)
    wrapped: CursorWrapper = _backend._prepare_cursor(cursor)
    return wrapped

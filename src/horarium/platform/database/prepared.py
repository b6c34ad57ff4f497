"""Statements that the server plans once for each connection: for the few that every request asks.

Planning such a statement takes longer than running it. Only plain SQL of ours goes here; the ORM binds on the client.
"""

from __future__ import annotations

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


def prepared_cursor() -> CursorWrapper:
    """A cursor that keeps the plan of what is asked again and again (setting `PREPARE_STATEMENTS`)."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = ServerBindingCursor(connection.connection)
    wrapped: CursorWrapper = connection._prepare_cursor(cursor)
    return wrapped

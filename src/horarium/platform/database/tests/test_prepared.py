"""Statements as Django writes them, sent with the places of PostgreSQL."""

from typing import Any

import pytest

from horarium.platform.database.prepared import numbered, prepared_cursor


@pytest.mark.parametrize(
    ("written", "sent", "names"),
    [
        ("SELECT 1", b"SELECT 1", ()),
        ("SELECT %s, %s", b"SELECT $1, $2", ()),
        ("SELECT %(b)s, %(a)s, %(b)s", b"SELECT $1, $2, $1", ("b", "a")),
        ("SELECT 7 %% %s", b"SELECT 7 % $1", ()),
    ],
)
def test_places_are_numbered_as_they_come(written: str, sent: bytes, names: tuple[str, ...]) -> None:
    assert numbered(written) == (sent, names)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "given", "found"),
    [
        ("SELECT 'a%b'", None, "a%b"),
        ("SELECT %s::text || %s::text", ["a", "%s"], "a%s"),
        ("SELECT %(a)s::text || %(b)s::text || %(a)s::text", {"b": "$1", "a": "x", "unused": 1}, "x$1x"),
    ],
)
def test_values_arrive_where_they_belong(written: str, given: Any, found: str) -> None:
    with prepared_cursor() as cursor:
        cursor.execute(written, given)
        assert cursor.fetchall() == [(found,)]

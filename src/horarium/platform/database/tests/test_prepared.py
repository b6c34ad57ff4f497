"""Statements as Django writes them, sent with the places of PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError

from horarium.platform.database.prepared import numbered, prepared_cursor, seconds_of


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


@pytest.mark.django_db
def test_a_closed_cursor_serves_the_next_question_and_an_open_one_nobody_else() -> None:
    with prepared_cursor() as first:
        first.execute("SELECT generate_series(1, 3)")
        assert first.fetchone() == (1,)
        with prepared_cursor() as second:
            second.execute("SELECT 7")
            assert second.fetchone() == (7,)
        assert first.fetchall() == [(2,), (3,)]
    with prepared_cursor() as third:
        assert third.cursor is first.cursor
        assert third.cursor is not second.cursor


@pytest.mark.django_db
def test_json_comes_as_objects_and_bytes_as_bytes() -> None:
    with prepared_cursor() as cursor:
        cursor.execute(
            """SELECT '{"a": [1]}'::jsonb, '[2]'::json, '\\x00ff'::bytea, 1.5::float8, NULL::int"""
        )
        assert cursor.fetchone() == ({"a": [1]}, [2], b"\x00\xff", 1.5, None)


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["2026-12-01T10:00:00.123456+00:00", "1931-05-03T23:59:59.999999+03:00"])
def test_a_cursor_that_counts_gives_instants_in_microseconds_and_the_other_does_not(written: str) -> None:
    moment = datetime.fromisoformat(written)
    asked = "SELECT %s::timestamptz, NULL::timestamptz, now() - now()"
    with prepared_cursor(counts=True) as counting:
        counting.execute(asked, [written])
        counted, nothing, _ = counting.fetchone()
        assert datetime.fromtimestamp(seconds_of(counted), UTC) == moment
        assert nothing is None
    with prepared_cursor() as plain:
        plain.execute(asked, [written])
        assert plain.fetchone()[0] == moment


@pytest.mark.django_db
def test_a_cursor_whose_statement_failed_serves_the_next(transactional_db: None) -> None:
    with pytest.raises(DataError), prepared_cursor() as cursor:
        cursor.execute("SELECT 1 / %s", [0])
    with prepared_cursor() as cursor:
        cursor.execute("SELECT 1 / %s", [1])
        assert cursor.fetchall() == [(1,)]

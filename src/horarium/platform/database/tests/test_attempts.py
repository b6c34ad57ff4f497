"""An attempt that fails leaves nothing behind, with a savepoint or without."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from horarium.kit.errors import Conflict
from horarium.platform.database.attempts import attempt, in_transaction


@pytest.fixture(autouse=True)
def numbers(transactional_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE number (value int)")
        yield
        cursor.execute("DROP TABLE number")


def write(value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO number VALUES (%s)", [value])


def written() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM number ORDER BY value")
        return [row[0] for row in cursor.fetchall()]


def fail() -> None:
    with attempt():
        write(2)
        raise Conflict("taken")


def test_an_attempt_that_succeeds_at_once_costs_no_savepoint() -> None:
    def run() -> str:
        with attempt():
            write(1)
        return "done"

    with CaptureQueriesContext(connection) as asked:
        assert in_transaction(run) == "done"
    assert [one["sql"].split()[0] for one in asked] == ["BEGIN", "INSERT", "COMMIT"]
    assert written() == [1]


def test_where_an_attempt_fails_all_is_begun_anew_and_the_next_attempt_goes_on() -> None:
    seen: list[int] = []

    def run() -> int:
        write(1)
        for number in (2, 3):
            try:
                with attempt():
                    seen.append(number)
                    write(number)
                    if number == 2:
                        raise Conflict("somebody was quicker")
            except Conflict:
                continue
        return len(seen)

    assert in_transaction(run) == 3
    assert seen == [2, 2, 3]
    assert written() == [1, 3]


def test_what_fails_for_good_leaves_nothing_and_says_why() -> None:
    def run() -> None:
        write(1)
        fail()

    with pytest.raises(Conflict, match="taken"):
        in_transaction(run)
    assert written() == []


def test_inside_of_another_transaction_an_attempt_has_its_savepoint() -> None:
    def run() -> None:
        with pytest.raises(Conflict):
            fail()

    with transaction.atomic():
        write(1)
        in_transaction(run)
    assert written() == [1]


def test_alone_an_attempt_is_a_transaction() -> None:
    with pytest.raises(Conflict):
        fail()
    with attempt():
        write(1)
    assert written() == [1]

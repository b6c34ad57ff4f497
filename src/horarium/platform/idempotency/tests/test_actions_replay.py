"""The same key and request get the same answer (T-34)."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from horarium.kit.clock import frozen
from horarium.kit.errors import InvalidInput
from horarium.platform.database.rows import Part, write_together
from horarium.platform.idempotency.actions import (
    AlreadyAnswered,
    Answer,
    IdempotencyInFlight,
    IdempotencyMismatch,
    SentKey,
    answered_once,
    keep,
    keep_beside,
    prune_answers,
    replay_or_run,
    request_hash,
)
from horarium.platform.idempotency.models import IdempotencyRecord

pytestmark = pytest.mark.django_db
REQUEST = request_hash("POST", "/orders", b"{}")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def answering(*answers: Answer) -> tuple[Callable[[], Answer], list[Answer]]:
    """A request's work that gives these answers in turn, and those that are left."""
    left = list(answers)
    return lambda: left.pop(0), left


def send(
    run: Callable[[], Answer], *, owner: str = "biz_a", key: str = "k", request: str = REQUEST
) -> Answer:
    with transaction.atomic():
        return replay_or_run(SentKey(owner, key, request), run)


def test_the_first_answer_is_given_again() -> None:
    run, left = answering(Answer(201, b"one", {"Location": "/1"}), Answer(201, b"two"))
    assert send(run) == Answer(201, b"one", {"Location": "/1"})
    assert send(run) == Answer(201, b"one", {"Location": "/1"}, is_replay=True)
    assert len(left) == 1


def test_another_request_under_the_key_is_refused() -> None:
    run, left = answering(Answer(201, b"one"), Answer(201, b"two"))
    send(run)
    with pytest.raises(IdempotencyMismatch):
        send(run, request=request_hash("POST", "/orders", b'{"party":2}'))
    assert len(left) == 1


def test_keys_of_different_owners_are_different() -> None:
    run, _ = answering(Answer(201, b"one"), Answer(201, b"two"))
    assert send(run).body == b"one"
    assert send(run, owner="biz_b").body == b"two"


@pytest.mark.parametrize("status", [200, 201, 404, 422])
def test_successes_and_refusals_of_the_request_are_kept(status: int) -> None:
    run, left = answering(Answer(status, b"one"), Answer(201, b"two"))
    send(run)
    assert send(run).status == status
    assert len(left) == 1


@pytest.mark.parametrize("status", [409, 429, 500, 503])
def test_what_may_succeed_later_is_not_kept(status: int) -> None:
    run, _ = answering(Answer(status, b"one"), Answer(201, b"two"))
    assert send(run).status == status
    assert send(run) == Answer(201, b"two")


def test_an_answer_is_kept_for_24_hours() -> None:
    run, _ = answering(Answer(201, b"one"), Answer(201, b"two"))
    with frozen(NOON):
        send(run)
    with frozen(NOON + timedelta(hours=23, minutes=59)):
        assert send(run).body == b"one"
        assert prune_answers() == 0
    with frozen(NOON + timedelta(hours=24)):
        assert send(run).body == b"two"
    with frozen(NOON + timedelta(hours=49)):
        assert prune_answers() == 1


def test_a_rolled_back_request_can_be_sent_again() -> None:
    run, _ = answering(Answer(201, b"one"), Answer(201, b"two"))
    with transaction.atomic():
        replay_or_run(SentKey("biz_a", "k", REQUEST), run)
        transaction.set_rollback(True)
    assert send(run) == Answer(201, b"two")


def test_it_costs_one_lookup_and_one_insert() -> None:
    run, _ = answering(Answer(201, b"one"))
    with transaction.atomic(), CaptureQueriesContext(connection) as first:
        replay_or_run(SentKey("biz_a", "k", REQUEST), run)
    with transaction.atomic(), CaptureQueriesContext(connection) as second:
        replay_or_run(SentKey("biz_a", "k", REQUEST), run)
    assert (len(first), len(second)) == (2, 1)


def send_together(answer: Answer, *, request: str = REQUEST) -> None:
    part = keep_beside(SentKey("biz_a", "k", request), answer)
    with answered_once(), transaction.atomic():
        write_together([part], "SELECT 1")


def test_an_answer_that_is_written_with_other_rows_is_given_again() -> None:
    run, left = answering(Answer(201, b"two"))
    send_together(Answer(201, b"one", {"Location": "/1"}))
    assert send(run) == Answer(201, b"one", {"Location": "/1"}, is_replay=True)
    assert left


@pytest.mark.parametrize("request_again", [REQUEST, request_hash("POST", "/orders", b"other")])
def test_who_has_not_looked_is_told_that_there_is_an_answer(request_again: str) -> None:
    run, _ = answering(Answer(201, b"one"))
    send(run)
    with pytest.raises(AlreadyAnswered):
        send_together(Answer(201, b"two"), request=request_again)
    with pytest.raises(AlreadyAnswered), transaction.atomic():
        keep(SentKey("biz_a", "k", request_again), Answer(201, b"two"))
    assert IdempotencyRecord.objects.get().body == b"one"


def test_an_answer_that_has_expired_makes_way_for_who_looks() -> None:
    run, _ = answering(Answer(201, b"two"))
    with frozen(NOON):
        send_together(Answer(201, b"one"))
    with frozen(NOON + timedelta(hours=25)):
        with pytest.raises(AlreadyAnswered):
            send_together(Answer(201, b"two"))
        assert send(run).body == b"two"
    with frozen(NOON + timedelta(hours=50)), transaction.atomic():
        keep(SentKey("biz_a", "k", REQUEST), Answer(201, b"three"))
    assert IdempotencyRecord.objects.get().body == b"three"


def test_other_errors_of_the_database_are_not_about_the_key() -> None:
    broken = Answer(201, b"one", {})
    part = keep_beside(SentKey("biz_a", "k", REQUEST), broken)
    missing = Part(part.name, part.sql, {**part.parameters, "key_body": None})
    with pytest.raises(IntegrityError), answered_once(), transaction.atomic():
        write_together([missing], "SELECT 1")


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_has_a_sensible_length(key: str) -> None:
    with pytest.raises(InvalidInput):
        send(lambda: Answer(201, b""), key=key)


@pytest.mark.django_db(transaction=True)
def test_a_second_request_while_the_first_runs_is_told_so() -> None:
    is_running, may_end = Event(), Event()
    answers: list[Answer] = []

    def work_slowly() -> Answer:
        is_running.set()
        assert may_end.wait(10)
        return Answer(201, b"one")

    def first() -> None:
        try:
            answers.append(send(work_slowly))
        finally:
            connection.close()

    thread = Thread(target=first)
    thread.start()
    try:
        assert is_running.wait(10)
        with pytest.raises(IdempotencyInFlight):
            send(lambda: Answer(201, b"two"))
    finally:
        may_end.set()
        thread.join()
    assert send(lambda: Answer(201, b"two")).body == b"one"
    assert IdempotencyRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_appears_between_the_look_and_the_insert_undoes_the_second_request() -> None:
    """The advisory lock alone has this gap: the first request may commit right after the second has looked."""

    def work_while_the_first_ends() -> Answer:
        record = IdempotencyRecord(
            owner="biz_a",
            key_hash=_key_hash("biz_a", "k"),
            request_hash=REQUEST,
            status=201,
            body=b"one",
            created_at=NOON,
        )

        def save() -> None:
            record.save()
            connection.close()

        thread = Thread(target=save)
        thread.start()
        thread.join()
        return Answer(201, b"two")

    with frozen(NOON):
        with pytest.raises(IdempotencyInFlight):
            send(work_while_the_first_ends)
        assert send(lambda: Answer(201, b"three")).body == b"one"


def _key_hash(owner: str, key: str) -> str:
    return hashlib.sha256(f"{owner}\n{key}".encode()).hexdigest()

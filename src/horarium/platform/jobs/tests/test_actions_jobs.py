"""Jobs that fail are tried again, shown, and run again by hand. Run by the real worker."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from horarium.kit.clock import frozen, now
from horarium.kit.errors import NotFound
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.queries import list_entries
from horarium.platform.jobs.actions import prune_jobs, run_again
from horarium.platform.jobs.declare import job
from horarium.platform.jobs.queries import count_given_up, list_failures
from horarium.platform.jobs.queue import BACK_OFF, BackOff, defer
from tests.factories import make_business

NAME = "tests.work"
_work: list[Callable[[int], None]] = []


@job(NAME, queue="tests", retry=BackOff(attempts=2, first=timedelta(0)))
def work(business_id: int) -> None:
    _work[-1](business_id)


@pytest.fixture
def let_work() -> Iterator[Callable[[Callable[[int], None]], None]]:
    yield _work.append
    _work.clear()


def run_worker() -> None:
    """Until nothing is left to do."""
    connector: Any = app.connector.get_worker_connector()  # type: ignore[attr-defined]

    async def run() -> None:
        with app.replace_connector(connector) as working:
            async with working.open_async():
                await working.run_worker_async(
                    queues=["tests"], wait=False, listen_notify=False, install_signal_handlers=False
                )

    async_to_sync(run)()


def fail(business_id: int) -> None:
    raise ValueError("the kettle is cold")


def states() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [NAME])
        return [status for (status,) in cursor.fetchall()]


def test_pauses_grow_until_the_eighth_try() -> None:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    pauses = []
    with frozen(at):
        for attempts in range(8):
            made = Job(id=1, lock=None, queueing_lock=None, task_name="t", queue="q", attempts=attempts)
            decision = BACK_OFF.get_retry_decision(exception=ValueError(), job=made)
            pauses.append(decision and decision.retry_at and int((decision.retry_at - at).total_seconds()))
    assert pauses == [5, 20, 80, 320, 1280, 5120, 20480, None]


@pytest.mark.django_db(transaction=True)
def test_a_job_belongs_to_the_transaction_that_defers_it() -> None:
    with transaction.atomic():
        defer(NAME, queue="tests", business_id=1)
        transaction.set_rollback(True)
    assert states() == []
    defer(NAME, queue="tests", business_id=1)
    assert states() == ["todo"]


@pytest.mark.django_db(transaction=True)
def test_a_failing_job_is_given_up_shown_and_run_again(let_work: Any) -> None:
    """T-134."""
    business, other = make_business(), make_business()
    let_work(fail)
    defer(NAME, queue="tests", business_id=business.pk)
    run_worker()
    assert states() == ["failed"]
    [failure] = list_failures(business.pk).failures
    assert (failure.task, failure.error) == (NAME, "ValueError: the kettle is cold")
    assert (failure.tries, failure.retry_at) == (2, None)
    assert (count_given_up(business.pk), count_given_up(other.pk)) == (1, 0)

    with pytest.raises(NotFound):
        run_again(other.pk, failure.public_id, Actor.system())
    assert states() == ["failed"]

    done: list[int] = []
    let_work(done.append)
    run_again(business.pk, failure.public_id, Actor.system())
    run_worker()
    assert done == [business.pk]
    assert states() == ["succeeded"]
    assert list_failures(business.pk).failures == ()
    assert [entry.action for entry in list_entries(business.pk).entries] == ["job.run_again"]


@pytest.mark.django_db(transaction=True)
def test_what_a_job_defers_belongs_to_its_own_transaction(let_work: Any) -> None:
    """The worker's own connections must not be used for it."""
    business = make_business()

    def defer_and_fail(business_id: int) -> None:
        with transaction.atomic():
            defer("tests.never", queue="elsewhere", business_id=business_id)
            raise ValueError

    let_work(defer_and_fail)
    defer(NAME, queue="tests", business_id=business.pk)
    run_worker()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tests.never'")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_finished_jobs_are_swept_after_thirty_days(let_work: Any) -> None:
    """T-135."""
    business = make_business()
    let_work(fail)
    defer(NAME, queue="tests", business_id=business.pk)
    run_worker()
    defer(NAME, queue="tests", business_id=business.pk)
    with frozen(now() + timedelta(days=29)):
        assert prune_jobs() == 0
    with frozen(now() + timedelta(days=31)):
        assert prune_jobs() == 1
    assert states() == ["todo"]
    assert list_failures(business.pk).failures == ()

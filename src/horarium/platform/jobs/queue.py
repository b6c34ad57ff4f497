"""Jobs on PostgreSQL: put in with the transaction that wants them, tried again with growing pauses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from horarium.kit.clock import now

# The worker swaps the connector of the shared app for one with connections of its own. Jobs must go in
# through Django's connection there, too, or they would not belong to the transaction that defers them.
_jobs = JobManager(DjangoConnector())


class BackOff(BaseRetryStrategy):
    """Try again after `first`, then after `factor` times as long each time, up to `attempts` tries in all.

    By default after 5 s, 20 s, 80 s … 5 h 41 min: the eighth and last try comes 7½ hours after the first.
    """

    def __init__(
        self, *, attempts: int = 8, first: timedelta = timedelta(seconds=5), factor: int = 4
    ) -> None:
        self.attempts = attempts
        self.first = first
        self.factor = factor

    def get_retry_decision(  # the signature is the library's
        self, *, exception: BaseException, job: Job
    ) -> RetryDecision | None:
        if job.attempts + 1 >= self.attempts:
            return None
        return RetryDecision(retry_at=now() + self.first * self.factor**job.attempts)


BACK_OFF = BackOff()


def defer(task: str, *, queue: str = "default", at: datetime | None = None, **arguments: Any) -> None:
    """Put one job into the current transaction. `arguments` are JSON and hold `business_id`."""
    defer_many(task, [arguments], queue=queue, at=at)


def defer_many(
    task: str, arguments: Iterable[dict[str, Any]], *, queue: str = "default", at: datetime | None = None
) -> None:
    """Put many jobs of one kind into the current transaction, with one statement."""
    _jobs.batch_defer_jobs(
        [
            Job(
                id=None,
                queue=queue,
                lock=None,
                queueing_lock=None,
                task_name=task,
                task_kwargs=one,
                scheduled_at=at,
            )
            for one in arguments
        ]
    )

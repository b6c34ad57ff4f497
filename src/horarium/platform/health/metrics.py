"""Prometheus: requests are counted where they are answered, queues are read when somebody asks.

The web processes write to files in a folder (`PROMETHEUS_MULTIPROC_DIR`), and their parent adds them up.
"""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram, Metric

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
QUEUES = """
    SELECT
        count(*) FILTER (WHERE status = 'todo'),
        count(*) FILTER (WHERE status = 'failed'),
        coalesce(extract(epoch FROM now() - min(scheduled_at) FILTER (WHERE status = 'todo')), 0)
    FROM procrastinate_jobs WHERE status IN ('todo', 'failed')
"""
OUTBOX_LAG = """
    SELECT coalesce(max(extract(epoch FROM now() - event.at)), 0)
    FROM (
        SELECT min(entry.at) AS at
        FROM procrastinate_jobs job
        JOIN procrastinate_events entry ON entry.job_id = job.id AND entry.type = 'deferred'
        WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()
    ) event
"""


@cache
def instruments() -> "tuple[Counter, Histogram]":
    from prometheus_client import Counter, Histogram

    labels = ("method", "route", "status")
    return (
        Counter("horarium_requests", "HTTP requests.", labels),
        Histogram("horarium_request_seconds", "Time to answer.", ("method", "route"), buckets=BUCKETS),
    )


def record_request(method: str, route: str, status: int, seconds: float) -> None:
    counter, histogram = instruments()
    counter.labels(method, route, str(status)).inc()
    histogram.labels(method, route).observe(seconds)


class Queues:
    """Depth of the queue, failures and the age of the oldest work, as they are at this moment."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily

        with psycopg.connect(self.database_url, connect_timeout=5) as connection:
            todo, failed, late = connection.execute(QUEUES).fetchone() or (0, 0, 0)
            (lag,) = connection.execute(OUTBOX_LAG).fetchone() or (0,)
        for name, about, value in [
            ("horarium_jobs_waiting", "Jobs that wait.", todo),
            ("horarium_jobs_failed", "Jobs that have failed for good.", failed),
            ("horarium_jobs_late_seconds", "How late the most overdue scheduled job is.", max(0, late)),
            ("horarium_outbox_lag_seconds", "Age of the oldest event or job not yet delivered.", lag),
        ]:
            yield GaugeMetricFamily(name, about, value=float(value))


def serve(host: str, port: int, database_url: str, folder: Path) -> None:
    """Answer /metrics on an address of its own, in a thread of the calling process."""
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    registry.register(Queues(database_url))
    start_http_server(port, host, registry)


def fresh_folder(folder: Path) -> Path:
    """Counters of processes that have gone would be counted for ever."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder

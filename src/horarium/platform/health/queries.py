"""Is everything that must run running?"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

# Workers beat every ten seconds.
WORKER_IS_SILENT_AFTER = timedelta(seconds=45)


@dataclass(frozen=True)
class Part:
    """One thing that must work. `detail` is empty when it does."""

    name: str
    detail: str

    @property
    def is_ready(self) -> bool:
        return not self.detail


def list_parts() -> list[Part]:
    try:
        connection.ensure_connection()
    except DatabaseError:
        unknown = "unknown while the database does not answer"
        return [
            Part("database", "does not answer"),
            Part("migrations", unknown),
            Part("worker", unknown),
        ]
    missing = count_missing_migrations()
    worker = "unknown before the migrations have run" if missing else describe_worker()
    return [
        Part("database", ""),
        Part("migrations", f"{missing} to run: horarium migrate" if missing else ""),
        Part("worker", worker),
    ]


_all_applied = False


def count_missing_migrations() -> int:
    """Looks once: a process never loses migrations that it has seen applied."""
    global _all_applied  # noqa: PLW0603
    if _all_applied:
        return 0
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _all_applied = missing == 0
    return missing


def describe_worker() -> str:
    """Empty when some worker has given a sign of life lately."""
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    if last is None:
        return "none is running: horarium worker"
    age = timezone.now() - last
    return f"silent for {age.seconds} s" if age > WORKER_IS_SILENT_AFTER else ""

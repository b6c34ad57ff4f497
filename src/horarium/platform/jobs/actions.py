"""What people do with failed jobs, and the broom."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django_scopes import scopes_disabled

from horarium.kit.clock import now
from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope

from .models import JobFailure

KEPT_FOR: Final = timedelta(days=30)
_RUN_AGAIN = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = NULL
WHERE id = %s AND status = 'failed'
"""
_HURRY = "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = %s AND status = 'todo'"
_PRUNE = """
DELETE FROM procrastinate_jobs
WHERE id IN (
    SELECT j.id FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id
    WHERE j.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
    GROUP BY j.id HAVING max(e.at) < %s)
"""


@transaction.atomic
def run_again(business_id: int, job_id: str, actor: Actor) -> None:
    """Let the worker try a failed job now, once. `job_id` is the public id of the failure. Raises NotFound."""
    with business_scope(business_id):
        failure = JobFailure.objects.select_for_update().filter(public_id=job_id).first()
    if failure is None or not _revive(failure.job_id):
        raise NotFound("job", params={"kind": "job"})
    failure.retry_at = now()
    failure.save(update_fields=["retry_at"])
    record(business_id, actor, "job.run_again", job_id, after={"task": failure.task, "tries": failure.tries})


def _revive(job_id: int) -> bool:
    """The queue's function for it refuses jobs that only wait for their next try, hence the statements."""
    with connection.cursor() as cursor:
        cursor.execute(_RUN_AGAIN, [job_id])
        if not cursor.rowcount:
            cursor.execute(_HURRY, [job_id])
        return bool(cursor.rowcount)


@transaction.atomic
def prune_jobs() -> int:
    """Delete finished jobs, and failures, older than thirty days. Returns how many jobs."""
    before = now() - KEPT_FOR
    with scopes_disabled():
        JobFailure.objects.filter(failed_at__lt=before).delete()
    with connection.cursor() as cursor:
        cursor.execute(_PRUNE, [before])
        return int(cursor.rowcount)

"""Keeps the last error of every job of a business, where its people can see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django_scopes import scope
from procrastinate.job_context import JobContext
from procrastinate.worker import Worker

from horarium.kit.clock import now

from .models import JobFailure

ERROR_LENGTH = 500


def keep_failures(call_next: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Task middleware. The error is written after the job's own transaction has been rolled back."""
    business_id, job_id = context.job.task_kwargs.get("business_id"), context.job.id
    if not isinstance(business_id, int) or job_id is None:
        return call_next()
    try:
        result = call_next()
    except Exception as error:
        _keep(business_id, job_id, context, error)
        raise
    if context.job.attempts:
        with scope(business=business_id):
            JobFailure.objects.filter(job_id=job_id).delete()
    return result


def _keep(business_id: int, job_id: int, context: JobContext, error: Exception) -> None:
    task = context.app.tasks.get(context.job.task_name)
    again = task.get_retry_exception(error, context.job) if task else None
    with scope(business=business_id), transaction.atomic():
        JobFailure.objects.update_or_create(
            business_id=business_id,
            job_id=job_id,
            defaults={
                "task": context.job.task_name,
                "error": f"{type(error).__name__}: {error}"[:ERROR_LENGTH],
                "tries": context.job.attempts + 1,
                "failed_at": now(),
                "retry_at": again.retry_decision.retry_at if again else None,
            },
        )

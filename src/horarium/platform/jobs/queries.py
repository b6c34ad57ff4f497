"""The list of what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from horarium.platform.tenancy.scope import business_scope

from .models import JobFailure

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class FailurePage:
    failures: tuple[JobFailure, ...]
    page: int
    total: int

    @property
    def has_next(self) -> bool:
        return self.page * PAGE_SIZE < self.total


def list_failures(business_id: int, page: int = 1) -> FailurePage:
    """Jobs whose last try failed, newest first. Without `retry_at` a job has been given up."""
    with business_scope(business_id):
        failures = JobFailure.objects.order_by("-failed_at", "-id")
        first = (max(page, 1) - 1) * PAGE_SIZE
        return FailurePage(tuple(failures[first : first + PAGE_SIZE]), max(page, 1), failures.count())


def count_given_up(business_id: int, since: datetime | None = None) -> int:
    """How many jobs wait for somebody to run them again."""
    with business_scope(business_id):
        given_up = JobFailure.objects.filter(retry_at=None)
        return (given_up if since is None else given_up.filter(failed_at__gte=since)).count()

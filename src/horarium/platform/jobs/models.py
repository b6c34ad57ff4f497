"""What went wrong in jobs that belong to a business."""

from __future__ import annotations

from django.db import models

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class JobFailure(BusinessOwned):
    """The last error of a job; a success deletes the row. `job_id` is the queue's own key."""

    public_id = PublicIdField(prefix="job")
    job_id = models.BigIntegerField()
    task = models.CharField(max_length=128)
    error = models.CharField(max_length=500)
    tries = models.PositiveSmallIntegerField()
    failed_at = models.DateTimeField()
    retry_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["business", "-failed_at"], name="job_failure_by_business")]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="job_failure_public_id"),
            models.UniqueConstraint(fields=["business", "job_id"], name="job_failure_once"),
        ]

    def __str__(self) -> str:
        return self.public_id

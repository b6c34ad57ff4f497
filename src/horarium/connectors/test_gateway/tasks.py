"""Jobs of the simulated gateway."""

from __future__ import annotations

from horarium.platform.jobs.declare import job

from . import delivery


@job(delivery.DELIVER, queue="payments")
def deliver(ref: str, states: list[str]) -> None:
    """Belongs to no business of ours: it is the outside system that tries again."""
    delivery.deliver(ref, states)

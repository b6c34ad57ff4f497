"""Declaring jobs and what runs by the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from procrastinate.contrib.django import app

from .queue import BACK_OFF, BackOff

F = TypeVar("F", bound=Callable[..., None])


def job(name: str, *, queue: str = "default", retry: BackOff = BACK_OFF) -> Callable[[F], F]:
    """The function is run by the worker for each `defer(name, …)`.

    `name` (`module.what_it_does`) is stored with every job: keep it when the function moves.
    Arguments are JSON and hold `business_id`. Jobs may run twice, so they must be idempotent.
    """

    def declare(function: F) -> F:
        app.task(name=name, queue=queue, retry=retry)(function)
        return function

    return declare


def periodic(cron: str, *, name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Run the function by the clock (UTC), once for all workers and never twice at a time."""

    def declare(function: Callable[[], Any]) -> Callable[[], Any]:
        def run(timestamp: int) -> None:
            function()

        task = app.task(name=name, queue="periodic", lock=name, queueing_lock=name)(run)
        app.periodic(cron=cron, periodic_id=name)(task)
        return function

    return declare

"""The nightly broom."""

from horarium.platform.jobs.declare import periodic

from .actions import prune_answers

periodic("20 3 * * *", name="idempotency.prune")(prune_answers)

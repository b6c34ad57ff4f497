"""The nightly broom."""

from horarium.platform.jobs.declare import periodic

from .actions import prune_sign_in_links

periodic("30 3 * * *", name="identity.prune")(prune_sign_in_links)

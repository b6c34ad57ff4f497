"""The nightly broom."""

from horarium.platform.jobs.declare import periodic

from .actions import prune_sign_in_links
from .second_factor import seal_anew

periodic("30 3 * * *", name="identity.prune")(prune_sign_in_links)
periodic("40 3 * * *", name="identity.seal_anew")(seal_anew)

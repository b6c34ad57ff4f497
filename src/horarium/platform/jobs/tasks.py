"""Jobs about jobs."""

from .actions import prune_jobs
from .declare import periodic

periodic("40 3 * * *", name="jobs.prune")(prune_jobs)

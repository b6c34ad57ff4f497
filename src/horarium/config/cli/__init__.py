"""The command line of the product: `horarium --help`."""

import sys

from horarium.config.cli.problems import Problem
from horarium.config.env import ConfigurationError
from horarium.kit.errors import HorariumError
from horarium.platform.database.embedded import EmbeddedDatabaseError


def main() -> None:
    """What a person can put right is told in one line; only what is a defect of ours shows a traceback."""
    from horarium.config.cli.commands import commands

    try:
        commands(standalone_mode=True)
    except (ConfigurationError, EmbeddedDatabaseError, HorariumError, Problem) as error:
        print(f"horarium: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)

"""Django's command line, with the embedded database running for as long as the command does."""

import os
import sys

from horarium.config import env
from horarium.config.cli.setup import leave_database
from horarium.config.locate import DATABASE_NAME, embedded_postgres
from horarium.platform.database.embedded import EmbeddedDatabaseError


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "horarium.config.settings")
    try:
        embedded = embedded_postgres(env.from_process())
        if embedded is None:
            return run(arguments)
        with embedded.running():
            embedded.ensure_database(DATABASE_NAME)
            try:
                return run(arguments)
            finally:
                leave_database()
    except (env.ConfigurationError, EmbeddedDatabaseError) as error:
        print(f"horarium: {error}", file=sys.stderr)
        return 1


def run(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(arguments)
    return 0

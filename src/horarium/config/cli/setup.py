"""Django and the database, ready for one command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from horarium.config import env
from horarium.config.cli.problems import check_database
from horarium.config.locate import DATABASE_NAME, database_url, embedded_postgres


@contextmanager
def product() -> Iterator[env.Configuration]:
    """Django is set up, and the embedded database (if it is the one) runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "horarium.config.settings")
    configuration = env.from_process()
    embedded = embedded_postgres(configuration)
    if embedded is None:
        set_up_django()
        yield configuration
        return
    with embedded.running():
        embedded.ensure_database(DATABASE_NAME)
        set_up_django()
        try:
            yield configuration
        finally:
            leave_database()


def leave_database() -> None:
    """Close the pool while its server still runs, so that none of its connections complains of the end."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL backend


def set_up_django() -> None:
    import django

    django.setup()


def migrate(configuration: env.Configuration) -> None:
    from django.core.management import call_command

    check_database(database_url(configuration))
    call_command("migrate", verbosity=0, interactive=False)

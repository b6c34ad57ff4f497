"""Django and the database, ready for one command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from horarium.config import env
from horarium.config.cli.problems import Problem
from horarium.config.locate import DATABASE_NAME, embedded_postgres


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
        yield configuration


def set_up_django() -> None:
    import django

    django.setup()


def migrate() -> None:
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise Problem(f"the database does not answer: {reason}; check DATABASE_URL") from error

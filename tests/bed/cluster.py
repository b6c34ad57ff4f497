"""One PostgreSQL for all test runs on this machine; every run takes databases of its own from a template."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from horarium.platform.database.embedded import EmbeddedPostgres

CACHE = Path(__file__).resolve().parents[2] / ".cache"
CLUSTER = EmbeddedPostgres(CACHE / "postgres", durable=False, connections=200)
OWNED_PREFIX = "run"


@contextmanager
def locked(name: str) -> Iterator[None]:
    with (CACHE / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def administrate(statement: str, *names: str) -> None:
    with psycopg.connect(CLUSTER.url("postgres", user="postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def existing_databases() -> set[str]:
    with psycopg.connect(CLUSTER.url("postgres", user="postgres"), autocommit=True) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def ensure_template() -> str:
    """The name of a database in which all migrations have run; built once for each state of the migrations."""
    name = f"template_{migrations_digest()}"
    with locked("template.lock"):
        existing = existing_databases()
        drop_left_over(existing)
        if name not in existing:
            draft = f"draft_{os.getpid()}"
            administrate("DROP DATABASE IF EXISTS {}", draft)
            CLUSTER.ensure_database(draft)
            migrate(draft)
            administrate("ALTER DATABASE {} RENAME TO {}", draft, name)
    return name


def drop_left_over(existing: set[str]) -> None:
    """Databases of runs that were killed."""
    for name in existing:
        prefix, _, rest = name.partition("_")
        pid = rest.partition("_")[0]
        if prefix in (OWNED_PREFIX, "draft") and pid.isdigit() and not Path(f"/proc/{pid}").exists():
            administrate("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def migrate(database: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    with connected_to(database):
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    """Let Django's default connection be one to this database."""
    from django.db import connection

    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def database_of_own(label: str) -> Iterator[str]:
    """A fresh copy of the template that is dropped afterwards."""
    template = ensure_template()
    name = f"{OWNED_PREFIX}_{os.getpid()}_{label}"
    with locked("template.lock"):
        administrate("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy", name, "horarium", template)
    try:
        yield name
    finally:
        administrate("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def migrations_digest() -> str:
    from django.apps import apps

    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(str(file.relative_to(config.path)).encode() + config.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]

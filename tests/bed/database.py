"""The database of the tests: a copy of the template for each process, cleaned fast after each test that commits."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests.bed.cluster import CLUSTER, connected_to, database_of_own


@pytest.fixture(scope="session")
def embedded_cluster() -> Iterator[None]:
    with CLUSTER.running():
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    embedded_cluster: None, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    from django.test import TransactionTestCase

    with django_db_blocker.unblock(), database_of_own("tests") as name, connected_to(name):
        keep = tables_with_rows(name)

        def clean(self: Any) -> None:
            from django.db import connection

            truncate(str(connection.settings_dict["NAME"]), keep=keep)

        patch = pytest.MonkeyPatch()
        patch.setattr(TransactionTestCase, "_fixture_teardown", clean)
        yield
        patch.undo()


TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
"""


def tables_with_rows(database: str) -> set[str]:
    """What migrations have filled: content types, permissions, the list of migrations."""
    with psycopg.connect(CLUSTER.url(database, user="postgres"), autocommit=True) as connection:
        names = [name for (name,) in connection.execute(TABLES).fetchall()]
        return filled(connection, names)


def truncate(database: str, *, keep: set[str]) -> None:
    """Empty every table but `keep`. Most are empty already, and looking is far cheaper than truncating."""
    with psycopg.connect(CLUSTER.url(database, user="postgres"), autocommit=True) as connection:
        names = [name for (name,) in connection.execute(TABLES).fetchall() if name not in keep]
        if used := filled(connection, names):
            # As a replica's session, so that the triggers that forbid changes of history keep still.
            connection.execute("SET session_replication_role = replica")
            tables = sql.SQL(", ").join(sql.Identifier(name) for name in sorted(used))
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))


def filled(connection: "psycopg.Connection[Any]", names: list[str]) -> set[str]:
    if not names:
        return set()
    probe = sql.SQL("SELECT {name} WHERE EXISTS (SELECT 1 FROM {table})")
    probes = [probe.format(name=sql.Literal(name), table=sql.Identifier(name)) for name in names]
    return {name for (name,) in connection.execute(sql.SQL(" UNION ALL ").join(probes)).fetchall()}

"""The real thing: granian and the worker as processes, on a database and a port of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.bed.cluster import CLUSTER, connected_to, database_of_own


@dataclass(frozen=True)
class Server:
    """`url` has no slash at its end; `data` is the data folder; `log` holds what the processes have said."""

    url: str
    database: str
    data: Path
    log: Path


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory,
    embedded_cluster: None,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Server]:
    """One running product for each test process. To put rows into it, use `server_database`."""
    folder = tmp_path_factory.mktemp("server")
    with django_db_blocker.unblock(), database_of_own("server") as database:
        port = free_port()
        found = Server(f"http://127.0.0.1:{port}", database, folder / "data", folder / "log")
        with process("serve", found, port), process("worker", found, port):
            wait_until_ready(found)
            yield found


@pytest.fixture
def server_database(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    """Queries and actions of this test go to the database of the running server, and stay there."""
    with django_db_blocker.unblock(), connected_to(server.database):
        yield server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def process(command: str, server: Server, port: int) -> Iterator[None]:
    environment = os.environ | {
        # As people run it, with its pool of connections; the secret is shared so that tests can make links.
        "HORARIUM_ENV": "demo",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": CLUSTER.url(server.database),
        "HORARIUM_DATA": str(server.data),
        "PORT": str(port),
        "PUBLIC_URL": server.url,
        "WEB_WORKERS": "2",
        "TZ": "UTC",
    }
    with server.log.open("ab") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "horarium.config.cli", command], env=environment, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def wait_until_ready(server: Server, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{server.url}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{server.log.read_text()[-4000:]}")

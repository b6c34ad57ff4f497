"""Serves the floor exactly as the product is served."""

from __future__ import annotations

import os

from granian import Granian
from granian.constants import Interfaces

from horarium.config.cli.run import BACKLOG, THREADS

if __name__ == "__main__":
    Granian(
        "bench.floor:application",
        address="127.0.0.1",
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ["WEB_WORKERS"]),
        blocking_threads=THREADS,
        backlog=BACKLOG,
        websockets=False,
        log_enabled=False,
    ).serve()

"""The two processes of the product: one answers HTTP, one works jobs."""

import asyncio
import gc
import multiprocessing
import os
import sys
from pathlib import Path

from horarium.config import env
from horarium.config.cli.problems import check_port
from horarium.config.locate import database_url, web_workers
from horarium.config.supervisor import end_with_parent

THREADS = 3
"""Of each process. More of them take the interpreter, and in a rush the rows of a resource, from each other: with three
most orders a second were measured. Fewer would leave too little when an outside system answers slowly.
"""
BACKLOG = 2048
SUPERVISED = "HORARIUM_SUPERVISED"


def prepare_process() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "horarium.config.settings")
    if os.environ.get(SUPERVISED):
        end_with_parent()


def serve(configuration: env.Configuration) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings

    prepare_process()
    check_port(configuration.host, configuration.port)
    folder = start_metrics_folder(configuration)
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
        # Loaded before the workers are forked, the code is in memory once for all of them.
        import horarium.config.wsgi  # noqa: F401

        gc.collect()
        gc.freeze()
    server = Granian(
        "horarium.config.wsgi:application",
        address=configuration.host,
        port=configuration.port,
        interface=Interfaces.WSGI,
        workers=web_workers(configuration),
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        backlog=BACKLOG,
        websockets=False,
        http1_settings=HTTP1Settings(),
        respawn_failed_workers=True,
        log_enabled=False,
        workers_kill_timeout=10,
        process_name=None,
    )
    if configuration.metrics is not None and folder is not None:
        from horarium.platform.health import metrics

        address = configuration.metrics
        metrics.serve(address.host, address.port, database_url(configuration), folder)
    server.serve()


def start_metrics_folder(configuration: env.Configuration) -> Path | None:
    """Must stand in the environment before the metrics library is imported."""
    if configuration.metrics is None:
        return None
    from horarium.platform.health.metrics import fresh_folder

    check_port(configuration.metrics.host, configuration.metrics.port)
    folder = fresh_folder(configuration.data / "metrics")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder


def work() -> None:
    prepare_process()
    import django

    django.setup()
    asyncio.run(run_jobs())


async def run_jobs() -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params
    from procrastinate.psycopg_connector import PsycopgConnector

    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await working.run_worker_async(
                concurrency=4,
                fetch_job_polling_interval=5.0,
                shutdown_graceful_timeout=10.0,
                update_heartbeat_interval=10.0,
                delete_jobs="successful",
            )

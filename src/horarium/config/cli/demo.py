"""`horarium demo`: everything at once, in the foreground, in one process tree."""

import fcntl
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from horarium.config import env
from horarium.config.cli.problems import Problem, check_database, check_port
from horarium.config.keys import ensure_folder
from horarium.config.locate import DATABASE_NAME, embedded_postgres, public_url
from horarium.config.supervisor import Child, Supervisor

SUPERVISED = "HORARIUM_SUPERVISED"
START_SECONDS = 300


def run_demo() -> None:
    os.environ.setdefault("HORARIUM_ENV", "demo")
    os.environ.setdefault("LOG_LEVEL", "warning")
    configuration = env.from_process()
    ensure_folder(configuration.data)
    with only_one(configuration):
        check_port(configuration.host, configuration.port)
        supervisor = Supervisor(children(configuration))
        supervisor.listen()
        embedded = embedded_postgres(configuration)
        if embedded is None:
            check_database(configuration.database_url)
            supervise(supervisor, configuration)
            return
        with embedded.running():
            embedded.ensure_database(DATABASE_NAME)
            supervise(supervisor, configuration)
    print("Horarium has stopped; its data stay.", flush=True)


def supervise(supervisor: Supervisor, configuration: env.Configuration) -> None:
    found = prepare(supervisor)
    if supervisor.stopping.is_set():
        return
    supervisor.start()
    try:
        if answers(supervisor, configuration):
            print(welcome(configuration, found), flush=True)
        supervisor.run()
    finally:
        supervisor.stop()


@contextmanager
def only_one(configuration: env.Configuration) -> Iterator[None]:
    """One demo for each data folder."""
    with (configuration.data / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Problem(
                f"it runs already on the data folder {configuration.data}, at {lock.read().strip()}: "
                "stop that one, or choose another folder and port with HORARIUM_DATA and PORT"
            ) from None
        lock.truncate(0)
        lock.write(f"{public_url(configuration)} (process {os.getpid()})")
        lock.flush()
        yield


def command(name: str) -> list[str]:
    return [sys.executable, "-m", "horarium.config.cli", name]


def children(configuration: env.Configuration) -> list[Child]:
    environment = os.environ | {SUPERVISED: "1", "HORARIUM_DATA": str(configuration.data)}
    return [Child(name, command(name), environment) for name in ("serve", "worker")]


def prepare(supervisor: Supervisor) -> dict[str, Any]:
    """In a process of its own, so that the supervisor stays as small as it is. Empty when told to stop."""
    print("Preparing the database …", file=sys.stderr, flush=True)
    with subprocess.Popen(command("prepare"), stdout=subprocess.PIPE, text=True, process_group=0) as process:
        while process.poll() is None:
            if supervisor.stopping.wait(0.1):
                # Whatever it is doing is one transaction, or done again at the next start.
                process.kill()
        told = process.communicate()[0]
    if supervisor.stopping.is_set():
        return {}
    if process.returncode != 0:
        raise Problem("the database could not be prepared (see above)")
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def answers(supervisor: Supervisor, configuration: env.Configuration) -> bool:
    deadline = time.monotonic() + START_SECONDS
    host = f"[{configuration.host}]" if ":" in configuration.host else configuration.host
    while time.monotonic() < deadline and not supervisor.stopping.is_set():
        try:
            with urllib.request.urlopen(f"http://{host}:{configuration.port}/health/live", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            supervisor.stopping.wait(0.1)
            for child in supervisor.children:
                child.look_after()
    return False


def welcome(configuration: env.Configuration, found: dict[str, Any]) -> str:
    url = public_url(configuration)
    lines = ["", f"Horarium runs at {url}", ""]
    for business in found["businesses"]:
        slug = business["slug"]
        lines.append(f"{business['name']}")
        lines.append(f"  Booking page  {url}/b/{slug}/")
        lines.append(f"  Back office   {url}/manage/{slug}/")
        if business["link"]:
            lines.append(f"  Sign in once  {business['link']}   as {business['owner']}")
        lines.append("")
    lines += [
        f"Widget example  {url}/widget/example/",
        f"API             {url}/api/v1/docs",
        f"Data            {configuration.data}",
        "",
        "No mail leaves the demo: messages to guests stand in the back office, sign-in codes appear here.",
        "Stop with Ctrl-C.",
    ]
    return "\n".join(lines)

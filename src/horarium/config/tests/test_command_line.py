"""The commands as a person meets them: real processes, one clear line when something stands in the way."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.bed.server import free_port


def environment(data: Path, **settings: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"HORARIUM_DATA": str(data), "HORARIUM_ENV": "demo"} | settings


# Root may write everywhere; without this power it keeps to permissions like everybody else.
AS_ANYBODY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--") if os.geteuid() == 0 else ()


def horarium(
    *arguments: str, data: Path, before: tuple[str, ...] = (), **settings: str
) -> "subprocess.CompletedProcess[str]":
    command = [*before, sys.executable, "-m", "horarium.config.cli", *arguments]
    return subprocess.run(
        command,
        env=environment(data, **settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=data.parent,
    )


def assert_one_line(done: "subprocess.CompletedProcess[str]", words: str) -> None:
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("horarium: ")
    assert words in done.stderr


def test_a_busy_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = horarium("demo", data=tmp_path / "data", PORT=str(port))
    assert_one_line(done, f"port {port} is in use by another program: choose another one")


def test_a_wrong_port_is_told_in_one_line(tmp_path: Path) -> None:
    done = horarium("demo", data=tmp_path / "data", PORT="http")
    assert_one_line(done, "PORT must be a whole number from 1 to 65535, not 'http'")


def test_a_file_in_place_of_the_data_folder_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    done = horarium("demo", data=tmp_path / "data", PORT=str(free_port()))
    assert_one_line(done, "which is a file and not a folder")


def test_a_folder_without_permission_is_told_in_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = horarium("demo", data=tmp_path / "data", before=AS_ANYBODY, PORT=str(free_port()))
    tmp_path.chmod(0o700)
    assert_one_line(done, "cannot be used: Permission denied")


def test_a_database_of_another_version_is_told_in_one_line(tmp_path: Path) -> None:
    cluster = tmp_path / "data" / "postgres" / "data"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("16\n")
    done = horarium("demo", data=tmp_path / "data", PORT=str(free_port()))
    assert_one_line(done, "was made by PostgreSQL 16, this is 18: move the folder away, or set DATABASE_URL")


def test_a_broken_database_is_told_in_one_line(tmp_path: Path) -> None:
    cluster = tmp_path / "data" / "postgres" / "data"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("18\n")
    done = horarium("demo", data=tmp_path / "data", PORT=str(free_port()))
    assert_one_line(done, "the embedded database does not start")


def test_a_foreign_folder_is_not_taken_for_a_database(tmp_path: Path) -> None:
    cluster = tmp_path / "data" / "postgres" / "data"
    cluster.mkdir(parents=True)
    (cluster / "thesis.txt").write_text("keep me")
    done = horarium("migrate", data=tmp_path / "data")
    assert_one_line(done, "is not a PostgreSQL data folder")
    assert (cluster / "thesis.txt").read_text() == "keep me"


def test_a_database_that_does_not_answer_is_told_in_one_line(tmp_path: Path) -> None:
    """T-132."""
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    done = horarium("migrate", data=tmp_path / "data", DATABASE_URL=url)
    assert_one_line(done, "start it, or correct DATABASE_URL")


def test_production_without_a_key_does_not_start(tmp_path: Path) -> None:
    """T-137."""
    done = horarium("serve", data=tmp_path / "data", HORARIUM_ENV="production")
    assert_one_line(done, "SECRET_KEY must be set in production")


def test_the_doctor_tells_what_to_do(tmp_path: Path) -> None:
    done = horarium("doctor", data=tmp_path / "data")
    assert done.returncode == 1
    lines = {tuple(line.split()[:2]) for line in done.stdout.splitlines()}
    assert {("ok", "database"), ("wrong", "migrations"), ("warning", "mail"), ("ok", "storage")} <= lines, (
        done.stdout
    )
    assert {("ok", "clock"), ("ok", "keys")} <= lines
    assert "horarium migrate" in done.stdout


def test_the_doctor_meets_a_mail_server_that_is_not_there(tmp_path: Path) -> None:
    port = free_port()
    done = horarium("doctor", data=tmp_path / "data", EMAIL_URL=f"smtp://127.0.0.1:{port}?tls=none")
    assert re.search(
        rf"^wrong +mail +127\.0\.0\.1:{port} refuses .*correct EMAIL_URL$", done.stdout, re.MULTILINE
    )


@pytest.mark.concurrency
def test_the_demo_starts_refuses_a_second_one_and_stops_cleanly(tmp_path: Path) -> None:
    port, data = free_port(), tmp_path / "data"
    command = [sys.executable, "-m", "horarium.config.cli", "demo"]
    # In this mode there are no demo businesses to fill, which takes its time.
    settings = environment(data, PORT=str(port), HORARIUM_ENV="test")
    with (tmp_path / "log").open("w+") as log:
        demo = subprocess.Popen(command, env=settings, stdout=log, stderr=log, cwd=tmp_path)
        try:
            wait_for(f"http://127.0.0.1:{port}/health/ready", demo, tmp_path / "log")
            second = horarium("demo", data=data, PORT=str(free_port()))
            assert_one_line(second, f"it runs already on the data folder {data}, at http://127.0.0.1:{port}")
            demo.send_signal(signal.SIGINT)
            assert demo.wait(30) == 0
        finally:
            if demo.poll() is None:
                demo.terminate()
                demo.wait(30)
    told = (tmp_path / "log").read_text()
    assert f"Horarium runs at http://127.0.0.1:{port}" in told
    assert told.splitlines()[-1] == "Horarium has stopped; its data stay."
    assert "Traceback" not in told
    assert not (data / "postgres" / "data" / "postmaster.pid").exists()


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail(f"no answer from {url}:\n{log.read_text()[-3000:]}")


def test_a_business_is_set_up_by_commands_alone(tmp_path: Path) -> None:
    """T-137."""
    data = tmp_path / "data"
    assert horarium("migrate", data=data).returncode == 0
    created = horarium(
        "business", "create", "atelier", "--name", "Atelier", "--owner", "Ann@Example.org", data=data
    )
    assert created.returncode == 0, created.stderr
    assert created.stdout.startswith("http://127.0.0.1:8000/signin/")
    again = horarium("business", "create", "atelier", "--name", "A", "--owner", "ann@example.org", data=data)
    assert_one_line(again, "the address is taken")
    key = horarium("key", "create", "atelier", "--scope", "bookings.read", data=data)
    assert re.fullmatch(r"hrm_[\w-]{43}\n", key.stdout), key.stderr
    invited = horarium("member", "invite", "atelier", "bob@example.org", data=data)
    assert invited.stdout.startswith("http://127.0.0.1:8000/invitations/")
    assert_one_line(horarium("signin", "nobody@example.org", data=data), "account")
    assert horarium("signin", "ann@example.org", data=data).stdout.startswith("http://127.0.0.1:8000/signin/")

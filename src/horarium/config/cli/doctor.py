"""`horarium doctor`: looks at each thing the product stands on, and says what to do."""

import shutil
import smtplib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import psycopg

from horarium.config import env
from horarium.config.cli.setup import product
from horarium.config.locate import database_url, public_url
from horarium.platform.database.embedded import EmbeddedDatabaseError

CLOCK_MAY_DIFFER = 5.0
LITTLE_SPACE = 500 * 1024 * 1024
OLDEST_POSTGRES = 150000


class Grade(StrEnum):
    GOOD = "ok"
    WARNING = "warning"
    BAD = "wrong"


@dataclass(frozen=True)
class Finding:
    name: str
    grade: Grade
    text: str


def run_doctor() -> int:
    """0 when the product can run; warnings do not hinder it."""
    try:
        with product() as configuration:
            findings = safely(check_database, configuration)
            answers = all(finding.grade is not Grade.BAD for finding in findings)
            checks = [*(IN_THE_DATABASE if answers else ()), *BESIDE_IT]
            findings += [finding for check in checks for finding in safely(check, configuration)]
    except env.ConfigurationError as error:
        findings = [Finding("settings", Grade.BAD, problem) for problem in error.problems]
    except EmbeddedDatabaseError as error:
        findings = [Finding("database", Grade.BAD, str(error))]
    for finding in findings:
        print(f"{finding.grade:<8} {finding.name:<11} {finding.text}")
    return 1 if any(finding.grade is Grade.BAD for finding in findings) else 0


Check = Callable[[env.Configuration], Iterator[Finding]]


def safely(check: Check, configuration: env.Configuration) -> list[Finding]:
    name = check.__name__.removeprefix("check_")
    try:
        return list(check(configuration))
    except Exception as error:  # noqa: BLE001 - a doctor reports whatever he meets
        reason = " ".join(str(error).split()) or type(error).__name__
        return [Finding(name, Grade.BAD, f"does not work: {reason}")]


def check_database(configuration: env.Configuration) -> Iterator[Finding]:
    kind = "your PostgreSQL" if configuration.database_url else "embedded PostgreSQL"
    question = "SELECT current_setting('server_version_num')::int, lower('Я') = 'я'"
    with psycopg.connect(database_url(configuration), connect_timeout=10) as connection:
        version, knows_unicode = connection.execute(question).fetchone() or (0, False)
    if version < OLDEST_POSTGRES:
        yield Finding("database", Grade.BAD, f"PostgreSQL {version // 10000} is too old: 15 is the oldest")
        return
    yield Finding("database", Grade.GOOD, f"{kind} {version // 10000} answers")
    if not knows_unicode:
        text = (
            "its locale knows ASCII only, so searches in Russian miss: create the database with "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0"
        )
        yield Finding("database", Grade.WARNING, text)


def check_migrations(configuration: env.Configuration) -> Iterator[Finding]:
    from horarium.platform.health.queries import count_missing_migrations

    if missing := count_missing_migrations():
        yield Finding("migrations", Grade.BAD, f"{missing} have not run: horarium migrate")
    else:
        yield Finding("migrations", Grade.GOOD, "all have run")


def check_worker(configuration: env.Configuration) -> Iterator[Finding]:
    from horarium.platform.health.queries import count_missing_migrations, describe_worker

    if count_missing_migrations():
        yield Finding("worker", Grade.WARNING, "unknown before the migrations have run")
    elif silence := describe_worker():
        yield Finding("worker", Grade.WARNING, f"{silence}; without one no message is sent")
    else:
        yield Finding("worker", Grade.GOOD, "gives signs of life")


def check_mail(configuration: env.Configuration) -> Iterator[Finding]:
    mail = configuration.email
    if mail is None:
        codes = ", and sign-in codes reach nobody" if configuration.mode is env.Mode.PRODUCTION else ""
        yield Finding("mail", Grade.WARNING, f"stays in the back office{codes}: set EMAIL_URL to send it")
        return
    try:
        with connected(mail.host, mail.port, is_ssl=mail.tls == "ssl") as server:
            if mail.tls == "starttls":
                server.starttls()
            if mail.user:
                server.login(mail.user, mail.password)
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        reason = " ".join(str(error).split())
        yield Finding("mail", Grade.BAD, f"{mail.host}:{mail.port} refuses ({reason}): correct EMAIL_URL")
        return
    yield Finding("mail", Grade.GOOD, f"{mail.host}:{mail.port} accepts us")


@contextmanager
def connected(host: str, port: int, *, is_ssl: bool) -> Iterator[smtplib.SMTP]:
    kind = smtplib.SMTP_SSL if is_ssl else smtplib.SMTP
    with kind(host, port, timeout=10) as server:
        yield server


def check_storage(configuration: env.Configuration) -> Iterator[Finding]:
    folder = configuration.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            pass
    except OSError as error:
        text = f"{folder} cannot be written ({error.strerror}): correct its owner or HORARIUM_DATA"
        yield Finding("storage", Grade.BAD, text)
        return
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        yield Finding("storage", Grade.WARNING, f"only {free // 2**20} MB are free in {folder}")
    else:
        yield Finding("storage", Grade.GOOD, f"{folder} can be written, {free // 2**30} GB are free")


def check_clock(configuration: env.Configuration) -> Iterator[Finding]:
    """Holds and links expire by the clock, so the machines must agree on the time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        (theirs,) = cursor.fetchone()
    apart = abs(time.time() - float(theirs))
    if apart > CLOCK_MAY_DIFFER:
        text = f"differs by {apart:.0f} s from the database's: let both follow a time server"
        yield Finding("clock", Grade.BAD, text)
    else:
        yield Finding("clock", Grade.GOOD, "agrees with the database's")


def check_keys(configuration: env.Configuration) -> Iterator[Finding]:
    kept = configuration.data / "secret_key"
    if configuration.secret_key and len(configuration.secret_key) < 50:
        yield Finding("keys", Grade.WARNING, "SECRET_KEY is short: take at least 50 random characters")
    elif not configuration.secret_key and kept.exists() and kept.stat().st_mode & 0o077:
        yield Finding("keys", Grade.WARNING, f"others can read {kept}: chmod 600 {kept}")
    else:
        yield Finding("keys", Grade.GOOD, "SECRET_KEY is there and long enough")


def check_address(configuration: env.Configuration) -> Iterator[Finding]:
    url = public_url(configuration)
    if configuration.mode is env.Mode.PRODUCTION and not url.startswith("https://"):
        text = (
            f"{url} is not https: browsers will refuse the widget on other sites, and cookies travel openly"
        )
        yield Finding("address", Grade.WARNING, text)
    else:
        yield Finding("address", Grade.GOOD, url)


def check_pages(configuration: env.Configuration) -> Iterator[Finding]:
    from django.conf import settings

    manifest = settings.FRONTEND_DIST / ".vite" / "manifest.json"
    if manifest.is_file():
        yield Finding("front end", Grade.GOOD, "is built")
    else:
        yield Finding("front end", Grade.BAD, "is not built: make setup")


IN_THE_DATABASE: tuple[Check, ...] = (check_migrations, check_worker, check_clock)
BESIDE_IT: tuple[Check, ...] = (check_mail, check_storage, check_keys, check_address, check_pages)

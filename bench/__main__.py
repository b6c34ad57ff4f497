"""`make bench`: prints each figure beside its floor, as a ratio."""

from __future__ import annotations

import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

from bench.clients import CLIENTS, Ask, Result, measure

SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
WORKERS = "2"
ORDER_DAYS = 25


@dataclass(frozen=True, slots=True)
class Figure:
    """A thing to measure: the product's requests, the floor's, and the ratio that is promised.

    `once`: every request a single time, for writes; `fresh`: so for the product's only, that nothing kept may answer.
    """

    name: str
    asks: Callable[[int], Sequence[Ask]]
    floor: Callable[[int], Sequence[Ask]]
    promised: float | None
    once: bool = False
    fresh: bool = False


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="horarium-bench-") as folder, database(Path(folder)) as url:
        environment = os.environ | {
            "HORARIUM_ENV": "production",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "PUBLIC_URL": "http://127.0.0.1",
            "DATABASE_URL": url,
            "HORARIUM_DATA": str(Path(folder) / "data"),
            "WEB_WORKERS": WORKERS,
            "RATE_LIMIT_READS": "0",
            "RATE_LIMIT_ORDERS": "0",
            "RATE_LIMIT_STAFF": "0",
            "DJANGO_SETTINGS_MODULE": "horarium.config.settings",
        }
        os.environ.update(environment)
        key = prepare()
        floor_port, port = free_port(), free_port()
        floor = [sys.executable, "-m", "bench.serve_floor"]
        product = [sys.executable, "-m", "horarium.config.cli", "serve"]
        with (
            server(floor, environment, floor_port, "/read"),
            server(product, environment, port, "/health/live"),
        ):
            report(floor_port, port, figures(key))


def prepare() -> str:
    """Tables, 20,000 bookings and a staff key; returns the key."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django_scopes import scopes_disabled

    from bench.fill import SLUG, fill
    from bench.floor import FILL, SCHEMA
    from bench.large import fill_large
    from horarium.platform.audit.actor import Actor
    from horarium.platform.tenancy.actions import create_api_key
    from horarium.platform.tenancy.models import Business

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA)
    fill(datetime.now(UTC).date())
    fill_large(datetime.now(UTC).date())
    with connection.cursor() as cursor:
        cursor.execute(FILL)
        # A year of bookings does not come at once: by then the database has tidied up several times.
        cursor.execute("VACUUM (ANALYZE)")
    with scopes_disabled():
        business = Business.objects.get(slug=SLUG)
        _, secret = create_api_key(business.pk, name="bench", scopes=["bookings.read"], actor=Actor.system())
    connection.close()
    return secret


def figures(key: str) -> list[Figure]:
    today = datetime.now(UTC).date()
    public = "/api/v1/public/bench/offerings"
    days = [today + timedelta(days=number) for number in range(2, 58)]

    def day(_: int) -> list[Ask]:
        return [Ask(f"{public}/hour/availability?from={one}&to={one}") for one in days]

    def month(_: int) -> list[Ask]:
        return [
            Ask(f"{public}/hour/availability?from={one}&to={one + timedelta(days=29)}") for one in days[:28]
        ]

    def bookings(_: int) -> list[Ask]:
        return [
            Ask(f"/api/v1/manage/bench/bookings?page={page}", headers=(("Authorization", f"Bearer {key}"),))
            for page in range(1, 20)
        ]

    return [
        Figure("free times of a day", day, read, 0.6),
        Figure("free times of a month", month, read, 0.3),
        Figure("staff's list of bookings", bookings, read, 0.3),
        Figure("placing an order with a hold", orders(today), inserts, 0.25, once=True),
        Figure("free times of a day, each after a sale", sold_between(day, today), read, None, fresh=True),
        *large_figures(days),
    ]


def read(_: int) -> list[Ask]:
    return [Ask("/read")]


def large_figures(days: Sequence[date]) -> list[Figure]:
    """Houses of three hundred."""

    def year(number: int) -> list[Ask]:
        """One night to a week, each from another first date, so that none was answered before."""
        all_of_them = [(one, nights) for one in days for nights in range(1, 8)]
        share = len(all_of_them) // (ROUNDS + 1)
        return [
            Ask(
                f"/api/v1/public/bench-hotel/offerings/one/availability?from={one}&to={one + timedelta(days=364)}"
                f"&nights={nights}"
            )
            for one, nights in all_of_them[number * share : (number + 1) * share]
        ]

    def halls(number: int) -> list[Ask]:
        path = "/api/v1/public/bench-venue/offerings/one/availability"
        return [
            Ask(f"{path}?from={one}&to={one}&duration={length}&party=1")
            for one in days[:6]
            for length in (60, 120)
        ]

    return [
        Figure("a year of a hotel with 300 rooms, computed", year, read, None, fresh=True),
        Figure("a day of a venue with 300 halls, kept", halls, read, None),
    ]


def orders(today: date) -> Callable[[int], list[Ask]]:
    """Starts when nobody has come yet: each round books weeks of its own, more of them than it has time for."""

    def asks(number: int) -> list[Ask]:
        first = today + timedelta(days=61 + number * ORDER_DAYS)
        starts = [
            datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(hours=hour)
            for place in range(6)
            for day in (first + timedelta(days=offset) for offset in range(ORDER_DAYS))
            for hour in range(10)
        ]
        return [order(start, f"{number}-{index}") for index, start in enumerate(starts)]

    return asks


def order(start: datetime, name: str) -> Ask:
    body = {
        "customer": {"name": "Bench Guest", "email": f"b{name}@example.org"},
        "items": [{"offering": "held", "start": start.isoformat()}],
    }
    return Ask(
        "/api/v1/public/bench/orders", json.dumps(body).encode(), (("Idempotency-Key", f"bench-{name}"),)
    )


def inserts(_: int) -> list[Ask]:
    return [Ask("/insert", json.dumps({"note": "bench"}).encode())] * 20_000


def sold_between(asks: Callable[[int], Sequence[Ask]], today: date) -> Callable[[int], list[Ask]]:
    """One order among ten reads: nothing that was kept stays true for long."""
    place = orders(today)

    def mixed(number: int) -> list[Ask]:
        sales = iter(place(number + 1 + ROUNDS))
        result: list[Ask] = []
        for ask in list(asks(number)) * 100:
            if len(result) % 11 == 10 and (sale := next(sales, None)):
                result.append(sale)
            result.append(ask)
        return result

    return mixed


def report(floor_port: int, port: int, wanted: Sequence[Figure]) -> None:
    print(
        f"{CLIENTS} clients, {WORKERS} server processes, {ROUNDS} rounds of {SECONDS:.0f} s, 20,000 bookings\n"
    )
    head = f"{'figure':<40} {'floor/s':>9} {'ours/s':>9} {'median ms':>10} {'p95 ms':>8} {'ratio':>7} {'promised':>9}"
    print(head, "-" * len(head), sep="\n", flush=True)
    for figure in wanted:
        # One round for nothing: connections are opened and statements planned, at the floor and here.
        measure_pair(figure, floor_port, port, 0)
        pairs = [measure_pair(figure, floor_port, port, number + 1) for number in range(ROUNDS)]
        ratio = statistics.median(ours.per_second / floor.per_second for floor, ours in pairs)
        floor, ours = sorted(pairs, key=lambda pair: pair[1].per_second)[len(pairs) // 2]
        promised = (
            ""
            if figure.promised is None
            else f"{figure.promised:.2f} {'ok' if ratio >= figure.promised else 'NO'}"
        )
        print(
            f"{figure.name:<40} {floor.per_second:>9.0f} {ours.per_second:>9.0f} {ours.median:>10.1f}"
            f" {ours.p95:>8.1f} {ratio:>7.2f} {promised:>9}",
            flush=True,
        )
        strange = {
            status: count
            for _, one in pairs
            for status, count in one.statuses.items()
            if status not in (200, 201)
        }
        if strange:
            print(f"  answers other than 200 and 201: {strange}")


def measure_pair(figure: Figure, floor_port: int, port: int, number: int) -> tuple[Result, Result]:
    floor = measure(floor_port, figure.floor(number), SECONDS, once=figure.once)
    ours = measure(port, figure.asks(number), SECONDS, once=figure.once or figure.fresh)
    return floor, ours


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """The embedded PostgreSQL as the product runs it, durable writes included."""
    from horarium.platform.database.embedded import EmbeddedPostgres

    postgres = EmbeddedPostgres(folder / "postgres")
    with postgres.running():
        postgres.ensure_database("bench")
        yield postgres.url("bench")


@contextmanager
def server(command: Sequence[str], environment: dict[str, str], port: int, path: str) -> Iterator[None]:
    running = subprocess.Popen(
        command,
        env=environment | {"PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            try:
                with urlopen(f"http://127.0.0.1:{port}{path}", timeout=1):
                    break
            except OSError:
                time.sleep(0.2)
        else:
            raise SystemExit(f"{command[-1]} did not answer")
        yield
    finally:
        running.terminate()
        running.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()

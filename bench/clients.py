"""Eight clients with kept connections, in processes of their own, that ask as fast as they are answered."""

from __future__ import annotations

import http.client
import multiprocessing
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from threading import Thread

CLIENTS = 8
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `body` empty: GET."""

    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What eight clients got in `seconds`. Latencies in milliseconds."""

    per_second: float
    median: float
    p95: float
    failed: int
    statuses: dict[int, int]


def measure(port: int, asks: Sequence[Ask], seconds: float, *, once: bool = False) -> Result:
    """`once`: each request is sent a single time (for writes); then `asks` must outlast the time."""
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    shares = [asks[number::PROCESSES] for number in range(PROCESSES)]
    started = time.perf_counter()
    crew = [context.Process(target=_process, args=(port, share, seconds, once, queue)) for share in shares]
    for process in crew:
        process.start()
    found = [queue.get() for _ in crew]
    for process in crew:
        process.join()
    took = time.perf_counter() - started
    times = sorted(one for part, _ in found for one in part)
    statuses: dict[int, int] = {}
    for _, counted in found:
        for status, number in counted.items():
            statuses[status] = statuses.get(status, 0) + number
    failed = sum(number for status, number in statuses.items() if status >= 500 or status == 0)
    return Result(
        per_second=len(times) / min(took, seconds + 0.5),
        median=statistics.median(times) if times else 0.0,
        p95=times[int(len(times) * 0.95)] if times else 0.0,
        failed=failed,
        statuses=statuses,
    )


def _process(
    port: int,
    asks: Sequence[Ask],
    seconds: float,
    once: bool,
    queue: multiprocessing.SimpleQueue[tuple[list[float], dict[int, int]]],
) -> None:
    times: list[float] = []
    statuses: dict[int, int] = {}
    source = iter(asks) if once else cycle(asks)
    deadline = time.perf_counter() + seconds
    crew = [
        Thread(target=_client, args=(port, source, deadline, times, statuses))
        for _ in range(CLIENTS // PROCESSES)
    ]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    queue.put((times, statuses))


def _client(
    port: int, source: Iterator[Ask], deadline: float, times: list[float], statuses: dict[int, int]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < deadline:
        ask = next(source, None)
        if ask is None:
            break
        started = time.perf_counter()
        try:
            headers = dict(ask.headers)
            if ask.body:
                headers["Content-Type"] = "application/json"
            connection.request("POST" if ask.body else "GET", ask.path, ask.body or None, headers)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            connection.close()
            status = 0
        times.append((time.perf_counter() - started) * 1000)
        statuses[status] = statuses.get(status, 0) + 1
    connection.close()

"""Keeps child processes running: starts them, starts them again when they fall, stops them together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
STOP_SECONDS = 15.0


@dataclass
class Child:
    """One process that must always run. After each fall in a row the pause before the next start doubles."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    start_after: float = 0.0
    falls: int = field(default=0)

    def start(self) -> None:
        # A process group of its own: Ctrl-C in the terminal reaches the supervisor, which stops all in order.
        self.process = subprocess.Popen(self.command, env=dict(self.environment), process_group=0)
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_after:
                self.start()
        elif (code := self.process.poll()) is not None:
            self.falls = 1 if now - self.started_at > STEADY_AFTER else self.falls + 1
            pause = min(LONGEST_PAUSE, 2.0 ** (self.falls - 1))
            self.process = None
            self.start_after = now + pause
            print(
                f"horarium: {self.name} has ended with code {code}; starting it again in {pause:.0f} s",
                file=sys.stderr,
                flush=True,
            )

    def signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)


class Supervisor:
    """Runs until SIGINT, SIGTERM or SIGHUP; a second signal makes the children end at once."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self.stopping = threading.Event()
        self.is_impatient = False

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.is_impatient = self.stopping.is_set()
        self.stopping.set()

    def start(self) -> None:
        for child in self.children:
            child.start()

    def run(self) -> None:
        while not self.stopping.wait(0.5):
            for child in self.children:
                child.look_after()

    def stop(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.process and child.process.poll() is None for child in self.children):
            if self.is_impatient or time.monotonic() > deadline:
                for child in self.children:
                    child.signal(signal.SIGKILL)
            time.sleep(0.05)


def end_with_parent() -> None:
    """Let this process stop when its parent is gone without having stopped it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(2)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()

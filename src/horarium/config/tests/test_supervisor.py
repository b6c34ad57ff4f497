"""A child that falls is started again, later each time; children stop together."""

import os
import sys
import threading
import time

import pytest

from horarium.config.supervisor import Child, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FALL = [sys.executable, "-c", "raise SystemExit(3)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)",
]


def test_a_fallen_child_waits_longer_before_each_start(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child("web", FALL, os.environ)
    pauses = []
    for _ in range(3):
        child.start()
        assert child.process is not None
        child.process.wait()
        child.look_after()
        pauses.append(round(child.start_after - time.monotonic()))
    assert pauses == [1, 2, 4]
    assert "horarium: web has ended with code 3; starting it again in 4 s" in capfd.readouterr().err


def test_a_fallen_child_is_started_again() -> None:
    child = Child("web", SLEEP, os.environ)
    child.start()
    first = child.process
    assert first is not None
    first.kill()
    first.wait()
    child.look_after()
    assert child.start_after > time.monotonic()
    child.start_after = 0
    child.look_after()
    assert child.process is not None
    assert child.process.pid != first.pid
    Supervisor([child]).stop()
    assert child.process.poll() is not None


def test_a_second_signal_ends_a_stubborn_child_at_once() -> None:
    child = Child("web", STUBBORN, os.environ)
    supervisor = Supervisor([child])
    supervisor.start()
    time.sleep(0.5)
    threading.Timer(0.3, lambda: setattr(supervisor, "is_impatient", True)).start()
    start = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - start < 5
    assert child.process is not None
    assert child.process.poll() == -9

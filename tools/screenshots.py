"""Take the pictures of the README from a demo: a booking page and the back office, in English, on a light screen.

Without arguments it starts a demo of its own; `python -m tools.screenshots URL SIGN_IN_LINK` takes one that runs,
with the link of the owner of the salon.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bed.browser import FLAGS
from tests.bed.chromium import HOW_TO_GET_IT, find_chromium

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
DATA = ROOT / ".cache" / "screenshots"
OFFERING = ("spa", "masaje-relajante")
OFFICE = "salon"
SUNDAY = 6
LARGEST = 300_000
TIMES_IN_THE_PICTURE = 13
LINK = re.compile(rf"Sign in once +(\S+) +as owner@{OFFICE}\.")


def main(arguments: list[str]) -> None:
    executable = find_chromium()
    if executable is None:
        sys.exit(HOW_TO_GET_IT)
    with (
        running_demo() if not arguments else given(arguments) as (url, sign_in),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        booking_page(browser, url)
        back_office(browser, url, sign_in)
        browser.close()


@contextmanager
def given(arguments: list[str]) -> Iterator[tuple[str, str]]:
    url, sign_in = arguments
    yield url.rstrip("/"), sign_in


@contextmanager
def running_demo() -> Iterator[tuple[str, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"HORARIUM_DATA": str(DATA), "HORARIUM_ENV": "demo", "PORT": str(port)}
    command = [sys.executable, "-m", "horarium.config.cli", "demo"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as demo:
        try:
            yield f"http://127.0.0.1:{port}", sign_in_link(demo)
        finally:
            demo.send_signal(signal.SIGINT)


def sign_in_link(demo: subprocess.Popen[str]) -> str:
    for line in demo.stdout or ():
        found = LINK.search(line)
        if found:
            return found[1]
    sys.exit("the demo has ended without a sign-in link")


def new_page(browser: Browser, time_zone: str) -> Page:
    """The guest is where the business is, so that no page explains a difference of clocks."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id=time_zone,
    )
    return context.new_page()


def booking_page(browser: Browser, url: str) -> None:
    """Month, times and summary, on a day whose times fit into the picture."""
    business, offering = OFFERING
    day = day_of_the_picture(url)
    page = new_page(browser, "America/Santiago")
    page.goto(f"{url}/b/{business}/{offering}/?month={day[:7]}&day={day}")
    page.wait_for_load_state("networkidle")
    page.locator("#choices").evaluate("element => window.scrollTo(0, element.offsetTop - 24)")
    keep(page, "booking-page.png")


def day_of_the_picture(url: str) -> str:
    """Not one of the next days, which are nearly sold out."""
    business, offering = OFFERING
    first = datetime.now(UTC).date() + timedelta(days=10)
    range_ = {"from": first.isoformat(), "to": (first + timedelta(days=20)).isoformat()}
    answer = httpx.get(
        f"{url}/api/v1/public/{business}/offerings/{offering}/availability", params=range_, timeout=30
    )
    days = answer.raise_for_status().json()["days"]
    best: str = min(days, key=lambda day: abs(len(day["slots"]) - TIMES_IN_THE_PICTURE))["date"]
    return best


def back_office(browser: Browser, url: str, sign_in: str) -> None:
    """The calendar of today (the salon is closed on Sundays), people side by side."""
    page = new_page(browser, "Europe/Lisbon")
    page.goto(sign_in)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/manage/**")
    day = datetime.now(UTC).date()
    day += timedelta(days=1) if day.weekday() == SUNDAY else timedelta()
    page.goto(f"{url}/manage/{OFFICE}/calendar/?on={day.isoformat()}")
    page.wait_for_load_state("networkidle")
    keep(page, "back-office.png")


def keep(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / name
    page.screenshot(path=file, animations="disabled", caret="hide")
    with Image.open(file) as picture:
        opaque = picture.convert("RGB")
    opaque.save(file, optimize=True)
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}: {size // 1000} kB")
    if size > LARGEST:
        sys.exit(f"{name} is larger than {LARGEST // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])

"""A real Chromium, through Playwright."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bed.chromium import HOW_TO_GET_IT, find_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_MS = 20_000
"""A slow machine must not fail a test: what does come is never waited for longer than it takes."""
MakePage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        pytest.fail(HOW_TO_GET_IT)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def make_page(browser: Browser) -> Iterator[MakePage]:
    """Pages with options of a browser context: `make_page(java_script_enabled=False, locale="ru")`."""
    contexts = []

    def make(**options: Any) -> Page:
        settings: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        context = browser.new_context(**(settings | options))
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(make_page: MakePage) -> Page:
    """A desktop window."""
    return make_page()


@pytest.fixture
def phone(make_page: MakePage) -> Page:
    """A phone with a touch screen."""
    return make_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)

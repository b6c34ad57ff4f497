"""What axe says of a page that has come to rest."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

# A part that waits for its answer is paler for that moment, and nobody reads it then.
_AT_REST = """() =>
  !document.querySelector(".htmx-request, [aria-busy=true]") &&
  document.getAnimations().every((one) => one.playState !== "running")
"""


def barriers(page: Page, *, inside: str | None = None) -> list[str]:
    """Whatever axe finds on the page, or only inside of an element."""
    page.wait_for_function(_AT_REST)
    context: Any = {"include": [inside]} if inside else None
    found = _AXE.run(page, context=context, options=_OPTIONS).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]


def expect_accessible(page: Page) -> None:
    """Expect what the page shows before: a click does not wait for the page that it leads to."""
    found = barriers(page)
    assert not found, f"{page.url}\n" + "\n".join(found)

"""A finger on the screen of a phone, as the browser gets it from the hardware: it may scroll or carry."""

from __future__ import annotations

from playwright.sync_api import Page

Point = tuple[float, float]
HOLD_MS = 550
"""Longer than something has to be pressed to be picked up."""


class Finger:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.at: Point = (0, 0)

    def press(self, at: Point) -> None:
        """Put down and rest."""
        self._send("touchStart", at)
        self.page.wait_for_timeout(HOLD_MS)

    def move(self, to: Point, steps: int = 8) -> None:
        (x, y), (last_x, last_y) = self.at, to
        for number in range(1, steps + 1):
            share = number / steps
            self._send("touchMove", (x + (last_x - x) * share, y + (last_y - y) * share))
            self.page.wait_for_timeout(16)

    def lift(self) -> None:
        self.session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def tap(self, at: Point) -> None:
        self._send("touchStart", at)
        self.lift()

    def swipe(self, start: Point, end: Point) -> None:
        """At once, as one scrolls."""
        self._send("touchStart", start)
        self.move(end)
        self.lift()

    def _send(self, kind: str, at: Point) -> None:
        self.at = at
        points = [{"x": at[0], "y": at[1]}]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

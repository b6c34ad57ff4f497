"""Portraits without faces: a head and shoulders in two tones."""

from __future__ import annotations

import math
from typing import Final

from .canvas import Canvas, Color, Point, toned

STYLES: Final = ("long", "bob", "bun", "short", "beard")


def portrait(canvas: Canvas, color: Color, *, style: str) -> None:
    """A person in the middle of the canvas, lit from the right."""
    middle = canvas.width / 2
    side = canvas.random.choice((-1, 1))
    canvas.sky(toned(color, light=0.8, strength=0.55), toned(color, light=0.58, strength=0.75))
    canvas.glow((middle + 160, 220), (520, 480), toned(color, light=0.93, strength=0.5), 0.85)
    canvas.ellipse((middle - side * 150, 340), (280, 280), toned(color, light=0.88, strength=0.5), 0.35)
    figure(canvas, color, (middle + side * canvas.random.randint(4, 14), 352), style=style)


def figure(canvas: Canvas, color: Color, head: Point, *, style: str) -> None:
    x, y = head
    dark, skin = toned(color, light=0.19, strength=0.7), toned(color, light=0.45, strength=0.5)
    if style in ("long", "bob"):
        _long_hair(canvas, head, dark, is_long=style == "long")
    neck = [(x - 46, y + 90), (x + 46, y + 90), (x + 58, y + 190), (x, y + 232), (x - 58, y + 190)]
    canvas.polygon(neck, toned(color, light=0.37, strength=0.5))
    canvas.polygon(
        _shoulders(x, y + 172, canvas.random.randint(250, 285)), toned(color, light=0.3, strength=0.85)
    )
    canvas.polygon(
        [(x - 58, y + 180), (x + 58, y + 180), (x, y + 262)], toned(color, light=0.37, strength=0.5)
    )
    canvas.ellipse(head, (98, 124), skin)
    canvas.glow((x + 44, y - 10), (104, 140), toned(color, light=0.64, strength=0.55), 0.5)
    _top_hair(canvas, head, dark, style)
    collar = toned(color, light=0.23, strength=0.8)
    for side in (-1, 1):
        lapel = [(x + side * 62, y + 172), (x, y + 262), (x + side * 36, y + 300), (x + side * 100, y + 196)]
        canvas.polygon(lapel, collar)


def _shoulders(x: float, y: float, reach: int) -> list[Point]:
    points: list[Point] = [(x - reach - 40, 840)]
    for step in range(25):
        across = -1 + 2 * step / 24
        points.append((x + across * reach, y + 165 * abs(across) ** 2.4))
    points.append((x + reach + 40, 840))
    return points


def _long_hair(canvas: Canvas, head: Point, dark: Color, *, is_long: bool) -> None:
    x, y = head
    reach = 126 if is_long else 140
    canvas.ellipse((x, y - 18), (reach, 152), dark)
    canvas.block((x - reach, y - 20, x + reach, y + (270 if is_long else 150)), dark, round_by=reach * 0.62)


def _top_hair(canvas: Canvas, head: Point, dark: Color, style: str) -> None:
    x, y = head
    cap: list[Point] = []
    for step in range(25):
        angle = math.pi * (1 + step / 24)
        cap.append((x + 106 * math.cos(angle), y - 16 + 124 * math.sin(angle)))
    fringe: list[Point] = [(x + 100, y - 4), (x + 58, y - 40), (x - 26, y - 64), (x - 100, y - 4)]
    canvas.polygon([*cap, *fringe], dark)
    if style == "bun":
        canvas.ellipse((x - 14, y - 152), (54, 48), dark)
    if style == "beard":
        jaw: list[Point] = []
        for step in range(21):
            angle = math.pi * step / 20
            jaw.append((x + 99 * math.cos(angle), y + 18 + 116 * math.sin(angle)))
        canvas.polygon([*jaw, (x - 60, y + 48), (x, y + 62), (x + 60, y + 48)], dark)

"""Forest, water, stones, leaves: what a spa is about."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, Color, leaf, mix, toned, wave


def forest(canvas: Canvas, color: Color) -> None:
    canvas.sky(toned(color, light=0.9, strength=0.45), toned(color, light=0.66, strength=0.6))
    canvas.glow((820, 240), (520, 420), (255, 244, 214), 0.95)
    for layer in range(5):
        share = layer / 4
        tone = toned(color, light=0.68 - 0.54 * share, strength=0.55 + 0.4 * share)
        base = 430 + 75 * layer
        x = -60.0
        while x < 1280:
            height = canvas.random.uniform(190, 330) * (0.7 + 0.45 * share)
            fir(canvas, (x, base + 120), height + 120, height * 0.24, tone)
            x += canvas.random.uniform(40, 96) * (0.8 + 0.6 * share)
        canvas.block((0, base + 90, 1200, 900), tone)
        canvas.glow((600, base + 70), (900, 90), toned(color, light=0.86, strength=0.4), 0.30 * (1 - share))


def fir(canvas: Canvas, foot: tuple[float, float], height: float, width: float, tone: Color) -> None:
    x, y = foot
    for tier in range(4):
        top = y - height * (1 - 0.2 * tier)
        reach = width * (0.45 + 0.2 * tier)
        canvas.polygon([(x, top), (x + reach, top + height * 0.36), (x - reach, top + height * 0.36)], tone)


def dunes(canvas: Canvas, color: Color, *, turn: float = 0.0) -> None:
    """Long soft folds, like a back or warm sand; `turn` moves the hue and the light."""
    color = toned(color, light=0.4, turn=turn)
    far = 300 if turn == 0 else 900
    canvas.sky(toned(color, light=0.92, strength=0.4), toned(color, light=0.78, strength=0.5))
    canvas.glow((far, 180), (480, 380), (255, 246, 226), 0.8)
    for layer in range(7):
        tone = mix(toned(color, light=0.82, strength=0.45), toned(color, light=0.3, strength=0.8), layer / 6)
        line = wave(
            (-20, 300 + 78 * layer),
            1240,
            height=46 - 3 * layer,
            turns=0.55 + 0.06 * layer,
            phase=1.2 * layer + 9 * turn,
        )
        canvas.polygon([*line, (1240, 900), (-20, 900)], tone)
        canvas.curve(line, toned(color, light=0.95, strength=0.3), width=2, alpha=0.35)


def stones(canvas: Canvas, color: Color, *, piles: tuple[float, ...] = (600.0,)) -> None:
    canvas.sky(toned(color, light=0.86, strength=0.35), toned(color, light=0.6, strength=0.45))
    canvas.glow((600, 260), (620, 420), (255, 247, 232), 0.75)
    canvas.shade(
        (0, 600, 1200, 800), toned(color, light=0.42, strength=0.5), toned(color, light=0.3, strength=0.6)
    )
    for number, x in enumerate(piles):
        size = 1.0 if len(piles) == 1 else 0.8 - 0.1 * number
        _pile(canvas, x, color, size)


def _pile(canvas: Canvas, x: float, color: Color, size: float) -> None:
    y = 640.0
    canvas.shadow((x, 664), (270 * size, 46), 0.75)
    for number, across in enumerate((190, 152, 112, 74)):
        down = (58 - 7 * number) * size
        y -= down * 0.94
        center = (x + (-1) ** number * 9 * size, y)
        tone = toned(color, light=0.24 + 0.07 * number, strength=0.35)
        canvas.ellipse(center, (across * size, down), tone)
        canvas.glow(
            (center[0] - across * 0.3 * size, y - down * 0.45),
            (across * 0.6 * size, down * 0.5),
            toned(color, light=0.75, strength=0.3),
            0.55,
        )
        y -= down * 0.8


def leaves(canvas: Canvas, color: Color) -> None:
    canvas.sky(toned(color, light=0.93, strength=0.4), toned(color, light=0.8, strength=0.5))
    canvas.glow((880, 200), (560, 480), (255, 250, 232), 0.8)
    for number, (x, y, lean) in enumerate(
        ((120, 860, -1.15), (420, 900, -1.4), (1020, 900, -1.95), (760, 940, -1.6))
    ):
        tone = toned(color, light=0.5 - 0.09 * number, strength=0.75, turn=0.012 * number)
        branch(canvas, (x, y), length=720 - 60 * number, angle=lean, tone=tone)


def branch(canvas: Canvas, start: tuple[float, float], *, length: float, angle: float, tone: Color) -> None:
    points = []
    for step in range(15):
        bent = angle + 0.022 * step
        points.append(
            (start[0] + length * step / 14 * math.cos(bent), start[1] + length * step / 14 * math.sin(bent))
        )
    canvas.curve(points, tone, width=5)
    for step, point in enumerate(points[2:], start=2):
        size = length * 0.24 * (1.15 - step / 16)
        for side in (-1, 1):
            shape = leaf(point, length=size, angle=angle + 0.022 * step + side * 0.85, width=size * 0.17)
            canvas.polygon(shape, mix(tone, (255, 255, 255), 0.1 if side > 0 else 0.0), 0.94)


def water(canvas: Canvas, color: Color) -> None:
    canvas.sky(toned(color, light=0.84, strength=0.5), toned(color, light=0.5, strength=0.6))
    canvas.glow((640, 380), (640, 420), (240, 252, 250), 0.7)
    for number in range(11, 0, -1):
        radius = 58.0 * number
        tone = toned(color, light=0.88 if number % 2 else 0.5, strength=0.5)
        canvas.ring((640, 430), (radius, radius * 0.42), tone, width=2 + number * 0.8, alpha=0.34)
    canvas.ellipse((640, 410), (30, 34), toned(color, light=0.94, strength=0.4), 0.95)
    canvas.polygon([(612, 398), (640, 318), (668, 398)], toned(color, light=0.94, strength=0.4), 0.95)


def clay(canvas: Canvas, color: Color) -> None:
    earth = toned(color, light=0.5, turn=-0.26, strength=0.8)
    canvas.sky(toned(earth, light=0.9, strength=0.4), toned(earth, light=0.74, strength=0.5))
    canvas.glow((380, 220), (520, 420), (255, 246, 228), 0.8)
    canvas.shade(
        (0, 590, 1200, 800), toned(earth, light=0.56, strength=0.45), toned(earth, light=0.42, strength=0.5)
    )
    canvas.shadow((600, 665), (330, 60), 0.7)
    bowl = [
        (600 + 270 * math.cos(a), 430 + 230 * math.sin(a))
        for a in (math.pi * step / 30 for step in range(31))
    ]
    canvas.polygon(bowl, toned(earth, light=0.33, strength=0.5))
    canvas.ellipse((600, 430), (270, 64), toned(earth, light=0.25, strength=0.5))
    canvas.ellipse((600, 436), (246, 52), toned(earth, light=0.62, strength=0.55))
    canvas.ellipse((560, 428), (120, 18), toned(earth, light=0.72, strength=0.5), 0.8)
    canvas.glow((470, 540), (120, 150), (255, 240, 220), 0.3)
    branch(canvas, (900, 700), length=300, angle=-1.9, tone=toned(color, light=0.36, strength=0.7))


def moon(canvas: Canvas, color: Color) -> None:
    canvas.sky(toned(color, light=0.3, strength=0.6, turn=0.08), toned(color, light=0.72, strength=0.5))
    canvas.glow((600, 330), (520, 460), (255, 246, 224), 0.7)
    canvas.ellipse((600, 340), (150, 150), (255, 248, 232), 0.95)
    random: Random = canvas.random
    for _ in range(60):
        canvas.ellipse((random.uniform(0, 1200), random.uniform(0, 330)), (1.6, 1.6), (255, 255, 255), 0.55)
    for layer in range(4):
        tone = toned(color, light=0.5 - 0.1 * layer, strength=0.6, turn=0.03)
        line = wave((-20, 560 + 62 * layer), 1240, height=30, turns=0.8, phase=layer * 1.7)
        canvas.polygon([*line, (1240, 900), (-20, 900)], tone)


def cabin(canvas: Canvas, color: Color, *, light: float, tables: int = 1) -> None:
    """A wooden room: slats, a window onto green, a table with a towel, candles."""
    wood = toned(mix(color, (168, 122, 78), 0.62), light=0.34 + 0.3 * light, strength=0.8)
    canvas.sky(wood, toned(wood, light=0.2 + 0.22 * light))
    for number in range(31):
        shade = toned(wood, light=(0.3 if number % 2 else 0.37) + 0.26 * light, strength=0.9)
        canvas.block((number * 40, 0, number * 40 + 36, 590), shade)
    canvas.glow((600, 120), (900, 420), (255, 226, 178), 0.42)
    _window(canvas, color, light)
    canvas.shade(
        (0, 590, 1200, 800), toned(wood, light=0.24 + 0.16 * light), toned(wood, light=0.15 + 0.1 * light)
    )
    spots = (420.0,) if tables == 1 else (190.0, 640.0)
    for x in spots:
        _table(canvas, x, color)
    for x, y in ((1090, 560), (1135, 580), (60, 585)):
        canvas.glow((x, y - 34), (150, 150), (255, 196, 110), 0.75)
        canvas.block((x - 13, y - 26, x + 13, y + 26), (250, 238, 214), round_by=5)
        canvas.ellipse((x, y - 36), (4, 9), (255, 244, 200))


def _window(canvas: Canvas, color: Color, light: float) -> None:
    left, top, right, bottom = 720.0, 90.0, 1030.0, 440.0
    canvas.block(
        (left - 14, top - 14, right + 14, bottom + 14), toned(color, light=0.16, strength=0.4), round_by=8
    )
    day, green = toned(color, light=0.35 + 0.55 * light, strength=0.5), toned(color, light=0.22 + 0.2 * light)
    canvas.shade((left, top, right, bottom), day, toned(color, light=0.2 + 0.4 * light, strength=0.6))
    for number in range(6):
        angle = -2.2 + 0.24 * number
        start = (left + 20 + 54 * number, bottom)
        shape = leaf(start, length=170 + 20 * (number % 3), angle=angle, width=26)
        canvas.polygon([(min(max(x, left), right), min(max(y, top), bottom)) for x, y in shape], green, 0.75)
    canvas.block(
        ((left + right) / 2 - 4, top, (left + right) / 2 + 4, bottom), toned(color, light=0.16, strength=0.4)
    )


def _table(canvas: Canvas, x: float, color: Color) -> None:
    canvas.shadow((x + 180, 716), (300, 42), 0.7)
    for leg in (x + 26, x + 320):
        canvas.block((leg, 560, leg + 20, 705), (74, 54, 40))
    canvas.block((x, 520, x + 370, 572), (236, 228, 214), round_by=20)
    canvas.block((x, 548, x + 370, 600), toned(color, light=0.34, strength=0.55), round_by=12)
    canvas.block((x + 14, 484, x + 112, 526), (248, 243, 232), round_by=18)
    canvas.block((x + 210, 496, x + 330, 524), toned(color, light=0.74, strength=0.4), round_by=12)
    canvas.block((x + 218, 474, x + 322, 500), toned(color, light=0.86, strength=0.4), round_by=11)

"""Rooms in perspective: tall windows, brick, a white cove, a glass roof."""

from __future__ import annotations

import math

from .canvas import Canvas, Color, leaf, mix, toned
from .portrait import figure

BACK = (280.0, 150.0, 920.0, 520.0)
"""The far wall of a room: left, top, right, bottom."""


def _room(canvas: Canvas, *, wall: Color, floor: Color, ceiling: Color) -> None:
    left, top, right, bottom = BACK
    canvas.sky(ceiling, ceiling)
    canvas.polygon([(0, 0), (1200, 0), (right, top), (left, top)], ceiling)
    canvas.polygon([(0, 0), (left, top), (left, bottom), (0, 800)], mix(wall, (0, 0, 0), 0.1))
    canvas.polygon([(1200, 0), (right, top), (right, bottom), (1200, 800)], mix(wall, (0, 0, 0), 0.05))
    canvas.shade(BACK, wall, mix(wall, (0, 0, 0), 0.07))
    canvas.polygon([(0, 800), (left, bottom), (right, bottom), (1200, 800)], floor)
    for number in range(1, 12):
        share = number / 12
        canvas.curve(
            [(1200 * share, 800), (left + (right - left) * share, bottom)],
            mix(floor, (0, 0, 0), 0.16),
            width=1.5,
        )


def north(canvas: Canvas, color: Color) -> None:
    """White walls, five tall windows, an even light."""
    _room(canvas, wall=(226, 228, 229), floor=(170, 146, 118), ceiling=(208, 212, 215))
    sky = toned(color, light=0.88, strength=0.5)
    for number in range(5):
        x = 310 + 120 * number
        _pane(canvas, (x, 185, x + 92, 500), sky, (120, 126, 132))
        spread = (x - 600) * 0.5
        light = [(x + 6, 522), (x + 86, 522), (x + 130 + spread, 780), (x - 30 + spread, 780)]
        canvas.polygon(light, (255, 252, 244), 0.3)
    canvas.glow((600, 330), (640, 330), (255, 255, 255), 0.36)
    _softbox(canvas, (150, 300))
    _paper(canvas, toned(color, light=0.66, strength=0.7))


def _pane(canvas: Canvas, box: tuple[float, float, float, float], sky: Color, frame: Color) -> None:
    left, top, right, bottom = box
    canvas.block(box, frame)
    for column in range(2):
        for row in range(4):
            width, height = (right - left - 9) / 2, (bottom - top - 15) / 4
            x, y = left + 3 + column * (width + 3), top + 3 + row * (height + 3)
            canvas.block((x, y, x + width, y + height), mix(sky, (255, 255, 255), 0.4 - 0.08 * row))


def _softbox(canvas: Canvas, at: tuple[float, float]) -> None:
    x, y = at
    dark = (44, 46, 50)
    canvas.curve([(x + 10, y + 60), (x - 4, y + 380)], dark, width=6)
    canvas.curve([(x - 4, y + 372), (x - 60, y + 410)], dark, width=5)
    canvas.curve([(x - 4, y + 372), (x + 60, y + 404)], dark, width=5)
    canvas.polygon([(x - 50, y - 60), (x + 70, y - 30), (x + 62, y + 108), (x - 42, y + 130)], dark)
    canvas.polygon([(x - 40, y - 46), (x + 76, y - 18), (x + 68, y + 96), (x - 32, y + 116)], (255, 250, 238))
    canvas.glow((x + 40, y + 40), (230, 210), (255, 250, 236), 0.45)


def _paper(canvas: Canvas, tone: Color) -> None:
    """A roll of background paper that falls and flows onto the floor."""
    canvas.block((900, 190, 1110, 204), (70, 72, 76), round_by=6)
    canvas.polygon([(908, 200), (1102, 200), (1110, 560), (1150, 690), (870, 690), (902, 560)], tone)
    canvas.polygon([(902, 560), (1110, 560), (1150, 690), (870, 690)], mix(tone, (255, 255, 255), 0.16))


def amber(canvas: Canvas, color: Color) -> None:
    """Brick, a fireplace, the low sun."""
    brick = (158, 92, 62)
    _room(canvas, wall=brick, floor=(112, 74, 48), ceiling=(86, 58, 44))
    for row in range(18):
        y = 152 + row * 20
        for column in range(11):
            x = 262 + column * 58 + (29 if row % 2 else 0)
            tone = mix(brick, (84, 44, 30), canvas.random.random() * 0.4)
            canvas.block((max(x, 280), y, min(x + 54, 920), min(y + 16, 519)), tone)
    canvas.block((490, 330, 710, 522), (70, 48, 38), round_by=4)
    canvas.block((520, 372, 680, 522), (26, 18, 16), round_by=40)
    canvas.glow((600, 490), (240, 190), (255, 150, 60), 0.85)
    for x, height in ((566, 60), (600, 92), (632, 66)):
        canvas.polygon(leaf((x, 516), length=height, angle=-math.pi / 2, width=16), (255, 196, 92), 0.95)
    for number in range(3):
        x, lift = 1010 + 66 * number, 27 * number
        window = [(x, 120 - lift), (x + 46, 100 - lift), (x + 46, 560 + 1.5 * lift), (x, 530 + 1.4 * lift)]
        canvas.polygon(window, toned(color, light=0.82))
        canvas.polygon([(x - 30, 600), (x + 10, 600), (x - 360, 800), (x - 470, 800)], (255, 208, 132), 0.28)
    canvas.glow((1090, 300), (560, 460), (255, 206, 130), 0.55)
    _sofa(canvas, (70, 560), toned(color, light=0.32, strength=0.6))


def _sofa(canvas: Canvas, at: tuple[float, float], tone: Color) -> None:
    x, y = at
    canvas.shadow((x + 170, y + 170), (260, 40), 0.7)
    canvas.block((x, y - 40, x + 340, y + 90), tone, round_by=30)
    canvas.block((x - 30, y + 10, x + 50, y + 140), mix(tone, (0, 0, 0), 0.12), round_by=26)
    canvas.block((x + 290, y + 10, x + 370, y + 140), mix(tone, (0, 0, 0), 0.12), round_by=26)
    canvas.block((x + 30, y + 60, x + 310, y + 140), mix(tone, (255, 255, 255), 0.12), round_by=18)


def graphite(canvas: Canvas, color: Color) -> None:
    """A white cove among black curtains, lit from one side."""
    canvas.sky((34, 36, 40), (58, 60, 66))
    canvas.shade((210, 90, 990, 560), (214, 216, 220), (238, 239, 241))
    canvas.polygon([(210, 560), (990, 560), (1180, 800), (20, 800)], (244, 245, 246))
    canvas.glow((600, 570), (620, 120), (236, 238, 241), 0.9)
    canvas.glow((380, 300), (420, 420), (255, 255, 255), 0.7)
    canvas.glow((940, 420), (260, 420), toned(color, light=0.34, strength=0.6), 0.4)
    for side in (0, 1):
        for number in range(7):
            x = number * 32 if side == 0 else 1200 - 32 * (number + 1)
            tone = mix((20, 21, 24), (48, 50, 55), (number % 2) * 0.8)
            canvas.block((x, 0, x + 32, 800 - 26 * number), tone)
    canvas.block((0, 52, 1200, 66), (26, 27, 30))
    for x in (330, 600, 870):
        canvas.block((x - 50, 64, x + 50, 96), (26, 27, 30), round_by=4)
        canvas.block((x - 44, 94, x + 44, 102), (255, 252, 244))
        canvas.glow((x, 130), (190, 150), (255, 252, 240), 0.5)
    canvas.shadow((600, 694), (150, 30), 0.55)
    canvas.ellipse((600, 600), (70, 22), (60, 62, 68))
    for x in (552, 648):
        canvas.curve([(600 + (x - 600) * 0.8, 606), (x, 694)], (60, 62, 68), width=7)
    canvas.curve([(600, 610), (600, 700)], (60, 62, 68), width=7)


def green(canvas: Canvas, color: Color) -> None:
    """A glass roof and plants on every side."""
    canvas.sky((222, 238, 240), (196, 216, 200))
    canvas.glow((640, 120), (760, 420), (255, 255, 244), 0.8)
    iron = (86, 102, 96)
    for number in range(9):
        x = 150 * number
        canvas.curve([(x, 0), (600 + (x - 600) * 0.42, 300)], iron, width=4)
    for number in range(4):
        y = 40 + 86 * number
        reach = 600 - 88 * number
        canvas.curve([(600 - reach * 1.02, y), (600, y - 26), (600 + reach * 1.02, y)], iron, width=3)
    for x in range(350, 860, 72):
        canvas.block((x, 300, x + 66, 540), (228, 240, 236), alpha=0.9)
        canvas.curve([(x, 300), (x, 540)], iron, width=4)
    canvas.polygon([(0, 800), (330, 540), (870, 540), (1200, 800)], (196, 186, 166))
    canvas.polygon([(380, 560), (620, 560), (560, 800), (180, 800)], (255, 252, 232), 0.35)
    _palms(canvas, color)


def _palms(canvas: Canvas, color: Color) -> None:
    spots = (
        (70, 690, 330),
        (210, 640, 250),
        (1130, 690, 340),
        (985, 640, 250),
        (330, 590, 170),
        (880, 590, 170),
    )
    for number, (x, y, size) in enumerate(sorted(spots, key=lambda one: one[1])):
        pot = mix((176, 108, 74), (120, 76, 56), number / 8)
        canvas.shadow((x, y + 52), (90, 22), 0.6)
        canvas.polygon([(x - 44, y - 10), (x + 44, y - 10), (x + 32, y + 58), (x - 32, y + 58)], pot)
        for blade in range(11):
            angle = -math.pi / 2 + (blade - 5) * 0.27 + canvas.random.uniform(-0.06, 0.06)
            tone = toned(color, light=0.24 + 0.05 * (blade % 4), strength=0.9, turn=0.01 * (blade % 3))
            length = size * canvas.random.uniform(0.75, 1.05)
            canvas.polygon(leaf((x, y), length=length, angle=angle, width=length * 0.085), tone, 0.96)


def sitting(canvas: Canvas, color: Color, *, style: str) -> None:
    """Somebody before a roll of paper, a softbox beside."""
    tone = toned(color, light=0.74, strength=0.5)
    canvas.sky(mix(tone, (255, 255, 255), 0.2), mix(tone, (0, 0, 0), 0.22))
    canvas.block((330, 0, 1010, 800), mix(tone, (255, 255, 255), 0.25))
    canvas.glow((760, 260), (520, 520), (255, 252, 244), 0.7)
    canvas.shadow((560, 520), (330, 380), 0.25)
    figure(canvas, color, (670, 352), style=style)
    _softbox(canvas, (150, 230))

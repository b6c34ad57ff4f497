"""A bay, bicycles and kayaks: what a rental shop is about."""

from __future__ import annotations

import math

from .canvas import Canvas, Color, mix, toned, wave

SAND: Color = (240, 220, 184)
SEA: Color = (52, 148, 168)
STEEL: Color = (58, 62, 68)
DARK: Color = (34, 36, 42)


def bay(canvas: Canvas, color: Color) -> None:
    """A mountain above the sea, sails, a beach."""
    canvas.sky((142, 196, 218), (250, 234, 206))
    canvas.glow((930, 180), (460, 340), (255, 246, 214), 0.9)
    ridge = [
        (-20, 420),
        (120, 330),
        (240, 240),
        (380, 190),
        (500, 214),
        (640, 320),
        (800, 380),
        (1010, 410),
        (1240, 420),
        (1240, 470),
        (-20, 470),
    ]
    canvas.polygon(ridge, toned((120, 134, 140), light=0.6, strength=0.8))
    canvas.polygon([(240, 240), (380, 190), (430, 300), (350, 440), (160, 440)], (168, 172, 170), 0.5)
    canvas.shade((0, 430, 1200, 660), mix(SEA, color, 0.3), (150, 214, 212))
    for number in range(20):
        y = 448 + 11 * number
        x = canvas.random.uniform(-40, 900)
        canvas.curve(wave((x, y), 320, height=3, turns=3, phase=number), (240, 252, 250), width=2, alpha=0.4)
    for x, y, size in ((300, 470, 46), (640, 500, 70), (980, 462, 36)):
        canvas.polygon([(x, y - size * 1.6), (x, y), (x + size * 0.8, y)], (252, 250, 244))
        canvas.polygon(
            [
                (x - size * 0.7, y + 6),
                (x + size * 0.7, y + 6),
                (x + size * 0.5, y + size * 0.26),
                (x - size * 0.5, y + size * 0.26),
            ],
            toned(color, light=0.34),
        )
    line = wave((-20, 660), 1240, height=22, turns=0.8, phase=0.6)
    canvas.polygon([*line, (1240, 900), (-20, 900)], SAND)
    canvas.curve(line, (255, 255, 252), width=9, alpha=0.8)
    canvas.glow((260, 760), (460, 120), (255, 250, 232), 0.5)


def bicycle(canvas: Canvas, color: Color, *, size: float = 1.0, is_electric: bool = False) -> None:
    """From the side, before a white wall with a strip of sea."""
    canvas.sky((238, 240, 236), (250, 246, 236))
    canvas.glow((330, 180), (560, 420), (255, 255, 250), 0.8)
    canvas.shade(
        (0, 120, 1200, 220), toned(color, light=0.8, strength=0.5), toned(color, light=0.7, strength=0.6)
    )
    canvas.shade((0, 640, 1200, 800), (222, 204, 174), (196, 174, 142))

    def at(x: float, y: float) -> tuple[float, float]:
        return 600 + (x - 600) * size, 700 + (y - 700) * size

    canvas.shadow(at(600, 704), (420 * size, 34), 0.45)
    back, front = at(390, 560), at(830, 560)
    for hub in (back, front):
        _wheel(canvas, hub, size)
    frame, crank, seat, head = (
        toned(color, light=0.45, strength=1.1),
        at(570, 570),
        at(520, 360),
        at(770, 330),
    )
    for line in ([back, crank], [back, seat], [seat, crank], [seat, head], [crank, head], [head, front]):
        canvas.curve(line, frame, width=17 * size)
    canvas.ring(crank, (36 * size, 36 * size), STEEL, width=9 * size)
    canvas.curve([seat, at(506, 312)], STEEL, width=11 * size)
    canvas.block((*at(450, 290), *at(562, 318)), (70, 46, 36), round_by=14 * size)
    canvas.curve([head, at(752, 262), at(846, 240)], STEEL, width=12 * size)
    if is_electric:
        canvas.curve([at(590, 520), at(700, 400)], DARK, width=36 * size)
        canvas.ellipse(crank, (40 * size, 40 * size), DARK)
    else:
        canvas.polygon([at(800, 258), at(930, 258), at(910, 350), at(818, 350)], (196, 150, 98))
        for step in range(4):
            canvas.curve(
                [at(804 + 4 * step, 276 + 22 * step), at(926 - 5 * step, 276 + 22 * step)],
                (150, 108, 66),
                width=4,
            )


def _wheel(canvas: Canvas, hub: tuple[float, float], size: float) -> None:
    canvas.ring(hub, (138 * size, 138 * size), STEEL, width=15 * size)
    for spoke in range(14):
        angle = math.pi * spoke / 7
        rim = (hub[0] + 128 * size * math.cos(angle), hub[1] + 128 * size * math.sin(angle))
        canvas.curve([hub, rim], (170, 174, 178), width=1.6)
    canvas.ellipse(hub, (14 * size, 14 * size), STEEL)


def kayak(canvas: Canvas, color: Color, *, seats: int = 1) -> None:
    """From above, on clear water."""
    canvas.sky(toned(SEA, light=0.44, strength=0.9), toned(SEA, light=0.6, strength=0.8))
    canvas.glow((700, 380), (640, 420), (150, 226, 218), 0.6)
    for number in range(34):
        x, y = canvas.random.uniform(-80, 1000), canvas.random.uniform(0, 800)
        canvas.curve(
            wave((x, y), 260, height=9, turns=1.8, phase=number), (214, 246, 242), width=2.4, alpha=0.28
        )
    reach = 380 if seats == 1 else 470
    canvas.shadow((630, 470), (reach + 30, 120), 0.4)
    hull: list[tuple[float, float]] = []
    for step in range(41):
        angle = math.pi * 2 * step / 40
        width = 74 * abs(math.sin(angle)) ** 1.25 * math.copysign(1, math.sin(angle))
        hull.append((600 + reach * math.cos(angle), 400 + width))
    canvas.polygon(hull, color)
    canvas.curve(hull, mix(color, (255, 255, 255), 0.5), width=5)
    spots = (600.0,) if seats == 1 else (460.0, 720.0)
    for x in spots:
        canvas.ellipse((x, 400), (88, 42), mix(color, (0, 0, 0), 0.55))
        canvas.block((x - 74, 372, x - 26, 428), (230, 226, 214), round_by=16)
        canvas.curve([(x - 40, 210), (x + 70, 590)], (230, 230, 226), width=11)
        for end in ((x - 40, 210), (x + 70, 590)):
            canvas.ellipse(end, (24, 52), (246, 190, 60))
    for number in range(6):
        canvas.ring(
            (600, 400), (reach + 40 + 34 * number, 110 + 26 * number), (236, 252, 250), width=2, alpha=0.16
        )


def sun(canvas: Canvas, color: Color) -> None:
    """A tube on a towel."""
    canvas.sky(SAND, (226, 200, 160))
    canvas.glow((340, 200), (620, 480), (255, 250, 230), 0.85)
    for number in range(9):
        canvas.polygon(
            [(120 * number - 40, 0), (120 * number + 20, 0), (120 * number + 220, 800), (120 * number + 160, 800)],
            toned(color, light=0.62 if number % 2 else 0.86, strength=0.7), 0.9,
        )  # fmt: skip
    canvas.shadow((630, 470), (220, 320), 0.4)
    canvas.polygon([(500, 150), (720, 150), (690, 600), (530, 600)], (250, 214, 92))
    canvas.block((540, 596, 680, 684), (246, 242, 232), round_by=14)
    canvas.ellipse((610, 340), (60, 60), (250, 246, 236))
    for step in range(12):
        angle = math.pi * step / 6
        start = (610 + 72 * math.cos(angle), 340 + 72 * math.sin(angle))
        canvas.curve(
            [start, (610 + 96 * math.cos(angle), 340 + 96 * math.sin(angle))], (250, 246, 236), width=8
        )


def deep_waves(canvas: Canvas, color: Color) -> None:
    """A dry bag afloat."""
    canvas.sky((206, 232, 236), (168, 214, 220))
    for layer in range(7):
        tone = mix(toned(SEA, light=0.72 - 0.08 * layer, strength=0.8), color, 0.2)
        line = wave((-20, 330 + 72 * layer), 1240, height=26, turns=1.6 + 0.2 * layer, phase=1.9 * layer)
        if layer == 3:
            canvas.block((490, 260, 730, 640), (244, 176, 56), round_by=40)
            canvas.block((520, 212, 700, 284), mix((244, 176, 56), (0, 0, 0), 0.16), round_by=16)
            canvas.block((586, 200, 634, 232), DARK, round_by=8)
            canvas.glow((560, 420), (80, 180), (255, 240, 200), 0.5)
        canvas.polygon([*line, (1240, 900), (-20, 900)], tone, 0.94)
        canvas.curve(line, (244, 252, 252), width=3, alpha=0.6)

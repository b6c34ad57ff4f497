"""Mirrors, river light and hair as lines: what a salon is about."""

from __future__ import annotations

import math
from itertools import pairwise

from .canvas import Canvas, Color, mix, toned, wave


def mirrors(canvas: Canvas, color: Color) -> None:
    canvas.sky((238, 232, 222), (224, 214, 200))
    canvas.glow((1000, 160), (680, 520), (255, 244, 214), 0.85)
    canvas.shade((0, 620, 1200, 800), (190, 164, 136), (164, 138, 112))
    for number in range(20):
        tone = toned(color, light=0.62 if number % 2 else 0.72, strength=0.6)
        canvas.block((60 * number, 520, 60 * number + 57, 577), tone)
        canvas.ellipse((60 * number + 28, 548), (15, 15), toned(color, light=0.9, strength=0.4), 0.85)
    canvas.block((0, 577, 1200, 624), (146, 112, 82))
    for x in (230, 600, 970):
        canvas.shadow((x + 8, 292), (172, 176), 0.35)
        canvas.ellipse((x, 280), (146, 146), (196, 152, 92))
        canvas.ellipse((x, 280), (136, 136), toned(color, light=0.82, strength=0.45))
        for step in range(3):
            line = wave(
                (x - 120 + 18 * step, 330 + 26 * step), 240 - 36 * step, height=7, turns=1.4, phase=step
            )
            canvas.curve(line, toned(color, light=0.6, strength=0.6), width=4, alpha=0.6)
        canvas.glow((x - 40, 230), (90, 90), (255, 255, 255), 0.6)
        canvas.curve([(x, 0), (x, 86)], (84, 72, 60), width=3)
        canvas.ellipse((x, 98), (26, 20), (255, 240, 204))
        canvas.glow((x, 104), (150, 130), (255, 236, 190), 0.5)
        _chair(canvas, x, toned(color, light=0.28, strength=0.8))


def _chair(canvas: Canvas, x: float, tone: Color) -> None:
    canvas.shadow((x, 778), (110, 20), 0.6)
    canvas.block((x - 7, 700, x + 7, 770), (92, 92, 94))
    canvas.block((x - 58, 766, x + 58, 780), (92, 92, 94), round_by=7)
    canvas.block((x - 66, 560, x + 66, 700), tone, round_by=26)
    canvas.block((x - 84, 640, x - 58, 716), mix(tone, (0, 0, 0), 0.25), round_by=12)
    canvas.block((x + 58, 640, x + 84, 716), mix(tone, (0, 0, 0), 0.25), round_by=12)
    canvas.block((x - 72, 690, x + 72, 724), mix(tone, (255, 255, 255), 0.12), round_by=14)


def strands(
    canvas: Canvas, color: Color, *, turns: float, height: float, turn: float = 0.0, sheen: float = 0.5
) -> None:
    """Hair as a river of lines; `turn` moves the hue, `turns` and `height` bend it."""
    dark, bright = toned(color, light=0.2, turn=turn), toned(color, light=0.74, strength=0.8, turn=turn)
    canvas.sky(
        toned(color, light=0.92, strength=0.4, turn=turn), toned(color, light=0.8, strength=0.5, turn=turn)
    )
    for number in range(84):
        share = number / 83
        shine = 0.5 + 0.5 * math.sin(share * 19 + 2 * math.sin(share * 7))
        tone = mix(dark, bright, shine * sheen + 0.3 * share)
        y = 120 + 620 * share + canvas.random.uniform(-3, 3)
        swell = height * (0.6 + 0.6 * math.sin(math.pi * share))
        line = wave((-20, y), 1240, height=swell, turns=turns, phase=0.6 + 1.5 * share, steps=48)
        canvas.curve(line, tone, width=12, alpha=0.9)
    canvas.glow((780, 300), (520, 260), (255, 250, 240), 0.4)


def scissors(canvas: Canvas, color: Color) -> None:
    _paper_ground(canvas, color)
    steel, dark = (134, 148, 158), toned(color, light=0.22, strength=0.8)
    canvas.shadow((640, 660), (420, 50), 0.3)
    for side in (-1, 1):
        lean, back = -math.pi / 4 + side * 0.17, math.pi * 0.75 + side * 0.34
        tip = (600 + 430 * math.cos(lean), 400 + 430 * math.sin(lean))
        off = (math.sin(lean) * 30, -math.cos(lean) * 30)
        grip = (600 + 210 * math.cos(back), 400 + 210 * math.sin(back))
        loop = (600 + 300 * math.cos(back), 400 + 300 * math.sin(back))
        blade = mix(steel, (255, 255, 255), 0.45 if side > 0 else 0.1)
        canvas.polygon([(600 - off[0], 400 - off[1]), (600 + off[0], 400 + off[1]), tip], blade)
        canvas.curve([(600, 400), grip], mix(steel, dark, 0.35), width=34)
        canvas.ring(loop, (92, 92), dark, width=24)
    canvas.ellipse((600, 400), (18, 18), dark)


def _paper_ground(canvas: Canvas, color: Color) -> None:
    canvas.sky(toned(color, light=0.9, strength=0.45), toned(color, light=0.74, strength=0.5))
    canvas.glow((380, 220), (620, 480), (255, 252, 244), 0.8)
    canvas.ellipse((860, 560), (300, 300), toned(color, light=0.66, strength=0.55), 0.5)


def comb(canvas: Canvas, color: Color) -> None:
    _paper_ground(canvas, color)
    tone = toned(color, light=0.27, strength=0.75)
    canvas.shadow((610, 560), (480, 60), 0.3)
    canvas.block((190, 300, 1010, 372), tone, round_by=26)
    for number in range(38):
        x = 212 + number * 20.6
        canvas.block((x, 350, x + (10 if number < 19 else 6), 520), tone, round_by=4)


def bubbles(canvas: Canvas, color: Color) -> None:
    _paper_ground(canvas, color)
    for number in range(34):
        radius = canvas.random.choice((22, 34, 50, 74, 104))
        center = (canvas.random.uniform(60, 1140), canvas.random.uniform(60, 740))
        tone = toned(color, light=0.6 + 0.2 * canvas.random.random(), strength=0.7, turn=0.05 * (number % 4))
        canvas.ellipse(center, (radius, radius), tone, 0.4)
        canvas.ring(center, (radius, radius), toned(color, light=0.96, strength=0.4), width=2, alpha=0.8)
        canvas.glow(
            (center[0] - radius * 0.35, center[1] - radius * 0.35),
            (radius * 0.5, radius * 0.5),
            (255, 255, 255),
            0.7,
        )


def veil(canvas: Canvas, color: Color) -> None:
    canvas.sky((248, 242, 236), (232, 222, 216))
    canvas.glow((600, 260), (640, 480), (255, 255, 252), 0.8)
    folds = [
        [
            (
                600 + (share - 0.5) * (420 + 900 * (step / 30) ** 1.3) + 16 * math.sin(step / 5 + 9 * share),
                150 + 23 * step,
            )
            for step in range(31)
        ]
        for share in (number / 16 for number in range(17))
    ]
    for number, (left, right) in enumerate(pairwise(folds)):
        tone = toned(color, light=0.93 if number % 2 else 0.84, strength=0.3)
        canvas.polygon([*left, *reversed(right)], tone, 0.62)
    for number in range(9):
        angle = math.pi * (1.1 + 0.1 * number)
        center = (600 + 250 * math.cos(angle), 330 + 210 * math.sin(angle))
        for petal in range(6):
            lean = petal * math.pi / 3
            spot = (center[0] + 20 * math.cos(lean), center[1] + 20 * math.sin(lean))
            canvas.ellipse(spot, (15, 15), (255, 252, 248), 0.95)
        canvas.ellipse(center, (9, 9), (226, 190, 120))


def stripes(canvas: Canvas, color: Color) -> None:
    """A barber's pole, close up."""
    deep, light = toned(color, light=0.24, strength=0.8), (240, 234, 224)
    canvas.sky(toned(color, light=0.3, strength=0.5), toned(color, light=0.18, strength=0.6))
    canvas.glow((300, 200), (700, 600), toned(color, light=0.5, strength=0.5), 0.6)
    canvas.shade((440, 0, 760, 800), light, mix(light, (0, 0, 0), 0.06))
    for number in range(9):
        y = -240 + 150 * number
        tone = (178, 62, 52) if number % 2 else deep
        canvas.polygon([(440, y + 180), (760, y), (760, y + 62), (440, y + 242)], tone)
    canvas.glow((540, 400), (110, 560), (255, 255, 255), 0.55)
    canvas.glow((752, 400), (120, 620), (14, 16, 18), 0.6)
    canvas.glow((446, 400), (70, 620), (14, 16, 18), 0.4)
    for y in (0, 720):
        canvas.block((410, y, 790, y + 80), (196, 160, 98), round_by=18)


def razor(canvas: Canvas, color: Color) -> None:
    _paper_ground(canvas, color)
    canvas.shadow((620, 560), (430, 40), 0.35)
    steel = (150, 162, 172)
    canvas.polygon([(300, 250), (800, 250), (830, 300), (830, 372), (330, 372), (290, 330)], steel)
    canvas.polygon([(312, 340), (830, 340), (830, 372), (330, 372)], (236, 240, 243))
    canvas.curve([(826, 300), (900, 292), (958, 250)], steel, width=26)
    handle = toned(color, light=0.2, strength=0.8)
    canvas.polygon([(880, 262), (926, 318), (560, 640), (330, 668), (300, 630), (520, 590)], handle)
    canvas.polygon(
        [(884, 284), (900, 304), (550, 612), (340, 642), (336, 630), (536, 594)], mix(handle, steel, 0.35)
    )
    for spot in ((886, 300), (420, 630)):
        canvas.ellipse(spot, (11, 11), (204, 170, 108))

"""A northern lake, rooms with a view onto it, a house by the water, a sauna: what a hotel is about."""

from __future__ import annotations

import math

from .canvas import Canvas, Color, leaf, mix, toned, wave
from .nature import fir

CREAM: Color = (248, 243, 232)


def lake(canvas: Canvas, color: Color) -> None:
    """A still evening: the far shore, islands, the last light on the water."""
    warm = (250, 206, 158)
    canvas.sky(toned(color, light=0.72, strength=0.55), warm)
    canvas.glow((780, 400), (560, 300), (255, 236, 196), 0.95)
    canvas.ellipse((780, 396), (44, 44), (255, 246, 224))
    for layer in range(3):
        line = wave((-20, 396 + 10 * layer), 1240, height=16, turns=1.1 + layer * 0.4, phase=2.1 * layer)
        tone = mix(toned(color, light=0.5 - 0.1 * layer, strength=0.5), warm, 0.34 - 0.1 * layer)
        canvas.polygon([*line, (1240, 470), (-20, 470)], tone)
    canvas.shade((0, 440, 1200, 800), mix(warm, color, 0.35), toned(color, light=0.24, strength=0.75))
    canvas.glow((780, 480), (230, 320), (255, 232, 186), 0.6)
    for number in range(46):
        y = 452 + 7.4 * number
        x = canvas.random.uniform(-60, 1150)
        reach = canvas.random.uniform(50, 190) * (0.5 + number / 46)
        canvas.curve([(x, y), (x + reach, y)], (255, 240, 214), width=1.4 + number / 20, alpha=0.22)
    _island(canvas, (330, 490), 150, toned(color, light=0.17, strength=0.7))
    _island(canvas, (1040, 470), 90, toned(color, light=0.22, strength=0.6))
    for x, height in ((40, 560), (118, 470), (1168, 590), (1100, 440)):
        fir(canvas, (x, 840), height, height * 0.22, toned(color, light=0.1, strength=0.7))


def _island(canvas: Canvas, center: tuple[float, float], reach: float, tone: Color) -> None:
    x, y = center
    canvas.ellipse((x, y), (reach, reach * 0.13), tone)
    for number in range(9):
        at = x + reach * (-0.8 + 0.2 * number)
        height = reach * canvas.random.uniform(0.5, 1.0)
        fir(canvas, (at, y), height, height * 0.2, tone)
    canvas.glow((x, y + reach * 0.32), (reach, reach * 0.3), tone, 0.5)


def room(canvas: Canvas, color: Color, *, view: str, beds: int = 1) -> None:
    """A bedroom with a window: `view` is forest, lake or roof."""
    wall = mix(toned(color, light=0.86, strength=0.35), (240, 230, 214), 0.5)
    canvas.sky(wall, mix(wall, (0, 0, 0), 0.06))
    canvas.shade((0, 610, 1200, 800), (176, 138, 100), (140, 104, 74))
    _view(canvas, color, view)
    if view == "roof":
        beam = (122, 88, 60)
        canvas.polygon([(0, 0), (430, 0), (0, 330)], mix(wall, (0, 0, 0), 0.1))
        canvas.polygon([(1200, 0), (770, 0), (1200, 330)], mix(wall, (0, 0, 0), 0.1))
        for line in ([(430, 0), (0, 330)], [(770, 0), (1200, 330)]):
            canvas.curve(line, beam, width=24)
    spots = (470.0,) if beds == 1 else (90.0, 660.0)
    for x in spots:
        _bed(canvas, x, 620.0 if beds == 1 else 430.0, toned(color, light=0.4, strength=0.7))
    canvas.curve([(1130, 640), (1130, 380)], (88, 74, 60), width=6)
    canvas.polygon([(1084, 390), (1176, 390), (1156, 318), (1104, 318)], (255, 240, 208))
    canvas.glow((1130, 390), (230, 220), (255, 226, 170), 0.55)


def _view(canvas: Canvas, color: Color, view: str) -> None:
    left, top, right, bottom = (420.0, 90.0, 780.0, 400.0) if view == "roof" else (90.0, 80.0, 430.0, 470.0)
    canvas.block((left - 16, top - 16, right + 16, bottom + 16), (246, 240, 230), round_by=4)
    canvas.shade((left, top, right, bottom), toned(color, light=0.82, strength=0.5), (250, 236, 212))
    if view == "lake":
        half = (top + bottom) / 2
        canvas.shade(
            (left, half, right, bottom), toned(color, light=0.6), toned(color, light=0.42, strength=0.8)
        )
        for step in range(3):
            x = left + 60 + 100 * step
            canvas.ellipse((x, half), (56 - 8 * step, 13), toned(color, light=0.26, strength=0.6))
    else:
        for number in range(7):
            x = left + (right - left) * (number + 0.5) / 7
            height = (bottom - top) * canvas.random.uniform(0.55, 0.85)
            fir(canvas, (x, bottom), height, 26, toned(color, light=0.24 + 0.04 * (number % 3), strength=0.7))
    canvas.block((left, bottom, right, bottom + 400), mix((240, 230, 214), color, 0.12), alpha=0.0)
    middle = (left + right) / 2
    canvas.block((middle - 5, top, middle + 5, bottom), (246, 240, 230))
    canvas.glow((middle, bottom + 160), ((right - left) * 0.9, 210), (255, 248, 226), 0.4)


def _bed(canvas: Canvas, x: float, width: float, tone: Color) -> None:
    canvas.shadow((x + width / 2, 730), (width * 0.62, 60), 0.5)
    canvas.block((x - 18, 380, x + width + 18, 700), (130, 94, 64), round_by=18)
    canvas.block((x, 510, x + width, 726), CREAM, round_by=18)
    pillows = 2 if width > 500 else 1
    for number in range(pillows):
        share = width / pillows
        left = x + share * number + 24
        canvas.block((left, 450, left + share - 48, 540), (255, 253, 247), round_by=30)
        canvas.glow((left + share / 2 - 24, 536), (share * 0.4, 20), (120, 112, 100), 0.25)
    canvas.block((x, 596, x + width, 732), tone, round_by=14)
    for step in range(5):
        y = 618 + 22 * step
        canvas.curve(
            [(x + 10, y), (x + width - 10, y)], mix(tone, (255, 255, 255), 0.18), width=2.5, alpha=0.7
        )


def house(canvas: Canvas, color: Color) -> None:
    """A wooden house on the shore at dusk, its light on the water."""
    canvas.sky((52, 70, 96), (196, 168, 150))
    for _ in range(50):
        spot = (canvas.random.uniform(0, 1200), canvas.random.uniform(0, 240))
        canvas.ellipse(spot, (1.5, 1.5), CREAM, 0.6)
    for number in range(17):
        height = canvas.random.uniform(220, 380)
        fir(canvas, (76 * number, 560), height, height * 0.22, (30, 46, 48))
    canvas.shade((0, 545, 1200, 800), (88, 96, 108), (28, 40, 56))
    wood = mix((120, 82, 56), color, 0.35)
    canvas.polygon([(320, 330), (600, 190), (880, 330)], (48, 40, 42))
    canvas.block((356, 326, 844, 560), wood)
    for row in range(11):
        canvas.curve(
            [(356, 336 + 21 * row), (844, 336 + 21 * row)], mix(wood, (0, 0, 0), 0.25), width=2.5, alpha=0.8
        )
    for x in (420, 560, 700):
        canvas.block((x, 390, x + 82, 490), (255, 216, 142))
        canvas.curve([(x + 41, 390), (x + 41, 490)], (70, 52, 40), width=5)
        canvas.glow((x + 41, 440), (120, 120), (255, 204, 120), 0.6)
        canvas.glow((x + 41, 650), (60, 120), (255, 204, 130), 0.5)
    canvas.block((730, 210, 770, 290), (70, 56, 52))
    for step in range(3):
        canvas.ellipse((756 + 16 * step, 190 - 34 * step), (20 + 9 * step, 15 + 5 * step), CREAM, 0.2)
    canvas.polygon([(540, 560), (660, 560), (720, 800), (480, 800)], (104, 84, 68))
    for step in range(8):
        canvas.curve(
            [(536 - 7 * step, 580 + 28 * step), (664 + 7 * step, 580 + 28 * step)], (66, 52, 44), width=4
        )
    boat = [(870, 640), (1090, 640), (1050, 692), (910, 692)]
    canvas.polygon(boat, mix(color, (60, 40, 30), 0.4))
    canvas.curve(boat[:2], CREAM, width=4)


def sauna(canvas: Canvas, color: Color) -> None:
    """Slats, a stove with fire, a bench, steam."""
    wood = mix((150, 104, 66), color, 0.3)
    canvas.sky(mix(wood, (255, 220, 170), 0.12), mix(wood, (0, 0, 0), 0.45))
    for row in range(20):
        y = 34 * row
        canvas.block((0, y, 1200, y + 30), mix(wood, (0, 0, 0), 0.12 + 0.06 * (row % 3)))
    canvas.glow((330, 470), (560, 420), (255, 168, 84), 0.7)
    canvas.shade((0, 660, 1200, 800), mix(wood, (0, 0, 0), 0.5), mix(wood, (0, 0, 0), 0.68))
    canvas.block((190, 350, 470, 700), (52, 50, 52), round_by=10)
    canvas.block((300, 0, 356, 352), (44, 42, 44))
    canvas.block((236, 500, 424, 650), (22, 18, 18), round_by=8)
    for spot, height in ((276, 70), (312, 104), (346, 92), (384, 66)):
        canvas.polygon(leaf((spot, 646), length=height, angle=-math.pi / 2, width=20), (255, 174, 72), 0.95)
    canvas.glow((330, 600), (220, 170), (255, 150, 60), 0.75)
    for number in range(11):
        x = 208 + 25 * number + canvas.random.uniform(-5, 5)
        canvas.ellipse(
            (x, 344 - 12 * (number % 2)), (24, 17), toned((130, 128, 126), light=0.4 + 0.02 * number)
        )
    for step, y in enumerate((470, 600)):
        left = 640 + 50 * step
        canvas.block((left - 90 * step, y, 1200, y + 42), mix(wood, (255, 236, 200), 0.4), round_by=6)
        canvas.block((left - 90 * step, y + 42, 1200, y + 60), mix(wood, (0, 0, 0), 0.5))
    bucket = [(760, 540), (880, 540), (864, 600), (776, 600)]
    canvas.polygon(bucket, (204, 160, 108))
    canvas.curve([(762, 556), (878, 556)], (92, 70, 52), width=6)
    canvas.curve([(860, 532), (960, 470)], (176, 132, 88), width=9)
    for _ in range(8):
        puff = (canvas.random.uniform(220, 620), canvas.random.uniform(60, 320))
        canvas.glow(puff, (190, 110), (255, 246, 232), 0.16)


def jar(canvas: Canvas, color: Color) -> None:
    """Honey, and light through it."""
    honey = (222, 152, 40)
    canvas.sky((250, 242, 226), (232, 214, 184))
    canvas.glow((420, 220), (620, 480), (255, 252, 238), 0.85)
    canvas.shade((0, 620, 1200, 800), (182, 140, 98), (150, 110, 74))
    canvas.shadow((620, 690), (300, 46), 0.55)
    canvas.block((440, 260, 780, 690), mix(honey, (255, 255, 255), 0.35), round_by=54)
    canvas.block((456, 320, 764, 676), honey, round_by=46)
    canvas.glow((540, 470), (120, 230), (255, 226, 140), 0.75)
    canvas.block((430, 206, 790, 280), toned(color, light=0.34, strength=0.6), round_by=14)
    canvas.block((506, 430, 714, 570), (250, 244, 230), round_by=8)
    for number in range(6):
        angle = math.pi * number / 3
        canvas.ring((610 + 34 * math.cos(angle), 500 + 34 * math.sin(angle)), (18, 18), honey, width=5)
    canvas.curve([(880, 200), (1010, 560)], (150, 106, 66), width=18)
    for step in range(5):
        canvas.ellipse((1016 + 6 * step, 566 + 22 * step), (44 - 5 * step, 10), (176, 126, 78))


def berries(canvas: Canvas, color: Color) -> None:
    amber = (232, 138, 48)
    canvas.sky(toned(color, light=0.92, strength=0.35), toned(color, light=0.74, strength=0.4))
    canvas.glow((800, 200), (560, 440), (255, 250, 234), 0.8)
    for number in range(24):
        x, y = canvas.random.uniform(80, 1120), canvas.random.uniform(140, 700)
        size = canvas.random.uniform(17, 25)
        canvas.shadow((x + 6, y + size * 2.1), (size * 2.8, size), 0.35)
        canvas.polygon(
            leaf((x, y), length=120, angle=-2.3 + number, width=34), toned((70, 112, 72), light=0.34)
        )
        for step in range(9):
            angle = step * 0.7
            spot = (x + size * 1.1 * math.cos(angle), y + size * 1.05 * math.sin(angle))
            canvas.ellipse(spot, (size * 0.62, size * 0.62), mix(amber, (255, 214, 140), 0.1 * (step % 4)))
        canvas.ellipse((x, y), (size * 0.8, size * 0.8), mix(amber, (255, 226, 160), 0.3))

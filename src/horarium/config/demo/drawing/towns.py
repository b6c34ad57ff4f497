"""Roofs, lanterns, palaces and cliffs: what a tour operator is about."""

from __future__ import annotations

import math

from .canvas import Canvas, Color, mix, toned, wave

PLASTER: tuple[Color, ...] = (
    (240, 226, 204), (232, 190, 150), (214, 222, 226), (246, 238, 222), (226, 170, 148), (238, 214, 150),
)  # fmt: skip
BLUE: Color = (46, 94, 150)


def old_town(canvas: Canvas, color: Color) -> None:
    """Houses that climb a hill in the evening sun, a strip of river above them."""
    canvas.sky((250, 222, 186), (252, 240, 218))
    canvas.glow((900, 130), (620, 380), (255, 238, 196), 0.95)
    canvas.shade((0, 190, 1200, 290), (156, 190, 204), (198, 212, 210))
    for row in range(5):
        y = 270 + 108 * row
        x = -60.0 - 30 * (row % 2)
        size = 0.86 + 0.17 * row
        while x < 1220:
            width = canvas.random.uniform(95, 150) * size
            height = canvas.random.uniform(130, 190) * size
            tone = mix(canvas.random.choice(PLASTER), (150, 110, 90), 0.2 - 0.035 * row)
            _house(canvas, (x, y), (width, height), tone, toned(color, light=0.5 - 0.02 * row, strength=0.8))
            x += width * 0.94
    canvas.glow((300, 760), (700, 160), (110, 70, 50), 0.25)


def _house(
    canvas: Canvas, at: tuple[float, float], size: tuple[float, float], tone: Color, roof: Color
) -> None:
    (x, y), (width, height) = at, size
    canvas.block((x, y, x + width, y + height + 160), tone)
    canvas.block((x + width * 0.82, y, x + width, y + height + 160), mix(tone, (90, 70, 70), 0.22))
    canvas.polygon(
        [
            (x - 5, y),
            (x + width * 0.5, y - height * 0.2),
            (x + width + 5, y),
            (x + width + 5, y + 9),
            (x - 5, y + 9),
        ],
        roof,
    )
    for column in range(2):
        left = x + width * (0.16 + 0.36 * column)
        for row in range(2):
            top = y + height * (0.2 + 0.42 * row)
            lit = canvas.random.random() < 0.25
            pane = (255, 222, 150) if lit else (84, 96, 112)
            canvas.block(
                (left - 3, top - 3, left + width * 0.2 + 3, top + height * 0.22 + 3), (250, 246, 238)
            )
            canvas.block((left, top, left + width * 0.2, top + height * 0.22), pane)


def lamp(canvas: Canvas, color: Color) -> None:
    """A lane at night, a lantern, a tiled wall."""
    canvas.sky((24, 26, 44), (58, 46, 60))
    canvas.polygon([(0, 0), (430, 120), (430, 610), (0, 800)], (66, 58, 70))
    canvas.polygon([(1200, 0), (760, 140), (760, 600), (1200, 800)], (84, 66, 66))
    canvas.polygon([(0, 800), (430, 610), (760, 600), (1200, 800)], (48, 42, 50))
    canvas.shade((430, 120, 760, 605), (38, 40, 66), (96, 74, 72))
    for row in range(9):
        for column in range(6):
            x, y = 800 + 62 * column, 330 + 50 * row - 12 * column
            tone = BLUE if (row + column) % 2 else (206, 214, 222)
            shape = [(x, y), (x + 58, y - 10 + column), (x + 58, y + 36 + column), (x, y + 44)]
            canvas.polygon(shape, mix(tone, (40, 34, 44), 0.45), 0.85)
    canvas.curve([(430, 236), (560, 236)], (26, 24, 28), width=10)
    canvas.glow((560, 330), (520, 440), (255, 190, 100), 0.85)
    canvas.polygon([(526, 270), (594, 270), (580, 372), (540, 372)], (255, 224, 160))
    canvas.curve([(526, 270), (540, 372), (580, 372), (594, 270), (526, 270)], (26, 24, 28), width=7)
    canvas.polygon([(516, 270), (604, 270), (560, 232)], (26, 24, 28))
    for step in range(12):
        y = 624 + 15 * step
        canvas.curve(
            wave((260 - 18 * step, y), 720 + 30 * step, height=3, turns=5, phase=step), (120, 92, 80), width=2
        )
    canvas.glow((560, 690), (320, 120), toned(color, light=0.6, strength=0.9), 0.5)


def palace(canvas: Canvas, color: Color) -> None:
    """Towers on a wooded hill, in the mist."""
    canvas.sky((180, 208, 222), (240, 236, 222))
    canvas.glow((860, 190), (520, 420), (255, 250, 230), 0.9)
    red, yellow = (196, 92, 72), (236, 186, 88)
    canvas.block((430, 260, 800, 470), yellow)
    canvas.block((330, 300, 440, 480), red)
    canvas.block((800, 210, 880, 480), red)
    canvas.polygon([(790, 212), (890, 212), (840, 118)], mix(color, (90, 70, 60), 0.5))
    canvas.block((560, 160, 650, 300), mix(yellow, (255, 255, 255), 0.25))
    canvas.ellipse((605, 162), (56, 52), mix(yellow, (255, 255, 255), 0.1))
    canvas.curve([(605, 118), (605, 76)], (110, 84, 70), width=5)
    for left in range(330, 880, 36):
        canvas.block(
            (left, 288 if left < 430 else 248, left + 18, 312 if left < 430 else 268), mix(yellow, red, 0.3)
        )
    for left in range(456, 790, 66):
        canvas.block((left, 320, left + 30, 392), (96, 84, 84), round_by=15)
    for layer in range(4):
        tone = toned((66, 104, 78), light=0.46 - 0.09 * layer, strength=0.9)
        line = wave((-20, 470 + 74 * layer), 1240, height=36, turns=1.4 + 0.5 * layer, phase=1.3 * layer)
        canvas.polygon([*line, (1240, 900), (-20, 900)], tone)
        for number in range(24):
            x = -20 + 54 * number + canvas.random.uniform(-16, 16)
            size = canvas.random.uniform(24, 44)
            canvas.ellipse(
                (x, 470 + 74 * layer + 30),
                (size, size * 0.9),
                mix(tone, (255, 255, 255), 0.04 * (number % 3)),
            )
        canvas.glow((600, 500 + 74 * layer), (900, 70), (240, 240, 230), 0.28)


def cliffs(canvas: Canvas, color: Color) -> None:
    """White rocks, a turquoise cove, pines above."""
    canvas.sky((146, 196, 222), (232, 242, 240))
    canvas.glow((300, 150), (460, 320), (255, 252, 232), 0.9)
    canvas.shade((0, 320, 1200, 800), (38, 122, 150), (92, 202, 198))
    for number in range(26):
        y = 350 + 17 * number
        line = wave((canvas.random.uniform(-80, 500), y), 480, height=4, turns=3, phase=number)
        canvas.curve(line, (232, 250, 248), width=2, alpha=0.34)
    for side, points in enumerate((
        [(1240, 150), (980, 200), (900, 330), (820, 380), (790, 520), (700, 620), (1240, 860)],
        [(-40, 330), (150, 360), (260, 460), (300, 560), (420, 650), (-40, 860)],
    )):  # fmt: skip
        rock = (226, 212, 190)
        canvas.polygon(points, rock)
        for step in range(9):
            x = 860 + 40 * step if side == 0 else 20 + 36 * step
            y = 330 + 22 * step if side == 0 else 430 + 18 * step
            canvas.polygon(
                [(x, y), (x + 46, y + 20), (x + 30, y + 210), (x - 12, y + 180)],
                mix(rock, (140, 120, 104), 0.2 + 0.05 * (step % 3)),
                0.55,
            )
        green = (72, 110, 76)
        for number in range(16):
            x = (900 + 24 * number) if side == 0 else (-30 + 17 * number)
            y = (300 - 9 * number) if side == 0 else (330 + 6 * number)
            canvas.ellipse((x, y), (30, 24), mix(green, (255, 255, 255), 0.05 * (number % 3)))
    canvas.ellipse((560, 700), (250, 60), (242, 230, 204))
    canvas.glow((560, 650), (320, 60), (255, 255, 255), 0.4)
    canvas.polygon([(520, 430), (600, 430), (590, 446), (530, 446)], toned(color, light=0.4))
    canvas.polygon([(560, 350), (560, 424), (604, 424)], (252, 250, 244))


def tiles(canvas: Canvas, color: Color) -> None:
    """A wall of painted tiles."""
    blue = mix(BLUE, color, 0.3)
    canvas.sky((236, 238, 238), (214, 222, 228))
    size = 300
    for row in range(3):
        for column in range(4):
            x, y = column * size, row * size
            canvas.block((x + 3, y + 3, x + size - 3, y + size - 3), (246, 246, 242), round_by=5)
            center = (x + size / 2, y + size / 2)
            for number in range(8):
                angle = math.pi * number / 4
                reach = 58 if number % 2 else 73
                spot = (center[0] + reach * math.cos(angle), center[1] + reach * math.sin(angle))
                canvas.ellipse(spot, (33, 33), mix(blue, (255, 255, 255), 0.15 * (number % 2)), 0.92)
            canvas.ellipse(center, (45, 45), (232, 178, 70))
            canvas.ring(center, (130, 130), blue, width=7)
            for corner in ((0, 0), (size, 0), (0, size), (size, size)):
                canvas.ring((x + corner[0], y + corner[1]), (60, 60), blue, width=13)
                canvas.ellipse((x + corner[0], y + corner[1]), (25, 25), blue)
    canvas.blur(1.6)
    canvas.glow((340, 180), (620, 460), (255, 255, 250), 0.4)
    canvas.glow((1040, 700), (520, 380), (20, 30, 50), 0.3)


def minibus(canvas: Canvas, color: Color) -> None:
    canvas.sky((206, 226, 230), (246, 238, 220))
    canvas.glow((280, 190), (460, 360), (255, 250, 226), 0.85)
    for layer in range(3):
        line = wave((-20, 440 + 40 * layer), 1240, height=40, turns=0.8 + 0.3 * layer, phase=1.7 * layer)
        canvas.polygon(
            [*line, (1240, 900), (-20, 900)], toned((110, 140, 104), light=0.68 - 0.1 * layer, strength=0.8)
        )
    canvas.shade((0, 620, 1200, 800), (132, 126, 122), (102, 98, 96))
    canvas.shadow((610, 690), (430, 40), 0.6)
    body = toned(color, light=0.52, strength=0.95)
    canvas.block((220, 310, 1000, 660), body, round_by=60)
    canvas.block((220, 500, 1000, 560), mix(body, (255, 255, 255), 0.55))
    for number in range(4):
        x = 270 + 160 * number
        canvas.block((x, 352, x + 138, 468), (70, 92, 104), round_by=14)
        canvas.glow((x + 50, 390), (60, 60), (220, 238, 242), 0.5)
    canvas.polygon([(910, 352), (968, 352), (992, 468), (910, 468)], (70, 92, 104))
    for x in (390, 830):
        canvas.ellipse((x, 660), (70, 70), (40, 40, 44))
        canvas.ellipse((x, 660), (36, 36), (190, 190, 190))
    canvas.ellipse((982, 590), (18, 24), (255, 246, 204))


def town_map(canvas: Canvas, color: Color) -> None:
    """A drawn map with a way on it."""
    paper = (246, 238, 220)
    canvas.sky((150, 118, 92), (120, 92, 72))
    canvas.shadow((610, 430), (640, 400), 0.45)
    canvas.polygon([(120, 110), (1060, 80), (1100, 690), (150, 720)], paper)
    canvas.polygon([(440, 100), (450, 712), (760, 702), (748, 90)], mix(paper, (0, 0, 0), 0.04))
    for number in range(13):
        line = wave(
            (160, 160 + 42 * number),
            890,
            height=16 + 3 * (number % 4),
            turns=0.7 + 0.2 * (number % 5),
            phase=number,
        )
        canvas.curve(line, mix(paper, (120, 100, 80), 0.35), width=4, alpha=0.8)
    for number in range(15):
        x = 190 + 60 * number
        canvas.curve([(x, 130), (x + 40 * math.sin(number), 680)], mix(paper, (120, 100, 80), 0.25), width=3)
    canvas.polygon([(126, 560), (1094, 600), (1100, 690), (150, 720)], (158, 196, 208))
    way = [(240, 560), (330, 470), (420, 500), (520, 390), (640, 420), (700, 300), (850, 330), (940, 220)]
    canvas.curve(way, toned(color, light=0.42, strength=1.0), width=9)
    for x, y in (way[0], way[3], way[5], way[-1]):
        canvas.shadow((x, y + 8), (34, 16), 0.5)
        canvas.polygon([(x, y), (x - 22, y - 46), (x + 22, y - 46)], toned(color, light=0.4, strength=1.0))
        canvas.ellipse((x, y - 52), (24, 24), toned(color, light=0.4, strength=1.0))
        canvas.ellipse((x, y - 52), (9, 9), paper)

"""Stages, halls and what stands in them: what an event venue is about."""

from __future__ import annotations

import math

from .canvas import Canvas, Color, mix, toned, wave

INK: Color = (20, 18, 24)
WARM: Color = (255, 226, 170)


def stage(canvas: Canvas, color: Color) -> None:
    """A brick vault, beams of light, the heads of the audience."""
    canvas.sky((26, 20, 28), (66, 40, 46))
    for arch in range(4):
        reach = 640 - 120 * arch
        canvas.ring((600, 520), (reach, reach * 0.82), mix((112, 70, 58), INK, 0.5 - 0.12 * arch), width=44)
    canvas.glow((600, 420), (420, 330), toned(color, light=0.5, strength=1.0), 0.7)
    for number in range(5):
        x = 300 + 150 * number
        spread = (x - 600) * 0.25
        beam = [(x - 12, 90), (x + 12, 90), (x + 120 - spread, 570), (x - 120 - spread, 570)]
        canvas.polygon(beam, WARM if number % 2 else toned(color, light=0.72, strength=1.0), 0.2)
        canvas.block((x - 24, 60, x + 24, 96), INK, round_by=6)
    canvas.polygon([(240, 560), (960, 560), (1060, 640), (140, 640)], (94, 62, 48))
    _band(canvas)
    for row in range(3):
        y = 668.0 + 52 * row
        for number in range(17 - 2 * row):
            at = canvas.random.uniform(-20, 20) + (1240 / (16 - 2 * row)) * number
            size = 26 + 8 * row
            tone = mix(INK, toned(color, light=0.2), 0.35 - 0.12 * row)
            canvas.ellipse((at, y), (size, size * 1.15), tone)
            canvas.block((at - size * 1.7, y + size, at + size * 1.7, y + 200), tone, round_by=size)


def _band(canvas: Canvas) -> None:
    for x, height in ((380, 150), (560, 170), (800, 150)):
        canvas.ellipse((x, 560 - height), (22, 26), INK)
        canvas.polygon([(x - 40, 572), (x + 40, 572), (x + 30, 590 - height), (x - 30, 590 - height)], INK)
    canvas.ellipse((836, 500), (34, 78), mix(INK, (150, 90, 50), 0.5))
    canvas.curve([(836, 300), (836, 560)], INK, width=8)
    canvas.curve([(330, 480), (440, 440)], (210, 170, 80), width=10)
    canvas.curve([(580, 470), (580, 572)], (60, 56, 60), width=6)
    for x in (650, 706):
        canvas.ellipse((x, 540), (42, 32), mix(INK, (170, 60, 60), 0.4))


def red_hall(canvas: Canvas, color: Color) -> None:
    """A wooden floor, red curtains, a row of bulbs."""
    canvas.sky(toned(color, light=0.3, strength=0.9), toned(color, light=0.42, strength=0.9))
    for number in range(25):
        tone = toned(color, light=0.26 + 0.1 * (number % 2), strength=0.95)
        canvas.block((50 * number, 60, 50 * number + 46, 560), tone, round_by=8)
    canvas.polygon([(0, 800), (0, 620), (240, 550), (960, 550), (1200, 620), (1200, 800)], (184, 130, 84))
    for number in range(13):
        canvas.curve(
            [(600 + (number - 6) * 60, 550), (600 + (number - 6) * 210, 800)], (140, 94, 60), width=3
        )
    line = wave((0, 120), 1200, height=26, turns=2.5)
    canvas.curve(line, (60, 30, 30), width=4)
    for x, y in line[::5]:
        canvas.ellipse((x, y + 14), (11, 14), (255, 244, 214))
        canvas.glow((x, y + 16), (90, 90), WARM, 0.6)
    canvas.glow((600, 640), (520, 140), (255, 224, 170), 0.4)
    for x in (150, 260, 940, 1050):
        canvas.shadow((x + 36, 706), (60, 16), 0.5)
        canvas.block((x, 600, x + 72, 622), INK, round_by=6)
        canvas.block((x + 4, 510, x + 14, 610), INK)
        for leg in (x + 6, x + 58):
            canvas.curve([(leg, 620), (leg, 704)], INK, width=6)


def terrace(canvas: Canvas, color: Color) -> None:
    """Evening over a dock, strings of lights, tables."""
    canvas.sky((92, 130, 156), (250, 206, 164))
    canvas.glow((320, 420), (520, 260), (255, 226, 176), 0.9)
    canvas.shade((0, 430, 1200, 600), toned(color, light=0.62, strength=0.6), toned(color, light=0.4))
    for number in range(18):
        y = 446 + 8 * number
        x = canvas.random.uniform(0, 900)
        canvas.curve([(x, y), (x + 190, y)], (255, 240, 214), width=2, alpha=0.35)
    for x in (760, 880, 1010):
        canvas.curve([(x, 440), (x, 220 + (x % 90))], (70, 62, 66), width=4)
        canvas.polygon([(x - 70, 436), (x + 70, 436), (x + 50, 466), (x - 50, 466)], (246, 240, 230))
    canvas.polygon([(0, 600), (1200, 600), (1200, 800), (0, 800)], (168, 122, 86))
    for number in range(15):
        canvas.curve([(86 * number, 600), (600 + (86 * number - 600) * 1.5, 800)], (128, 90, 64), width=3)
    for row in range(3):
        for step in range(13):
            bulb = (100.0 * step, 60 + 60 * row + 50 * math.sin(math.pi * step / 12 + 0.4 * row))
            canvas.ellipse(bulb, (8, 9), (255, 246, 214))
            canvas.glow(bulb, (56, 56), WARM, 0.55)
        points = [
            (100 * step, 52 + 60 * row + 50 * math.sin(math.pi * step / 12 + 0.4 * row)) for step in range(13)
        ]
        canvas.curve(points, (60, 52, 50), width=2.5)
    for x in (230, 600, 970):
        canvas.shadow((x, 760), (120, 20), 0.5)
        canvas.ellipse((x, 640), (96, 22), (250, 244, 232))
        canvas.curve([(x, 650), (x, 756)], (70, 60, 54), width=9)
        canvas.ellipse((x, 620), (10, 20), WARM)
        canvas.glow((x, 616), (100, 80), WARM, 0.5)


def rehearsal(canvas: Canvas, color: Color) -> None:
    """Foam on the wall, amplifiers, a drum kit."""
    canvas.sky(toned(color, light=0.22, strength=0.5), toned(color, light=0.3, strength=0.5))
    for row in range(7):
        for column in range(15):
            x, y = 84 * column - 20, 80 * row
            tone = toned(color, light=0.2 if (row + column) % 2 else 0.26, strength=0.5)
            canvas.polygon([(x, y), (x + 80, y), (x + 40, y + 40)], tone)
            canvas.polygon([(x, y + 76), (x + 80, y + 76), (x + 40, y + 36)], mix(tone, (0, 0, 0), 0.2))
    canvas.shade((0, 570, 1200, 800), (106, 74, 60), (78, 54, 46))
    canvas.glow((600, 200), (620, 420), (255, 214, 150), 0.4)
    for x, width in ((70, 220), (930, 210)):
        canvas.block((x, 400, x + width, 690), INK, round_by=12)
        canvas.block((x + 16, 470, x + width - 16, 674), (58, 54, 58), round_by=6)
        canvas.block((x + 16, 416, x + width - 16, 456), (196, 168, 110), round_by=4)
        for number in range(6):
            canvas.ellipse((x + 40 + 26 * number, 436), (7, 7), INK)
    drums(canvas, toned(color, light=0.5, strength=1.0), is_alone=False)


def drums(canvas: Canvas, color: Color, *, is_alone: bool = True) -> None:
    if is_alone:
        canvas.sky(toned(color, light=0.86, strength=0.4), toned(color, light=0.62, strength=0.5))
        canvas.glow((600, 260), (640, 420), (255, 248, 228), 0.7)
        canvas.shade((0, 640, 1200, 800), (170, 126, 88), (138, 100, 70))
        for x, width, lean in ((260, 210, 0), (520, 230, 1), (800, 200, 0)):
            canvas.shadow((x + width / 2, 716), (width * 0.7, 30), 0.5)
            box = [(x, 390), (x + width, 380 + 20 * lean), (x + width, 706), (x, 706)]
            canvas.polygon(box, mix((196, 140, 90), color, 0.15 + 0.15 * lean))
            canvas.polygon(
                [(x, 390), (x + width, 380 + 20 * lean), (x + width - 24, 350), (x + 20, 352)],
                (226, 180, 128),
            )
            canvas.ring((x + width / 2, 560), (48, 48), (94, 62, 42), width=9)
        return
    shell = toned(color, light=0.42, strength=1.0)
    canvas.shadow((610, 740), (280, 30), 0.6)
    canvas.ellipse((610, 610), (130, 130), shell)
    canvas.ellipse((610, 610), (108, 108), (242, 236, 224))
    for x, y, reach in ((500, 470, 74), (700, 466, 78), (800, 580, 84)):
        canvas.block((x - reach, y, x + reach, y + 86), shell, round_by=14)
        canvas.ellipse((x, y), (reach, 24), (246, 242, 232))
    for x, y in ((400, 380), (830, 350)):
        canvas.curve([(x, y), (x + (610 - x) * 0.2, 740)], (150, 150, 154), width=6)
        canvas.ellipse((x, y), (116, 18), (216, 178, 84))
        canvas.ellipse((x, y - 4), (22, 7), (244, 220, 140))


def flamenco(canvas: Canvas, color: Color) -> None:
    """A dress in motion."""
    canvas.sky((40, 26, 34), (96, 52, 50))
    canvas.glow((600, 300), (520, 460), (255, 200, 140), 0.65)
    canvas.shade((0, 690, 1200, 800), (120, 78, 56), (86, 56, 42))
    for layer in range(9):
        share = layer / 8
        tone = toned(color, light=0.3 + 0.22 * (layer % 2) + 0.06 * share, strength=1.2)
        line = []
        for step in range(41):
            angle = math.pi * (0.02 + 0.96 * step / 40)
            reach = (500 - 46 * layer) * (1 + 0.06 * math.sin(step * 1.3 + layer))
            line.append((610 - reach * math.cos(angle), 360 + reach * 0.72 * math.sin(angle)))
        canvas.polygon([(600, 330), *line], tone, 0.95)
        canvas.curve(line, mix(tone, (255, 230, 210), 0.4), width=4)
    dark = (36, 22, 28)
    canvas.polygon([(556, 340), (648, 340), (632, 210), (572, 210)], dark)
    canvas.ellipse((602, 160), (34, 42), (150, 98, 76))
    canvas.ellipse((606, 138), (38, 30), dark)
    canvas.ellipse((640, 130), (18, 16), toned(color, light=0.5, strength=1.3))
    canvas.curve([(576, 220), (500, 150), (540, 60)], (150, 98, 76), width=20)
    canvas.curve([(630, 220), (720, 250), (740, 170)], (150, 98, 76), width=20)


def record(canvas: Canvas, color: Color) -> None:
    canvas.sky(toned(color, light=0.84, strength=0.4), toned(color, light=0.66, strength=0.5))
    canvas.glow((360, 200), (560, 440), (255, 250, 236), 0.75)
    canvas.shadow((630, 430), (430, 400), 0.4)
    canvas.block((220, 130, 720, 670), toned(color, light=0.36, strength=0.9))
    canvas.ellipse((470, 400), (150, 150), toned(color, light=0.6, strength=0.8))
    canvas.ellipse((740, 400), (255, 255), (24, 22, 26))
    for number in range(12):
        canvas.ring((740, 400), (100 + 12 * number, 100 + 12 * number), (52, 50, 56), width=2)
    canvas.ellipse((740, 400), (82, 82), (230, 178, 84))
    canvas.ellipse((740, 400), (9, 9), (24, 22, 26))
    canvas.glow((820, 300), (150, 150), (255, 255, 255), 0.22)


def shirt(canvas: Canvas, color: Color) -> None:
    canvas.sky((240, 234, 226), (222, 212, 200))
    canvas.glow((360, 200), (560, 440), (255, 254, 248), 0.8)
    cloth = toned(color, light=0.4, strength=0.95)
    canvas.shadow((606, 440), (400, 380), 0.3)
    canvas.polygon(
        [(430, 130), (520, 110), (680, 110), (770, 130), (930, 260), (850, 360), (770, 300), (770, 700),
         (430, 700), (430, 300), (350, 360), (270, 260)],
        cloth,
    )  # fmt: skip
    canvas.ellipse((600, 112), (82, 42), mix(cloth, (0, 0, 0), 0.3))
    for step in range(4):
        line = wave((490, 380 + 34 * step), 220, height=13, turns=1.6, phase=0.8 * step)
        canvas.curve(line, (250, 242, 226), width=9)
    canvas.glow((520, 420), (160, 320), (255, 255, 255), 0.14)


def cup(canvas: Canvas, color: Color) -> None:
    """A cold glass of horchata and two fartons."""
    canvas.sky(toned(color, light=0.9, strength=0.35), toned(color, light=0.76, strength=0.4))
    canvas.glow((400, 200), (600, 460), (255, 252, 242), 0.8)
    canvas.shade((0, 620, 1200, 800), (206, 170, 128), (178, 140, 100))
    canvas.shadow((520, 694), (220, 34), 0.5)
    canvas.polygon([(400, 220), (650, 220), (616, 690), (434, 690)], (236, 240, 238), 0.8)
    canvas.polygon([(408, 300), (642, 300), (614, 680), (438, 680)], (246, 236, 214))
    canvas.ellipse((525, 300), (117, 22), (255, 250, 236))
    canvas.glow((470, 440), (50, 200), (255, 255, 255), 0.7)
    for x, y in ((700, 640), (740, 590)):
        canvas.shadow((x + 160, y + 52), (200, 20), 0.4)
        canvas.block((x, y - 30, x + 330, y + 40), (214, 152, 84), round_by=35)
        canvas.glow((x + 150, y - 14), (150, 22), (255, 240, 214), 0.7)

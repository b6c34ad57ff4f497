"""A small stage for drawing: its own units (1200 × 800), gradients, glows, soft shadows, grain."""

from __future__ import annotations

import colorsys
import io
import math
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Color = tuple[int, int, int]
Point = tuple[float, float]
OVERSAMPLING: Final = 1.5
QUALITY: Final = 80
MAX_BYTES: Final = 110_000
GRAIN: Final = 7


def color_of(text: str) -> Color:
    """`#rrggbb`."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def mix(one: Color, other: Color, share: float) -> Color:
    """`share` of the other in the one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def toned(color: Color, *, light: float, strength: float = 1.0, turn: float = 0.0) -> Color:
    """The same hue (turned by a part of the circle) with another lightness and saturation."""
    hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    parts = colorsys.hls_to_rgb((hue + turn) % 1, light, min(1.0, saturation * strength))
    red, green, blue = (round(part * 255) for part in parts)
    return red, green, blue


class Canvas:
    def __init__(self, width: int, height: int, *, seed: str) -> None:
        self.width, self.height = width, height
        self.random = Random(seed)  # noqa: S311 - the same picture every time
        self.image = Image.new("RGB", self._size(width, height))
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def sky(self, top: Color, bottom: Color) -> None:
        """The whole ground from top to bottom."""
        self.shade((0, 0, self.width, self.height), top, bottom)

    def shade(self, box: tuple[float, float, float, float], top: Color, bottom: Color) -> None:
        left, upper, right, lower = (round(one * OVERSAMPLING) for one in box)
        size = (max(right - left, 1), max(lower - upper, 1))
        mask = Image.linear_gradient("L").resize(size)
        ground = Image.new("RGB", size, top)
        ground.paste(bottom, (0, 0), mask)
        self.image.paste(ground, (left, upper))

    def glow(self, center: Point, radius: Point, color: Color, strength: float = 0.6) -> None:
        """A soft light, added to what is there."""
        size = self._size(2 * radius[0], 2 * radius[1])
        light = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda one: round(one * one / 255 * strength)
        )
        place = self._at((center[0] - radius[0], center[1] - radius[1]))
        self.image.paste(color, place, light.resize(size, Image.Resampling.BILINEAR))

    def polygon(self, points: Sequence[Point], color: Color, alpha: float = 1.0) -> None:
        self._pen.polygon([self._at(point) for point in points], fill=(*color, round(alpha * 255)))

    def ellipse(self, center: Point, radius: Point, color: Color, alpha: float = 1.0) -> None:
        self._pen.ellipse(self._box(center, radius), fill=(*color, round(alpha * 255)))

    def ring(self, center: Point, radius: Point, color: Color, *, width: float, alpha: float = 1.0) -> None:
        line = round(width * OVERSAMPLING)
        self._pen.ellipse(self._box(center, radius), outline=(*color, round(alpha * 255)), width=line)

    def block(
        self, box: tuple[float, float, float, float], color: Color, *, alpha: float = 1.0, round_by: float = 0
    ) -> None:
        corners = [*self._at(box[:2]), *self._at(box[2:])]
        self._pen.rounded_rectangle(corners, round_by * OVERSAMPLING, fill=(*color, round(alpha * 255)))

    def curve(self, points: Sequence[Point], color: Color, *, width: float, alpha: float = 1.0) -> None:
        line = max(1, round(width * OVERSAMPLING))
        fill = (*color, round(alpha * 255))
        self._pen.line([self._at(point) for point in points], fill=fill, width=line, joint="curve")

    def shadow(self, center: Point, radius: Point, strength: float = 0.35) -> None:
        self.glow(center, radius, (18, 20, 22), strength)

    def blur(self, radius: float) -> None:
        """Push what is drawn so far into the distance."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * OVERSAMPLING))
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def finish(self, *, vignette: float = 0.22, grain: float = 0.02) -> bytes:
        """JPEG bytes, in the size that was asked for."""
        image = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        edge = Image.radial_gradient("L").point(lambda one: round(max(0, one - 96) * vignette))
        image.paste((12, 12, 14), (0, 0), edge.resize(image.size, Image.Resampling.BILINEAR))
        if grain:
            image = Image.blend(image, self._grain(image.size), grain)
        return _encoded(image)

    def _grain(self, size: tuple[int, int]) -> Image.Image:
        tile = _noise()
        noise = Image.new("L", size)
        for left in range(0, size[0], 200):
            for top in range(0, size[1], 200):
                noise.paste(tile, (left, top))
        return Image.merge("RGB", (noise, noise, noise))

    def _size(self, width: float, height: float) -> tuple[int, int]:
        return max(1, round(width * OVERSAMPLING)), max(1, round(height * OVERSAMPLING))

    def _at(self, point: Sequence[float]) -> tuple[int, int]:
        return round(point[0] * OVERSAMPLING), round(point[1] * OVERSAMPLING)

    def _box(self, center: Point, radius: Point) -> list[int]:
        (x, y), (across, down) = center, radius
        return [*self._at((x - across, y - down)), *self._at((x + across, y + down))]


@cache
def _noise() -> Image.Image:
    """A piece of grain: the same for all pictures, as paper is."""
    random = Random(GRAIN)  # noqa: S311 - the same grain every time
    return Image.frombytes("L", (200, 200), bytes(random.choices(range(60, 196), k=40_000)))


def _encoded(image: Image.Image) -> bytes:
    """As good as fits into `MAX_BYTES`."""
    for quality in range(QUALITY, 30, -10):
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        if buffer.tell() <= MAX_BYTES:
            break
    return buffer.getvalue()


def wave(
    first: Point, length: float, *, height: float, turns: float, phase: float = 0.0, steps: int = 60
) -> list[Point]:
    """A sine from `first` to the right."""
    return [
        (
            first[0] + length * step / steps,
            first[1] + height * math.sin(phase + turns * 2 * math.pi * step / steps),
        )
        for step in range(steps + 1)
    ]


def leaf(start: Point, *, length: float, angle: float, width: float) -> list[Point]:
    """A pointed leaf that grows from `start`; the angle in radians, 0 to the right, downwards positive."""
    points = []
    for side in (1, -1):
        steps = range(13) if side == 1 else range(12, -1, -1)
        for step in steps:
            along = length * step / 12
            off = side * width * math.sin(math.pi * (step / 12) ** 0.8)
            points.append(
                (
                    start[0] + along * math.cos(angle) - off * math.sin(angle),
                    start[1] + along * math.sin(angle) + off * math.cos(angle),
                )
            )
    return points

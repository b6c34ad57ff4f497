"""The business's colour on a page, and whether black or white reads on it (WCAG 2.2 contrast)."""

import re
from typing import Final

FALLBACK: Final = "#17607a"
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")


def brand_of(color: str | None) -> str:
    """The colour when it is a plain `#rrggbb`, otherwise the house colour; safe inside a style element."""
    return color.lower() if color and _HEX.fullmatch(color) else FALLBACK


def ink_on(color: str) -> str:
    """White where it reaches 4.5:1 on the colour, otherwise black (one of the two always does)."""
    return "#fff" if contrast("#ffffff", color) >= 4.5 else "#000"


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two `#rrggbb` colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

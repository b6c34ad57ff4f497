"""Which pictures are taken, and in which form they are kept."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from horarium.kit.errors import InvalidInput

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 2400
FORMATS: Final = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}


class InvalidImage(InvalidInput):
    """Not a picture that is taken here; `params.reason` says why."""

    code = "files.invalid_image"


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    content_type: str
    extension: str
    width: int
    height: int


def clean_picture(content: bytes) -> Picture:
    """Read the picture and write it anew: without EXIF (places!), turned upright, at most 2400 pixels a side.

    The type is what the content says, never the name or the header. Raises InvalidImage.
    """
    if len(content) > MAX_BYTES:
        raise _refuse("too_large", "larger than 8 MB", limit=MAX_BYTES)
    try:
        with warnings.catch_warnings():
            # Pillow only warns of moderately large bombs.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(FORMATS)) as image:
                return _rewritten(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refuse("too_many_pixels", "too many pixels", limit=MAX_PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise _refuse("type", "not a JPEG, PNG or WebP picture", allowed=list(FORMATS)) from None


def _rewritten(image: Image.Image) -> Picture:
    if image.width * image.height > MAX_PIXELS:
        raise _refuse("too_many_pixels", "too many pixels", limit=MAX_PIXELS)
    kind = str(image.format)
    content_type, extension = FORMATS[kind]
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    plain = upright.convert(_mode(kind, upright))
    # A new image takes nothing along but the pixels.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    written = io.BytesIO()
    bare.save(written, kind, **({"optimize": True} if kind == "PNG" else {"quality": 85}))
    return Picture(written.getvalue(), content_type, extension, bare.width, bare.height)


def _mode(kind: str, image: Image.Image) -> str:
    has_alpha = kind != "JPEG" and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info)
    return "RGBA" if has_alpha else "RGB"


def _refuse(reason: str, message: str, **params: object) -> InvalidImage:
    return InvalidImage(message, field="file", params={"reason": reason, **params})

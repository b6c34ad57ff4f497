"""Where files lie and how they are addressed."""

from __future__ import annotations

import re
from typing import Final

from django.urls import reverse

_NAME: Final = re.compile(r"[0-9a-f]{24}\.(?P<extension>jpg|png|webp)")
CONTENT_TYPES: Final = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def stored_path(name: str) -> str:
    """Inside the storage: a folder for each two first digits, so that none grows without end."""
    return f"media/{name[:2]}/{name}"


def media_path(name: str) -> str:
    """The address of a stored file, or nothing without one."""
    return reverse("media", args=[name]) if name else ""


def content_type_of(name: str) -> str | None:
    """None for anything that is not a name we gave: paths never get as far as the storage."""
    found = _NAME.fullmatch(name)
    return CONTENT_TYPES[found["extension"]] if found else None

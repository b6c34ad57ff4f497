"""The built script of the widget, read once for each build."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Script:
    """`etag` names the plain content; packed content has a tag of its own."""

    plain: bytes
    packed: bytes
    etag: str


def script_path() -> Path:
    folder: Path = settings.FRONTEND_DIST
    return folder / "widget" / "horarium.js"


def find_script() -> Script | None:
    """None where the front end has not been built."""
    path = script_path()
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=1)
def _read(path: Path, changed_ns: int) -> Script:
    plain = path.read_bytes()
    etag = hashlib.blake2b(plain, digest_size=12).hexdigest()
    return Script(plain, gzip.compress(plain, 9, mtime=0), etag)

"""From the text of a setting to its value.

Each parser raises ValueError with words that follow the name of the setting.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Address:
    host: str
    port: int


@dataclass(frozen=True, kw_only=True)
class Mail:
    host: str
    port: int
    user: str
    password: str
    tls: str

    def __repr__(self) -> str:
        return f"Mail({self.host}:{self.port}, tls={self.tls})"


def whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise ValueError(f"must be a whole number from {low} to {high}, not {text!r}")
        return number

    return parse


port_number = whole_number(1, 65535)


def optional(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Nothing given is None."""
    return lambda text: parse(text) if text else None


def choice(allowed: Iterable[str]) -> Callable[[str], Any]:
    """One of the given words (or members of a StrEnum); None for no word at all."""
    known = {str(word): word for word in allowed}

    def parse(text: str) -> Any:
        if text and text.lower() not in known:
            raise ValueError(f"must be one of {', '.join(known)}, not {text!r}")
        return known[text.lower()] if text else None

    return parse


def log_level(text: str) -> str:
    level: str = choice(("debug", "info", "warning", "error"))(text)
    return level.upper()


def names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def networks(text: str) -> tuple[str, ...]:
    for part in names(text):
        try:
            ip_network(part, strict=False)
        except ValueError as error:
            raise ValueError(f"must be addresses or networks like 10.0.0.0/8, not {part!r}") from error
    return names(text)


def address(text: str) -> Address | None:
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not host:
        raise ValueError(f"must be host:port, not {text!r}")
    return Address(host.strip("[]"), port_number(port))


def web_address(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"must look like https://book.example.org, not {text!r}")
    if parts.path not in ("", "/"):
        raise ValueError(f"must have no path, not {parts.path!r}")
    return f"{parts.scheme}://{parts.netloc}"


def postgres_url(text: str) -> str:
    if text and urlsplit(text).scheme not in ("postgres", "postgresql"):
        raise ValueError("must start with postgresql:// (other databases do not work)")
    return text


def mail(text: str) -> Mail | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("must look like smtp://user:password@host:587?tls=starttls")
    given = parse_qs(parts.query).get("tls", ["ssl" if parts.scheme == "smtps" else ""])[0]
    tls = given or ("starttls" if parts.port == 587 else "none")
    if tls not in ("starttls", "ssl", "none"):
        raise ValueError(f"has tls={tls}: it must be starttls, ssl or none")
    return Mail(
        host=parts.hostname,
        port=parts.port or {"ssl": 465, "starttls": 587, "none": 25}[tls],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
    )

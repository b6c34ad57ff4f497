"""What may be said about a business and its locations. Pure: no Django, no database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypedDict, cast
from urllib.parse import urlsplit

from phonenumbers import SUPPORTED_REGIONS

from horarium.kit.errors import InvalidInput
from horarium.kit.money import CURRENCIES
from horarium.kit.text import InvalidEmail, normalise_email
from horarium.kit.zones import UnknownZone, zone

LANGUAGES: Final = ("en", "ru", "es")
BUSINESS_TYPES: Final = ("hotel", "services", "tours", "events", "rental", "studio")
RESERVED_SLUGS: Final = frozenset(
    {
        "accounts", "admin", "api", "assets", "b", "docs", "embed", "files", "gallery", "health", "help",
        "invitations", "language", "manage", "media", "metrics", "my", "new", "pay", "public", "signin",
        "static", "support", "test", "widget", "www",
    }
)  # fmt: skip
LEAST_CONTRAST: Final = 3.0
"""WCAG 2.2 (1.4.11): what buttons and marks need against the white of the page."""

_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9]|-(?!-)){1,58}[a-z0-9]")
_HEX: Final = re.compile(r"#[0-9a-f]{6}")


class BusinessFields(TypedDict, total=False):
    slug: str
    name: str
    type: str
    currency: str
    country: str
    default_language: str
    brand_color: str
    tagline: str
    about: str
    email: str
    phone: str
    website: str
    cover_file: str
    translations: dict[str, dict[str, str]]
    is_active: bool


class LocationFields(TypedDict, total=False):
    name: str
    address: str
    city: str
    country: str
    time_zone: str
    phone: str
    directions: str
    translations: dict[str, dict[str, str]]
    position: int
    is_active: bool


def refuse(field: str, reason: str, message: str, **params: object) -> InvalidInput:
    return InvalidInput(message, field=field, params={"reason": reason, **params})


def check_text(field: str, limit: int, *, required: bool = False) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        text = str(value).strip()
        if required and not text:
            raise refuse(field, "required", f"{field} is empty")
        if len(text) > limit:
            raise refuse(field, "too_long", f"{field} is longer than {limit} characters", limit=limit)
        return text

    return check


def check_slug(value: Any) -> str:
    """Three to sixty lower-case letters, digits and single hyphens, and none of our own addresses."""
    slug = str(value).strip().lower()
    if not _SLUG.fullmatch(slug):
        raise refuse("slug", "slug", "3 to 60 lower-case letters, digits and single hyphens")
    if slug in RESERVED_SLUGS:
        raise refuse("slug", "reserved", f"{slug} is an address of the installation itself")
    return slug


def check_type(value: Any) -> str:
    if value not in BUSINESS_TYPES:
        raise refuse("type", "unknown", "no such type of business", allowed=list(BUSINESS_TYPES))
    return str(value)


def check_currency(value: Any) -> str:
    currency = str(value).upper()
    if currency not in CURRENCIES:
        raise refuse("currency", "unknown", "not a currency that can be counted in")
    return currency


def check_country(value: Any) -> str:
    country = str(value).upper()
    if country not in SUPPORTED_REGIONS:
        raise refuse("country", "unknown", "not a country code of two letters")
    return country


def check_language(value: Any) -> str:
    if value not in LANGUAGES:
        raise refuse("default_language", "unknown", "not a language of the product", allowed=list(LANGUAGES))
    return str(value)


def check_zone(value: Any) -> str:
    try:
        zone(str(value))
    except UnknownZone:
        raise refuse("time_zone", "unknown", "not a time zone of the IANA database") from None
    return str(value)


def check_email(value: Any) -> str:
    if not str(value).strip():
        return ""
    try:
        return normalise_email(str(value))
    except InvalidEmail as error:
        raise refuse("email", "email", error.message) from None


def check_website(value: Any) -> str:
    address = str(value).strip()
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > 200:
        raise refuse("website", "website", "not an address that begins with https://")
    return address


def check_translations(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, Mapping) or any(language not in LANGUAGES for language in value):
        raise refuse("translations", "unknown", "not by language", allowed=list(LANGUAGES))
    return {
        str(language): {str(key): str(text) for key, text in texts.items()}
        for language, texts in value.items()
    }


def check_color(value: Any) -> str:
    """`#rrggbb` that is seen on white; the refusal suggests the nearest darker colour that is."""
    color = str(value).strip().lower()
    if not _HEX.fullmatch(color):
        raise refuse("brand_color", "color", "not a colour such as #2f6f62")
    if contrast_on_white(color) < LEAST_CONTRAST:
        suggestion = darkened(color)
        raise refuse("brand_color", "contrast", f"too pale; {suggestion} is seen", suggestion=suggestion)
    return color


def contrast_on_white(color: str) -> float:
    """Contrast ratio of WCAG 2.2, 1 to 21."""
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darkened(color: str) -> str:
    """The same hue, as much darker as it takes to be seen on white."""
    channels = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    for percent in range(100, -1, -1):
        darker = "#" + "".join(f"{channel * percent // 100:02x}" for channel in channels)
        if contrast_on_white(darker) >= LEAST_CONTRAST:
            return darker
    raise AssertionError("black is seen on white")


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


_BUSINESS_CHECKS: Final[dict[str, Callable[[Any], Any]]] = {
    "slug": check_slug,
    "name": check_text("name", 120, required=True),
    "type": check_type,
    "currency": check_currency,
    "country": check_country,
    "default_language": check_language,
    "brand_color": check_color,
    "tagline": check_text("tagline", 160),
    "about": check_text("about", 5000),
    "email": check_email,
    "phone": check_text("phone", 32),
    "website": check_website,
    "cover_file": check_text("cover_file", 32),
    "translations": check_translations,
    "is_active": bool,
}
_LOCATION_CHECKS: Final[dict[str, Callable[[Any], Any]]] = {
    "name": check_text("name", 120, required=True),
    "address": check_text("address", 200),
    "city": check_text("city", 80),
    "country": check_country,
    "time_zone": check_zone,
    "phone": check_text("phone", 32),
    "directions": check_text("directions", 2000),
    "translations": check_translations,
    "position": int,
    "is_active": bool,
}


def clean_business(fields: BusinessFields, *, is_new: bool = False) -> BusinessFields:
    """The given fields in the form that is stored. Raises InvalidInput with the field at fault."""
    needed = ("slug", "name", "type", "currency", "country") if is_new else ()
    return cast("BusinessFields", _clean(fields, _BUSINESS_CHECKS, needed))


def clean_location(fields: LocationFields, *, is_new: bool = False) -> LocationFields:
    """The given fields in the form that is stored. Raises InvalidInput with the field at fault."""
    needed = ("name", "country", "time_zone") if is_new else ()
    return cast("LocationFields", _clean(fields, _LOCATION_CHECKS, needed))


def _clean(
    fields: Mapping[str, Any], checks: Mapping[str, Callable[[Any], Any]], needed: tuple[str, ...]
) -> dict[str, Any]:
    for name in needed:
        if name not in fields:
            raise refuse(name, "required", f"{name} is missing")
    for name in fields:
        if name not in checks:
            raise refuse(name, "unknown", "no such field")
    return {name: checks[name](value) for name, value in fields.items()}

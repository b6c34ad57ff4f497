"""Text as machines compare it: e-mail addresses, addresses of pages, search keys."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

import idna

from horarium.kit.errors import InvalidInput

_LOCAL_PART: Final = re.compile(r"[^\s@\"(),:;<>\[\\\]\x00-\x1f\x7f]{1,64}")
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")
_EMAIL_LENGTH: Final = 254

_LATIN_FOR: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
        "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye",
        "ґ": "g", "ў": "u", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u",
        "һ": "h", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "æ": "ae", "œ": "oe",
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    }
)  # fmt: skip
"""Lower-case letters that no decomposition turns into plain Latin ones."""


class InvalidEmail(InvalidInput):
    """Not an address that mail can be sent to."""

    code = "email.invalid"


def normalise_email(text: str) -> str:
    """The one spelling under which an address is stored and compared.

    Trimmed, lower case, the domain in its ASCII form (IDNA 2008 with the UTS 46 mapping). Quoted local
    parts, domains without a dot and address literals are refused, as is anything malformed: `InvalidEmail`.
    """
    address = unicodedata.normalize("NFC", text.strip().lower())
    local, _, domain = address.rpartition("@")
    if not _LOCAL_PART.fullmatch(local) or local.startswith(".") or local.endswith(".") or ".." in local:
        raise InvalidEmail("the part before @ is malformed")
    try:
        ascii_domain = _ascii_domain(domain)
    except UnicodeError:
        raise InvalidEmail("the domain is malformed") from None
    if "." not in ascii_domain.rstrip("."):
        raise InvalidEmail("the domain needs a dot")
    result = f"{local}@{ascii_domain}"
    if ascii_domain.endswith(".") or len(result) > _EMAIL_LENGTH:
        raise InvalidEmail("the address is malformed or too long")
    return result


@lru_cache(maxsize=4_096)
def _ascii_domain(domain: str) -> str:
    return idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")


def slugify_ascii(text: str) -> str:
    """Lower-case ASCII letters and digits joined by single hyphens.

    Cyrillic is transliterated, accents are dropped. Empty when nothing of the text can be written so.
    """
    latin = unicodedata.normalize("NFC", text.lower()).translate(_LATIN_FOR)
    return _NOT_IN_SLUG.sub("-", _without_accents(latin.casefold())).strip("-")


def fold(text: str) -> str:
    """The search key of a text: case folded, accents and compatibility forms dropped (`Ёлка` → `елка`)."""
    return _without_accents(_without_accents(text).casefold())


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))

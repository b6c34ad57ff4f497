"""Public identifiers: opaque, prefixed by the kind of thing, impossible to guess."""

import re
import secrets
from typing import Final

PREFIXES: Final[dict[str, str]] = {
    "biz": "business",
    "loc": "location",
    "res": "resource",
    "pool": "pool",
    "off": "offering",
    "req": "requirement",
    "ext": "extra",
    "bk": "booking",
    "ord": "order",
    "cus": "customer",
    "pay": "payment",
    "ref": "refund",
    "mbr": "member",
    "key": "API key",
    "evt": "event of the domain",
    "blk": "block",
    "opn": "opening: weekly rule",
    "exc": "opening: dated exception",
    "msg": "message",
    "file": "uploaded file",
    "aud": "audit record",
    "inv": "invitation of a member",
    "rate": "price rule",
    "cat": "category of offerings",
    "rev": "match review: contacts that fit two customers",
    "ent": "entry of the ledger",
    "job": "job that failed",
    "pol": "policy: terms of cancelling and rescheduling",
    "plan": "rate plan",
    "rst": "restriction of stays",
    "tkt": "ticket type",
    "prd": "product",
    "sch": "schedule of sessions",
    "ses": "session",
    "tck": "ticket",
    "lin": "product line of an order",
    "wait": "place on a waiting list",
    "srs": "series of bookings",
    "mov": "movement of stock",
    "rep": "block that repeats",
    "cart": "cart of a guest",
}
"""Every prefix in use → the thing that it marks."""

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH: Final = 20
_LETTER_OF_BYTE: Final = (_ALPHABET * 8).encode("ascii")
_BODY: Final = re.compile(f"[{_ALPHABET}]{{{_LENGTH}}}")


def new_id(prefix: str) -> str:
    """A fresh id such as `bk_7h2k…`: 100 random bits in lower-case Crockford base 32.

    A prefix that `PREFIXES` does not list raises `ValueError`.
    """
    if prefix not in PREFIXES:
        raise ValueError(f"unknown id prefix {prefix!r}")
    # A random byte gives five even bits, whatever its other three are.
    return f"{prefix}_{secrets.token_bytes(_LENGTH).translate(_LETTER_OF_BYTE).decode('ascii')}"


def is_id(text: str, prefix: str) -> bool:
    """Whether the text has exactly the form that `new_id(prefix)` gives."""
    head, separator, body = text.partition("_")
    return head == prefix and separator == "_" and _BODY.fullmatch(body) is not None

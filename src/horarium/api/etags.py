"""Finished answers, and the short way out for readers who have them already."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from .answers.availability import Rendered, rendered

JSON = "application/json"


def answer(request: HttpRequest, found: Rendered, *, vary: str = "", private: bool = False) -> HttpResponse:
    """200 with the body, or 304 when `If-None-Match` names it. Readers ask again each time (`no-cache`)."""
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known is not None and _matches(known, found.etag):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        response = HttpResponse(found.body, content_type=JSON)
    response.headers["ETag"] = found.etag
    response.headers["Cache-Control"] = "private, no-cache" if private else "no-cache"
    if vary:
        response.headers["Vary"] = vary
    return response


def private(request: HttpRequest, value: Any) -> HttpResponse:
    """What only the bearer of a token or key may read."""
    return answer(request, rendered(value), private=True, vary="Authorization")


def made(value: Any, *, status: int = 201, location: str = "") -> HttpResponse:
    """The answer to a change."""
    response = HttpResponse(orjson.dumps(value), status=status, content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    if location:
        response.headers["Location"] = location
    return response


def done() -> HttpResponse:
    """The answer to a change that leaves nothing to tell."""
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    return response


def _matches(header: str, etag: str) -> bool:
    """Weak comparison, as RFC 9110 wants it for reads: proxies that compress mark tags as weak."""
    if header.strip() == "*":
        return True
    return any(one.strip().removeprefix("W/") == etag for one in header.split(","))

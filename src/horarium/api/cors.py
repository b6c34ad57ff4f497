"""Pages of other origins may use the guests' routes: no cookies are read there, so everybody may."""

from __future__ import annotations

from django.http import HttpResponse

METHODS = "GET, POST, PUT, OPTIONS"
REQUEST_HEADERS = "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-None-Match"
ANSWER_HEADERS = "Content-Language, ETag, Idempotency-Replayed, Location, Retry-After"
PREFLIGHT_SECONDS = 7200


def allow(response: HttpResponse) -> None:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = ANSWER_HEADERS


def preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = REQUEST_HEADERS
    response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    response.headers["Allow"] = METHODS
    return response

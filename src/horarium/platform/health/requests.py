"""What every request leaves behind: one log line and, when asked for, its metrics."""

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from horarium.platform.health import metrics

log = structlog.get_logger("horarium.request")
GIVEN_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")
QUIET = ("/static/", "/health/")

GetResponse = Callable[[HttpRequest], HttpResponse]


def request_log(get_response: GetResponse) -> GetResponse:
    """The route's pattern is told, never the path: paths carry the keys of guests."""
    is_measured = settings.METRICS_ADDRESS is not None

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(QUIET):
            return get_response(request)
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        clear_contextvars()
        bind_contextvars(request_id=request_id)
        start = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - start
        match = request.resolver_match
        route = match.route if match else "-"
        response["X-Request-ID"] = request_id
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        if is_measured:
            metrics.record_request(request.method or "-", route, response.status_code, seconds)
        return response

    return middleware

"""The way into the API.

Guests' requests go straight to their view: they carry no session, no cookie and no form, and pages' middleware
would cost them as much as their answer. Staff's requests take the whole way, because a session is accepted there.
Whatever comes out under /api is a problem+json when it is a refusal.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from horarium.platform.throttle.limits import Kind, seconds_to_wait

from . import cors
from .problems import JSON_TYPE, PROBLEM_TYPE, not_allowed, problem, too_many, unavailable

ROOT, PUBLIC, STAFF, GATEWAYS = "/api/", "/api/v1/public/", "/api/v1/manage/", "/api/v1/gateways/"
URLS = "horarium.api.urls"
MAX_BODY = 256 * 1024
GetResponse = Callable[[HttpRequest], HttpResponse]


def api_gate(get_response: GetResponse) -> GetResponse:
    def gate(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(ROOT):
            return get_response(request)
        if path.startswith(PUBLIC):
            response = _public(request)
            cors.allow(response)
        else:
            response = (
                _staff(request, get_response) if path.startswith(STAFF) else _other(request, get_response)
            )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return gate


def _staff(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """A key needs no session: whoever shows one goes straight."""
    inner = _straight if request.META.get("HTTP_AUTHORIZATION") else get_response
    return _too_often(request, Kind.STAFF) or _checked(request, inner)


def _other(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    return _checked(request, _straight if request.path_info.startswith(GATEWAYS) else get_response)


def _public(request: HttpRequest) -> HttpResponse:
    if request.method == "OPTIONS":
        return cors.preflight()
    reads = request.method == "GET" or request.path_info.endswith("/quotes")
    return _too_often(request, Kind.READS if reads else Kind.ORDERS) or _checked(request, _straight)


def _too_often(request: HttpRequest, kind: Kind) -> HttpResponse | None:
    try:
        wait = seconds_to_wait(request, kind)
    except (OperationalError, InterfaceError) as error:
        return unavailable(request, error)
    return None if wait is None else too_many(request, wait)


def _checked(request: HttpRequest, inner: GetResponse) -> HttpResponse:
    refusal = _refuse_body(request) if request.method in ("POST", "PUT", "PATCH", "DELETE") else None
    if refusal is not None:
        return refusal
    response = inner(request)
    status = response.status_code
    if status < 400 or response.headers.get("Content-Type", "").startswith((PROBLEM_TYPE, JSON_TYPE)):
        return response
    if status == 405:
        return not_allowed(request, response.headers.get("Allow", ""))
    codes = {404: "not_found", 403: "auth.csrf", 413: "request.too_large"}
    return problem(
        request, codes.get(status, "internal" if status >= 500 else "request.malformed"), status=status
    )


def _straight(request: HttpRequest) -> HttpResponse:
    try:
        match = resolve(request.path_info, URLS)
    except Resolver404:
        return problem(request, "not_found")
    request.resolver_match = match
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def _refuse_body(request: HttpRequest) -> HttpResponse | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or length == "0" or request.path_info.startswith(GATEWAYS):
        return None
    if int(length) > MAX_BODY:
        return problem(request, "request.too_large")
    if request.content_type != JSON_TYPE:
        return problem(request, "request.media_type")
    return None

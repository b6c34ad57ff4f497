"""Every refusal as application/problem+json (RFC 9457), with a stable code and words in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import structlog
from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from horarium.api.schemas.items import ITEM_KINDS
from horarium.kit.errors import Conflict, Forbidden, HorariumError, InvalidInput, NotFound
from horarium.workflows.change_series import SeriesChangeClash
from horarium.workflows.place_series import SeriesClash

from .answers.listings import alternative_json
from .answers.series import changed_occurrence_json, occurrence_json
from .languages import language_of
from .texts import FIELDS, PROBLEMS, Text

log = structlog.get_logger("horarium.api")

PROBLEM_TYPE = "application/problem+json"
JSON_TYPE = "application/json"
_STATUS: dict[type[HorariumError], int] = {InvalidInput: 422, NotFound: 404, Forbidden: 403, Conflict: 409}
_BRANCHES = (*_STATUS, HorariumError)
_SHOWN = ("reason", "item", "state", "wanted", "collisions")
_OF_PYDANTIC = {
    "missing": "required",
    "extra_forbidden": "unknown_field",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_pattern_mismatch": "invalid",
    "greater_than_equal": "out_of_range",
    "greater_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "literal_error": "not_allowed",
    "enum": "not_allowed",
    "int_type": "integer",
    "int_parsing": "integer",
    "int_from_float": "integer",
    "int_parsing_size": "out_of_range",
    "string_type": "text",
    "bool_type": "boolean",
    "bool_parsing": "boolean",
    "list_type": "list",
    "tuple_type": "list",
    "model_type": "object",
    "model_attributes_type": "object",
    "dict_type": "object",
}
FieldError = dict[str, str]


def problem(
    request: HttpRequest,
    code: str,
    *,
    status: int | None = None,
    errors: Sequence[tuple[str, str]] = (),
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """`errors`: pairs of a field's path and a code of `texts.FIELDS`; `extra`: further members of the object."""
    text = PROBLEMS.get(code) or _fallback(status)
    answer: dict[str, Any] = {
        "type": f"urn:horarium:problem:{code}",
        "title": text.title,
        "status": status or text.status,
        "detail": text.detail,
        "code": code,
    }
    language = language_of(request)
    with override(language):
        answer["title"], answer["detail"] = gettext(text.title), gettext(text.detail)
        if errors:
            answer["errors"] = [field_error(path, one) for path, one in errors]
    answer.update(extra or {})
    response = HttpResponse(orjson.dumps(answer), status=answer["status"], content_type=PROBLEM_TYPE)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    return response


def field_error(path: str, code: str) -> FieldError:
    return {"field": path, "code": code, "message": gettext(FIELDS.get(code, FIELDS["invalid"]))}


def too_many(request: HttpRequest, seconds: float) -> HttpResponse:
    response = problem(request, "rate_limited")
    response.headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    return response


def not_allowed(request: HttpRequest, methods: str) -> HttpResponse:
    response = problem(request, "method_not_allowed")
    response.headers["Allow"] = methods
    return response


def of_error(request: HttpRequest, error: HorariumError) -> HttpResponse:
    """The problem of a refusal that the product raised on purpose."""
    branch: type[HorariumError] = next(kind for kind in _BRANCHES if isinstance(error, kind))
    extra: dict[str, Any] = {key: error.params[key] for key in _SHOWN if key in error.params}
    alternatives = error.params.get("alternatives")
    if isinstance(alternatives, Sequence):
        extra["alternatives"] = [alternative_json(one) for one in alternatives]
    if isinstance(error, SeriesClash):
        extra["occurrences"] = [occurrence_json(one) for one in error.occurrences]
    if isinstance(error, SeriesChangeClash):
        extra["occurrences"] = [changed_occurrence_json(one) for one in error.occurrences]
    if (branch is InvalidInput and error.code not in PROBLEMS) or error.code == InvalidInput.code:
        reason = error.params.get("reason", error.code)
        return problem(request, "input.invalid", errors=[(error.field or "", str(reason))])
    errors = [(error.field, error.code)] if error.field else []
    known = PROBLEMS.get(error.code)
    status = known.status if known else _STATUS.get(branch, 500)
    return problem(request, error.code, status=status, errors=errors, extra=extra)


def install(api: NinjaAPI) -> None:
    """Let the API answer every exception with a problem."""
    api.add_exception_handler(HorariumError, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Http404, lambda request, _: problem(request, "not_found"))
    api.add_exception_handler(AuthenticationError, _unauthorised)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(RequestDataTooBig, lambda request, _: problem(request, "request.too_large"))
    api.add_exception_handler(OperationalError, unavailable)
    api.add_exception_handler(InterfaceError, unavailable)
    api.add_exception_handler(Exception, unexpected)


def _refused(request: HttpRequest, error: HorariumError | type[HorariumError]) -> HttpResponse:
    return of_error(request, error if isinstance(error, HorariumError) else error())


def unexpected(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """A mistake of ours: logged with its trace, told without it."""
    log.error("api.failed", exc_info=error)
    got_request_exception.send(sender=None, request=request)
    return problem(request, "internal")


def unavailable(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    log.error("api.database", exc_info=error)
    got_request_exception.send(sender=None, request=request)
    response = problem(request, "unavailable")
    response.headers["Retry-After"] = "2"
    return response


def _unauthorised(request: HttpRequest, _: Any) -> HttpResponse:
    response = problem(request, "auth.required")
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    codes = {400: "request.malformed", 401: "auth.required", 403: "auth.csrf", 404: "not_found"}
    return problem(request, codes.get(error.status_code, "request.malformed"), status=error.status_code)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, "input.invalid", errors=[(_path(one["loc"]), _code(one)) for one in error.errors])


def _path(location: Sequence[str | int]) -> str:
    """`("body", "checkout", "items", 0, "slot", "start")` → `items.0.start`.

    The argument's name is ours alone, and so is the kind of an item, which stands behind its number.
    """
    start = 2 if location[0] == "body" else 1
    parts = list(location[start:])
    if len(parts) > 2 and parts[0] == "items" and parts[2] in ITEM_KINDS:
        del parts[2]
    return ".".join(str(part) for part in parts)


def _code(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    return kind if kind in FIELDS else _OF_PYDANTIC.get(kind, "invalid")


def _fallback(status: int | None) -> Text:
    code = {403: "forbidden", 404: "not_found", 409: "conflict", 422: "input.invalid"}.get(
        status or 500, "internal"
    )
    return PROBLEMS[code]

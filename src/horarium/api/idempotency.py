"""`Idempotency-Key` on a POST: sending it again with the same body gives the same answer for 24 hours."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from horarium.kit.errors import HorariumError, InvalidInput
from horarium.platform.database.attempts import in_transaction
from horarium.platform.idempotency.actions import (
    Answer,
    IdempotencyInFlight,
    IdempotencyMismatch,
    is_kept,
    replay_or_run,
    request_hash,
)

from .problems import of_error

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Content-Type", "Cache-Control", "Location", "Content-Language")
View = TypeVar("View", bound=Callable[..., HttpResponse])


def idempotent(view: View) -> View:
    """For changes inside the database: the record belongs to the transaction of the change itself.

    A refusal undoes that transaction and is kept by one of its own.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key_of(request)
        if key is None:
            return view(request, *args, **kwargs)
        owner, wanted = _owner(request, kwargs), _hash(request)

        def run() -> Answer:
            return _answer(view(request, *args, **kwargs))

        try:
            return _response(in_transaction(lambda: replay_or_run(owner, key, wanted, run)))
        except (IdempotencyMismatch, IdempotencyInFlight):
            raise
        except HorariumError as error:
            refusal = _answer(of_error(request, error))
        return _response(_kept(owner, key, wanted, refusal))

    return _signed_as(wrapper, view)


def idempotent_outside(view: View) -> View:
    """For views that ask an outside system: no transaction stays open meanwhile.

    Two requests at once both run, so the view must be safe to repeat by itself; afterwards the first answer stays.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key_of(request)
        if key is None:
            return view(request, *args, **kwargs)
        owner, wanted = _owner(request, kwargs), _hash(request)
        try:
            with transaction.atomic():
                return _response(replay_or_run(owner, key, wanted, _not_yet))
        except _NotYet:
            fresh = _answer(_refused(request, lambda: view(request, *args, **kwargs)))
        with transaction.atomic():
            return _response(replay_or_run(owner, key, wanted, lambda: fresh))

    return _signed_as(wrapper, view)


def _signed_as(wrapper: Callable[..., HttpResponse], view: View) -> View:
    """Ninja reads annotations, and would look for their names in this module."""
    wrapper.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return wrapper  # type: ignore[return-value]


class _NotYet(Exception):
    """Nothing is kept under the key."""


def _not_yet() -> Answer:
    raise _NotYet


def _key_of(request: HttpRequest) -> str | None:
    key = request.headers.get(HEADER) if request.method == "POST" else None
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidInput("malformed key", field=HEADER, params={"reason": "idempotency.key"})
    return key


def _owner(request: HttpRequest, arguments: dict[str, Any]) -> str:
    """Whoever shows the same credentials. Without any: the guests of one business."""
    shown = request.headers.get("Authorization") or request.COOKIES.get("sessionid", "")
    if shown:
        return f"shown:{hashlib.sha256(shown.encode()).hexdigest()}"
    return f"public:{arguments.get('business', '')}"


def _hash(request: HttpRequest) -> str:
    return request_hash(request.method or "", request.path_info, request.body)


def _kept(owner: str, key: str, wanted: str, refusal: Answer) -> Answer:
    """A refusal is an answer, too: kept by a transaction of its own, as that of the change has been undone.

    Whoever sent the same meanwhile may have been answered first; then that answer stands.
    """
    if not is_kept(refusal):
        return refusal
    with transaction.atomic():
        return replay_or_run(owner, key, wanted, lambda: refusal)


def _refused(request: HttpRequest, run: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return run()
    except HorariumError as error:
        return of_error(request, error)


def _answer(response: HttpResponse) -> Answer:
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    return Answer(response.status_code, response.content, headers)


def _response(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
    if answer.is_replay:
        response.headers["Idempotency-Replayed"] = "true"
    return response

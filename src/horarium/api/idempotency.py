"""`Idempotency-Key` on a POST: sending it again with the same body gives the same answer for 24 hours."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from horarium.kit.errors import HorariumError, InvalidInput
from horarium.platform.database.attempts import in_transaction
from horarium.platform.database.rows import Part
from horarium.platform.idempotency.actions import (
    AlreadyAnswered,
    Answer,
    IdempotencyInFlight,
    IdempotencyMismatch,
    SentKey,
    answered_once,
    is_kept,
    keep,
    keep_beside,
    replay_or_run,
    request_hash,
)

from .problems import of_error

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Content-Type", "Cache-Control", "Location", "Content-Language")
_SENT = "idempotency_sent"
_IS_KEPT = "idempotency_is_kept"
View = TypeVar("View", bound=Callable[..., HttpResponse])
T = TypeVar("T")


def idempotent(view: View) -> View:
    """For changes inside the database: the record belongs to the transaction of the change itself.

    A refusal undoes that transaction and is kept by one of its own.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = _sent(request, kwargs)
        if sent is None:
            return view(request, *args, **kwargs)
        return _looked_up(request, sent, lambda: view(request, *args, **kwargs))

    return _signed_as(wrapper, view)


def idempotent_together(view: View) -> View:
    """`idempotent` for the busiest change: nothing is looked up before, as nearly every request is a first one.

    The view makes its answer by `AnswerTogether`. The second request of a key waits for the first, and gets its answer.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = _sent(request, kwargs)
        if sent is None:
            return view(request, *args, **kwargs)

        def run() -> HttpResponse:
            return view(request, *args, **kwargs)

        try:
            with answered_once():
                return in_transaction(lambda: _first(request, sent, run))
        except AlreadyAnswered:
            return _looked_up(request, sent, run)
        except HorariumError as error:
            refusal = _answer(of_error(request, error))
        return _kept(sent, refusal)

    return _signed_as(wrapper, view)


def idempotent_outside(view: View) -> View:
    """For views that ask an outside system: no transaction stays open meanwhile.

    Two requests at once both run, so the view must be safe to repeat by itself; afterwards the first answer stays.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = _sent(request, kwargs)
        if sent is None:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return _response(replay_or_run(sent, _not_yet))
        except _NotYet:
            fresh = _answer(_refused(request, lambda: view(request, *args, **kwargs)))
        return _kept(sent, fresh)

    return _signed_as(wrapper, view)


class AnswerTogether(Generic[T]):
    """The answer of a view that is written by the statement that makes it true, with the key of its request.

    `compose` makes it of what the change shows: give `beside` to the change, and return `of` what comes back.
    """

    def __init__(self, request: HttpRequest, compose: Callable[[T], HttpResponse]) -> None:
        self._request = request
        self._compose = compose
        self._shown: T | None = None
        self._response: HttpResponse | None = None

    def beside(self, shown: T) -> list[Part]:
        sent: SentKey | None = getattr(self._request, _SENT, None)
        if sent is None:
            return []
        self._shown, self._response = shown, self._compose(shown)
        return [keep_beside(sent, _answer(self._response))]

    def of(self, shown: T) -> HttpResponse:
        if self._response is None or self._shown is not shown:
            return self._compose(shown)
        setattr(self._response, _IS_KEPT, True)
        return self._response


def _looked_up(request: HttpRequest, sent: SentKey, run: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return _response(in_transaction(lambda: replay_or_run(sent, lambda: _answer(run()))))
    except (IdempotencyMismatch, IdempotencyInFlight):
        raise
    except HorariumError as error:
        refusal = _answer(of_error(request, error))
    return _kept(sent, refusal) if is_kept(refusal) else _response(refusal)


def _first(request: HttpRequest, sent: SentKey, run: Callable[[], HttpResponse]) -> HttpResponse:
    setattr(request, _SENT, sent)
    try:
        response = run()
    finally:
        delattr(request, _SENT)
    if not getattr(response, _IS_KEPT, False) and is_kept(answer := _answer(response)):
        keep(sent, answer)
    return response


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


def _sent(request: HttpRequest, arguments: dict[str, Any]) -> SentKey | None:
    key = _key_of(request)
    if key is None:
        return None
    wanted = request_hash(request.method or "", request.path_info, request.body)
    return SentKey(_owner(request, arguments), key, wanted)


def _owner(request: HttpRequest, arguments: dict[str, Any]) -> str:
    """Whoever shows the same credentials. Without any: the guests of one business."""
    shown = request.headers.get("Authorization") or request.COOKIES.get("sessionid", "")
    if shown:
        return f"shown:{hashlib.sha256(shown.encode()).hexdigest()}"
    return f"public:{arguments.get('business', '')}"


def _kept(sent: SentKey, answer: Answer) -> HttpResponse:
    """A refusal is an answer, too: kept by a transaction of its own, as that of the change has been undone.

    Whoever sent the same meanwhile may have been answered first; then that answer stands.
    """
    with transaction.atomic():
        return _response(replay_or_run(sent, lambda: answer))


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

"""What a change answers: a fresh sheet with a toast to htmx, a redirect with a message to an ordinary form."""

from __future__ import annotations

import json
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

CHANGED: Final = "bookings:changed"
_LEVELS: Final = {
    "ok": messages.SUCCESS,
    "warn": messages.WARNING,
    "bad": messages.ERROR,
    "info": messages.INFO,
}


def is_partial(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def with_toast(
    response: HttpResponse,
    text: str,
    *,
    hue: str = "ok",
    action: dict[str, str] | None = None,
    also: tuple[str, ...] = (CHANGED,),
) -> HttpResponse:
    """Tell htmx to show a toast and to let lists of the page know of the change."""
    told: dict[str, Any] = dict.fromkeys(also, True)
    told["toast"] = {"text": text, "hue": hue, **({"action": action} if action else {})}
    response["HX-Trigger"] = json.dumps(told)
    return response


def back_to(request: HttpRequest, url: str, text: str, *, hue: str = "ok") -> HttpResponse:
    messages.add_message(request, _LEVELS[hue], text)
    return HttpResponseRedirect(url)

"""Forms that may be sent only so often."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .limits import Kind, seconds_to_wait

View = Callable[..., HttpResponse]


def limited(view: View) -> View:
    """Count what is posted together with the orders of the same address; too much of it is asked to wait."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = seconds_to_wait(request, Kind.ORDERS) if request.method == "POST" else None
        if wait is None:
            return view(request, *args, **kwargs)
        response = render(request, "429.html", status=429)
        response.headers["Retry-After"] = str(max(1, math.ceil(wait)))
        return response

    return guarded

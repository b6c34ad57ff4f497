"""Taking a time that is kept for its guest and costs nothing now: by a button, since scanners of mail open links."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from horarium.kit import clock
from horarium.kit.errors import Conflict
from horarium.platform.throttle.pages import limited
from horarium.workflows.order_view import open_order_page
from horarium.workflows.waiting_list import accept_offer

from .pages import private


@require_POST
@private
@limited
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """What was too late is said by the page itself."""
    now = clock.now()
    view = open_order_page(token, now)
    with suppress(Conflict):
        accept_offer(view.business.id, view.id, now)
    return HttpResponseRedirect(reverse("order_page", args=[token]))

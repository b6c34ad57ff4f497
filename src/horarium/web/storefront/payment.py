"""Where a guest goes once the order stands: to pay, or straight to the page of the order."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from horarium.platform.audit.actor import Actor
from horarium.web.components.paying import payment_address
from horarium.workflows.order_view import get_order_view


def next_address(business_id: int, order_id: str, actor: Actor, now: datetime) -> str:
    view = get_order_view(business_id, order_id, now)
    if view.status == "held" and view.due_now:
        return payment_address(view, "", actor, now)
    return reverse("order_page", args=[view.token])

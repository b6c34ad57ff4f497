"""The outbox: facts are written with the change that made them true, and delivered after it is committed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

from horarium.kit.clock import now
from horarium.kit.ids import new_id
from horarium.platform.jobs.queue import defer_many

from .event import Event

E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]

DELIVERY = "events.deliver"
_handlers: dict[str, dict[str, Handler]] = {}
_INSERT = """
INSERT INTO events_outboxevent (business_id, public_id, type, payload, occurred_at)
VALUES (%s, %s, %s, %s, %s) RETURNING id
"""


def publish(event: Event) -> None:
    """Write the event and one delivery job for each handler, all in the current transaction.

    Every handler gets the event at least once and takes effect exactly once. The order of events is not kept,
    not even between two events about the same subject: a handler reads the present state and acts on that.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT, [event.business_id, new_id("evt"), event.name, json.dumps(event.payload()), now()]
        )
        (event_id,) = cursor.fetchone()
    handlers = _handlers.get(event.name)
    if handlers:
        defer_many(
            DELIVERY,
            [
                {"business_id": event.business_id, "event_id": event_id, "handler": handler}
                for handler in handlers
            ],
            queue="events",
        )


def subscribe(event_type: type[E], handler: Callable[[E], None], *, name: str) -> None:
    """Let the worker call `handler` for each event of that type.

    `name` (`module.what_it_does`) is stored with every delivery: keep it when the function moves.
    The handler runs in a transaction and in the scope of the business, and must not call outside systems:
    it defers a job for that.
    """
    handlers = _handlers.setdefault(event_type.name, {})
    if handlers.setdefault(name, handler) is not handler:
        raise ValueError(f"two handlers of {event_type.name} are called {name}")


def find_handler(event_name: str, handler_name: str) -> Handler | None:
    return _handlers.get(event_name, {}).get(handler_name)


def subscriptions() -> dict[str, list[str]]:
    """Names of the handlers by name of event."""
    return {event: sorted(handlers) for event, handlers in sorted(_handlers.items())}

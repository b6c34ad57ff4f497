"""The outbox: facts are written with the change that made them true, and delivered after it is committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import connection, transaction
from django_scopes import scope

from horarium.kit.clock import now
from horarium.kit.ids import new_id
from horarium.platform.database.rows import Part, as_json
from horarium.platform.jobs.queue import defer_many

from .event import Event, event_type
from .models import OutboxEvent

E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]

DELIVERY = "events.deliver"
_handlers: dict[str, dict[str, Handler]] = {}
_INSERT = """
INSERT INTO events_outboxevent (business_id, public_id, type, payload, occurred_at)
VALUES (%s, %s, %s, %s, %s) RETURNING id
"""
_INSERT_MANY = """
INSERT INTO events_outboxevent (business_id, public_id, type, payload, occurred_at)
SELECT e.business_id, e.public_id, e.type, e.payload, e.occurred_at
FROM json_populate_recordset(NULL::events_outboxevent, %(outbox_rows)s::json) AS e
"""
_RECEIVE = """
INSERT INTO events_inboxentry (business_id, handler, event_id, handled_at)
VALUES (%s, %s, %s, %s) ON CONFLICT (business_id, handler, event_id) DO NOTHING
"""


class HandlerMissing(LookupError):
    """A delivery waits for a handler that is not subscribed."""


def publish(event: Event) -> None:
    """Write the event and one delivery job for each handler, all in the current transaction.

    Every handler gets the event at least once and takes effect exactly once. The order of events is not kept,
    not even between two events about the same subject: a handler reads the present state and acts on that.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT, [event.business_id, new_id("evt"), event.name, as_json(event.payload()), now()]
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


def publish_beside(facts: Iterable[Event]) -> list[Part]:
    """`publish` as a part of another statement, for events that nobody has subscribed to.

    The others are published here and now: their deliveries need the keys of their rows.
    """
    rows = []
    for event in facts:
        if _handlers.get(event.name):
            publish(event)
            continue
        rows.append(
            {
                "business_id": event.business_id,
                "public_id": new_id("evt"),
                "type": event.name,
                "payload": event.payload(),
                "occurred_at": now(),
            }
        )
    return [Part("outbox", _INSERT_MANY, {"outbox_rows": as_json(rows)})] if rows else []


def subscribe(kind: type[E], handler: Callable[[E], None], *, name: str) -> None:
    """Let the worker call `handler` for each event of that type.

    `name` (`module.what_it_does`) is stored with every delivery: keep it when the function moves.
    The handler runs in a transaction and in the scope of the business, and must not call outside systems:
    it defers a job for that.
    """
    handlers = _handlers.setdefault(kind.name, {})
    if handlers.setdefault(name, handler) is not handler:
        raise ValueError(f"two handlers of {kind.name} are called {name}")


def find_handler(event_name: str, handler_name: str) -> Handler | None:
    return _handlers.get(event_name, {}).get(handler_name)


def subscriptions() -> dict[str, list[str]]:
    """Names of the handlers by name of event."""
    return {event: sorted(handlers) for event, handlers in sorted(_handlers.items())}


def deliver(business_id: int, event_id: int, handler_name: str) -> bool:
    """Let one handler take effect, once: its inbox entry is written in the transaction of its effects.

    Returns whether it ran now. Raises HandlerMissing for a handler that the code does not have (any more):
    the job stays in the list of failures until somebody decides.
    """
    with scope(business=business_id), transaction.atomic():
        outbox = OutboxEvent.objects.get(pk=event_id)
        handler = find_handler(outbox.type, handler_name)
        if handler is None:
            raise HandlerMissing(f"{handler_name} of {outbox.type}")
        with connection.cursor() as cursor:
            # A second delivery at the same moment waits here until the first has ended.
            cursor.execute(_RECEIVE, [business_id, handler_name, event_id, now()])
            if not cursor.rowcount:
                return False
        handler(event_type(outbox.type)(business_id=business_id, **outbox.payload))
    return True

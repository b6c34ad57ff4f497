"""Callbacks over HTTP: signed, and on demand repeated, reordered or delayed, as real gateways do unasked."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db import connection, transaction

from horarium.kit.clock import now
from horarium.platform.jobs.queue import defer

from . import simulator
from .models import SimulatedPayment
from .signing import HEADER, sign

DELIVER = "test_gateway.deliver"
MAX_REPEATS = 5
DELAYS = (0, 3, 15, 60)
"""Seconds that the payer can choose from."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the payer wants the callback to be delivered."""

    repeats: int = 1
    reordered: bool = False
    delay: int = 0


class NotDelivered(Exception):
    """The shop did not answer, or did not answer with 2xx."""


def sequence_of(state: str, manner: Manner) -> list[str]:
    """States in the order in which they are told; reordered, stale news follow the true one."""
    stale = [simulator.PENDING, simulator.FAILED] if manner.reordered else []
    return [state, *stale, *[state] * (manner.repeats - 1)]


def tell_shop(payment: SimulatedPayment, state: str, manner: Manner, *, at: datetime | None = None) -> None:
    """Send the callbacks after commit: at once from here, or by a job when they are to come later.

    At once means a thread: the payer is on the way back to the shop and wants to see the booking confirmed.
    """
    states = sequence_of(state, manner)
    due = (at or now()) + timedelta(seconds=manner.delay)
    if at is None and not manner.delay:
        bodies = [body_of(payment, one) for one in states]
        worker = threading.Thread(target=_send_or_defer, args=(payment, states, bodies), daemon=True)
        transaction.on_commit(worker.start)
    else:
        defer(DELIVER, queue="payments", at=due, ref=payment.ref, states=states)


def deliver(ref: str, states: list[str]) -> None:
    """Send these callbacks one after another. Raises NotDelivered; then all are sent again by the next try."""
    simulator.money_arrives(ref)
    payment = SimulatedPayment.objects.get(ref=ref)
    send(payment.business, [body_of(payment, state) for state in states])


def body_of(payment: SimulatedPayment, state: str) -> bytes:
    report = {
        "event": f"{payment.ref}:{state}",
        "ref": payment.ref,
        "payment_id": payment.payment_id,
        "order_id": payment.description,
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "state": state,
    }
    return json.dumps(report).encode()


def send(business: str, bodies: list[bytes]) -> None:
    """POST signed callbacks to the shop. Raises NotDelivered."""
    path = f"/api/v1/gateways/test/{business}/callback"
    # The address may be one of inside; the name is the one that the shop answers to.
    host = urlsplit(settings.PUBLIC_URL).netloc
    with httpx.Client(base_url=settings.TEST_GATEWAY_CALLBACK_URL, timeout=10, trust_env=False) as client:
        for body in bodies:
            headers = {"Content-Type": "application/json", "Host": host, HEADER: sign(business, body)}
            try:
                client.post(path, content=body, headers=headers).raise_for_status()
            except httpx.HTTPError as error:
                raise NotDelivered(str(error)) from error


def _send_or_defer(payment: SimulatedPayment, states: list[str], bodies: list[bytes]) -> None:
    try:
        send(payment.business, bodies)
    except NotDelivered:
        try:
            later = now() + timedelta(seconds=5)
            defer(DELIVER, queue="payments", at=later, ref=payment.ref, states=states)
        finally:
            connection.close()

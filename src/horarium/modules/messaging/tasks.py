"""Jobs of this module."""

from __future__ import annotations

from procrastinate.contrib.django import app

from horarium.platform.jobs.queue import BACK_OFF
from horarium.platform.tenancy.scope import business_scope

from . import actions


@app.task(name=actions.SEND, queue="mail", retry=BACK_OFF)
def send(business_id: int, message_id: str) -> None:
    with business_scope(business_id):
        actions.send_message(business_id, message_id)

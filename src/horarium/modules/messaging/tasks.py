"""Jobs of this module."""

from __future__ import annotations

from horarium.platform.jobs.declare import job
from horarium.platform.tenancy.scope import business_scope

from . import actions


@job(actions.SEND, queue="mail")
def send(business_id: int, message_id: str) -> None:
    with business_scope(business_id):
        actions.send_message(business_id, message_id)

"""Who hears what, and which connectors are installed: the only place that knows both ends."""

from django.conf import settings

from horarium.connectors.test_gateway.gateway import TestGateway
from horarium.modules.availability.events import SessionCancelled, SessionMoved, TimeFreed
from horarium.modules.booking.events import (
    BookingCancelled,
    BookingChanged,
    BookingMoved,
    OrderExpired,
    WaitingJoined,
)
from horarium.modules.messaging import subscribers as messaging
from horarium.modules.payments.ports import register_gateway
from horarium.platform.events.actions import subscribe
from horarium.workflows.run_sessions import cancel_guests, leave_session
from horarium.workflows.waiting_list import look_again, look_again_soon


def connect() -> None:
    """Called once in every process, when all apps are ready."""
    messaging.connect()
    for kind in (BookingCancelled, BookingChanged, BookingMoved, OrderExpired, SessionMoved, WaitingJoined):
        subscribe(kind, look_again, name="waiting_list.look_again")
    subscribe(TimeFreed, look_again_soon, name="waiting_list.look_again_soon")
    subscribe(SessionCancelled, cancel_guests, name="sessions.cancel_guests")
    subscribe(BookingCancelled, leave_session, name="sessions.leave")
    if settings.TEST_GATEWAY_ENABLED:
        register_gateway(TestGateway(needs_account=settings.MODE == "production"))

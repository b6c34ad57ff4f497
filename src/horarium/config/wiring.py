"""Who hears what, and which connectors are installed: the only place that knows both ends."""

from django.conf import settings

from horarium.connectors.test_gateway.gateway import TestGateway
from horarium.modules.messaging import subscribers as messaging
from horarium.modules.payments.ports import register_gateway


def connect() -> None:
    """Called once in every process, when all apps are ready."""
    messaging.connect()
    if settings.TEST_GATEWAY_ENABLED:
        register_gateway(TestGateway())

"""What can go wrong with a message."""

from horarium.kit.errors import Conflict


class DeliveryFailed(Conflict):
    """The mail server did not take the message now; it may later."""

    code = "messaging.delivery_failed"

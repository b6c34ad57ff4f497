"""The list of messages."""

from horarium.modules.messaging.compose import TEMPLATES
from horarium.web.backoffice.mail.views import TEMPLATES as NAMED


def test_every_message_has_a_name_at_the_desk() -> None:
    assert set(NAMED) == set(TEMPLATES)

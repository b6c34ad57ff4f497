"""What the pages of signing in know of the installation."""

from django.conf import settings
from django.http import HttpRequest

CONSOLE = "django.core.mail.backends.console.EmailBackend"
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


def demo_mail(request: HttpRequest) -> dict[str, bool]:
    """Whether codes are shown in the terminal of the demo instead of being sent."""
    return {"tells_codes_in_terminal": settings.MODE == "demo" and settings.EMAIL_BACKEND == CONSOLE}


def sends_codes() -> bool:
    """Whether a code can reach anybody."""
    return settings.EMAIL_BACKEND != NOWHERE

"""What allauth asks us to decide."""

from __future__ import annotations

from io import BytesIO

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from horarium.kit.text import normalise_email

from . import second_factor


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from invitations and from the command line, never from a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return normalise_email(email)

    def is_login_by_code_required(self, login: Login) -> bool:
        """The link of an invitation has been seen by others than the invited: only a code proves the mailbox."""
        return bool(login.signup) or bool(super().is_login_by_code_required(login))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    def encrypt(self, text: str) -> str:
        return second_factor.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_factor.unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, on white: without a ground of its own it cannot be read on a dark page."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        written = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(written)
        return written.getvalue().decode()

"""Who asks: the bearer of an order's link, of an API key, or a signed-in member."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer


class OrderToken(HttpBearer):
    """`Authorization: Bearer <token>` with the token that placing the order gave. Opens this order only."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        return token if token.isprintable() and token.strip() else None

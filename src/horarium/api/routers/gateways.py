"""Where payment systems report. They prove themselves by their signature, not by a key of ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from horarium.api import etags
from horarium.kit.clock import now
from horarium.workflows.receive_callback import receive_callback

router = Router(tags=["Gateways"])


class AcceptedAnswer(BaseModel):
    accepted: bool


@router.post(
    "/{slug:gateway}/{slug:business}/callback", response=AcceptedAnswer, summary="Report of a payment system"
)
def accept_callback(request: HttpRequest, gateway: str, business: str) -> HttpResponse:
    """Repeats and wrong order change nothing. The body is whatever the gateway sends."""
    receive_callback(gateway, business, headers=dict(request.headers), body=request.body, now=now())
    return etags.made({"accepted": True}, status=200)

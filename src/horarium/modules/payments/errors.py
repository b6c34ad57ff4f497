"""Refusals about payments.

HorariumError
├── InvalidInput
│   └── BadSignature         payments.bad_signature        a callback that the gateway did not send
├── NotFound
│   ├── UnknownGateway       payments.unknown_gateway      not installed, or not switched on by the business
│   └── PaymentNotFound      payments.not_found
└── Conflict
    ├── NothingDue           payments.nothing_due          the order needs no money now
    ├── TooMuch              payments.too_much             more than is due, or more than can go back
    ├── GatewayRefused       payments.gateway_refused      the gateway has said no: asking again will not help
    └── GatewayUnavailable   payments.gateway_unavailable  no answer: what happened there is unknown
"""

from __future__ import annotations

from horarium.kit.errors import Conflict, InvalidInput, NotFound


class BadSignature(InvalidInput):
    code = "payments.bad_signature"


class UnknownGateway(NotFound):
    code = "payments.unknown_gateway"


class PaymentNotFound(NotFound):
    code = "payments.not_found"


class NothingDue(Conflict):
    code = "payments.nothing_due"


class TooMuch(Conflict):
    code = "payments.too_much"


class GatewayRefused(Conflict):
    code = "payments.gateway_refused"


class GatewayUnavailable(Conflict):
    code = "payments.gateway_unavailable"

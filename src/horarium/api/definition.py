"""The API, put together."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from . import converters, problems
from .auth import in_scope
from .idempotency import idempotent
from .openapi import Api
from .routers import (
    gateways,
    manage_blocks,
    manage_bookings,
    manage_catalogue,
    manage_changes,
    manage_door,
    manage_goods,
    manage_lists,
    manage_policies,
    manage_products,
    manage_resources,
    manage_schedules,
    manage_series,
    manage_settings,
    manage_stays,
    manage_stock,
    manage_tickets,
    manage_time,
    manage_waiting,
    public_availability,
    public_carts,
    public_catalogue,
    public_changes,
    public_orders,
    public_products,
    public_series,
    public_stays,
    public_visits,
    public_waiting,
)

STAFF = (
    *(
        manage_bookings,
        manage_changes,
        manage_series,
        manage_waiting,
        manage_door,
        manage_goods,
        manage_catalogue,
        manage_stays,
        manage_tickets,
        manage_products,
        manage_stock,
        manage_policies,
        manage_schedules,
    ),
    *(manage_blocks, manage_time, manage_resources, manage_lists, manage_settings),
)

ABOUT = """Book time, pay for it and change it.

Amounts are `{"minor": 150000, "currency": "RUB", "amount": "1500.00"}`. Instants carry the offset of the location.
Every refusal is a problem+json with a stable `code`. `Idempotency-Key` on a POST makes repeating it safe for 24 hours.
Reads carry an `ETag`. Texts follow `Accept-Language`: English, Russian or Spanish.
"""


class _Parser(Parser):
    """orjson refuses what a database cannot keep: lone surrogates, NaN."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


class _Renderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


def build() -> Api:
    converters.install()
    api = Api(
        title="Horarium",
        version="1.0.0",
        description=ABOUT,
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        parser=_Parser(),
        renderer=_Renderer(),
    )
    problems.install(api)
    api.add_router("/public", public_orders.router)
    api.add_router("/public", public_changes.router)
    api.add_router("/public", public_series.router)
    api.add_router("/public", public_availability.router)
    api.add_router("/public", public_visits.router)
    api.add_router("/public", public_waiting.router)
    api.add_router("/public", public_stays.router)
    api.add_router("/public", public_products.router)
    api.add_router("/public", public_carts.router)
    api.add_router("/public", public_catalogue.router)
    api.add_router("/gateways", gateways.router)
    for module in STAFF:
        module.router.add_decorator(in_scope)
        module.router.add_decorator(idempotent)
        api.add_router("/manage/{slug:business}", module.router)
    return api

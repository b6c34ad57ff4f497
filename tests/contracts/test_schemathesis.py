"""The API keeps what its OpenAPI file promises, whatever it is sent: no 5xx, only described answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from horarium.api.tests.bed import NOW, Api, item, make_salon, order_body
from horarium.api.urls import openapi_document
from horarium.config.wsgi import application
from horarium.kit.clock import frozen
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.catalog.actions import create_category
from horarium.modules.resources.actions import DatedHours, add_exception
from horarium.modules.resources.models import Pool
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import create_api_key, invite_member
from horarium.platform.tenancy.permissions import KEY_SCOPES
from horarium.platform.tenancy.scope import business_scope
from horarium.platform.throttle import limits
from tests.factories import make_member, make_pool

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
TAGS = (
    "Catalogue", "Free time", "Orders", "Gateways", "Staff: bookings", "Staff: catalogue", "Staff: resources",
    "Staff: customers, money, logs", "Staff: settings", "Waiting list", "Staff: series", "Staff: waiting list",
    "Staff: blocks", "Staff: finding time", "Staff: door",
)  # fmt: skip
World = dict[str, str]


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    """A salon with one of everything; path parameters by name, and the keys that open it."""
    settings.RATE_LIMIT_STAFF = settings.RATE_LIMIT_READS = settings.RATE_LIMIT_ORDERS = 0
    limits.forget_all()
    with frozen(NOW):
        salon = make_salon()
        business, system, day = salon.business, Actor.system(), NOW.date()
        api = Api()
        order = api.post(
            salon.root + "/orders", order_body(item(resource=salon.boris.public_id), item("colouring"))
        ).json()
        pool: Pool = make_pool([salon.anna])
        with business_scope(business.pk), scopes_disabled():
            start, end = NOW.replace(hour=10), NOW.replace(hour=11)
            block = place_block(business.pk, [salon.boris.pk], start, end, reason="", actor=system, now=NOW)
        invitation = invite_member(business.pk, email="new@example.org", role="operator", actor=system)
        _, secret = create_api_key(business.pk, "All", sorted(KEY_SCOPES), system)
        yield {
            "business": "salon",
            "offering": salon.haircut.public_id,
            "resource": salon.anna.public_id,
            "owner": salon.anna.public_id,
            "location": salon.location.public_id,
            "pool": pool.public_id,
            "category": create_category(business.pk, "Hair", system).public_id,
            "exception": add_exception(
                business.pk, salon.anna.public_id, DatedHours(day, day), system
            ).public_id,
            "block": block.public_id,
            "member": make_member(business).public_id,
            "invitation": invitation.invitation.public_id,
            "order": order["id"],
            "booking": order["bookings"][0]["id"],
            "gateway": "test",
            "token": order["token"],
            "key": secret,
        }


@contextmanager
def kept_connection() -> Iterator[None]:
    """Like the test client: a request does not close the connection that the test's transaction lives in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(case: schemathesis.Case[Any], world: World) -> None:
    """Send a made-up request to things that exist, with a key that opens them."""
    for name in case.path_parameters:
        case.path_parameters[name] = world.get(name, case.path_parameters[name])
    if case.path.startswith("/api/v1/manage/"):
        case.headers["Authorization"] = f"Bearer {world['key']}"
    elif "/orders/{order}" in case.path:
        case.headers["Authorization"] = f"Bearer {world['token']}"
    with kept_connection():
        case.call_and_validate(checks=CHECKS)


def ask_everything(tag: str, world: World, examples: int) -> None:
    """So many well-formed and as many broken requests to each operation of the tag."""
    schema = schemathesis.openapi.from_dict(orjson.loads(openapi_document()))
    schema.app = application
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # our own file is a valid one
        if tag not in (operation.tags or ()):
            continue
        for mode in GenerationMode:
            try:
                settings(max_examples=examples, suppress_health_check=CALM)(
                    given(case=operation.as_strategy(generation_mode=mode))(lambda case: ask(case, world))
                )()
            except Unsatisfiable:
                # A request without a parameter or body cannot be broken.
                assert mode is GenerationMode.NEGATIVE


def test_every_operation_belongs_to_a_tag_that_is_tried() -> None:
    document = orjson.loads(openapi_document())
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    assert {tag for one in operations for tag in one["tags"]} == set(TAGS)
    assert len(operations) >= 75


@pytest.mark.parametrize("tag", TAGS)
def test_no_request_breaks_the_contract(tag: str, world: World) -> None:
    ask_everything(tag, world, examples=6)


@pytest.mark.slow
@pytest.mark.parametrize("tag", TAGS)
def test_no_request_of_many_breaks_the_contract(tag: str, world: World) -> None:
    ask_everything(tag, world, examples=200)

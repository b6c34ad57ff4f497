"""What is answered about a real series, be it given or refused, is what the OpenAPI file describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import schemathesis
from django_scopes import scope

from horarium.api.tests.bed import NOW, Api, Salon, item, make_salon, order_body
from horarium.api.urls import openapi_document
from horarium.config.wsgi import application
from horarium.kit.clock import frozen
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision, create_api_key
from horarium.platform.tenancy.permissions import KEY_SCOPES
from horarium.platform.throttle import limits

from .test_schemathesis import CHECKS, kept_connection

PUBLIC = "/api/v1/public/orders/{order}/bookings/{booking}/series"
DESK = "/api/v1/manage/{business}/bookings/{booking}/series"
NOON = "2026-12-08T12:00:00+00:00"


@pytest.fixture
def salon(db: None) -> Iterator[Salon]:
    limits.forget_all()
    with frozen(NOW):
        made = make_salon()
        with scope(business=made.business.pk):
            type(made.haircut).objects.filter(pk=made.haircut.pk).update(repeats_up_to=3)
        bump_catalog_revision(made.business.pk)
        yield made


class Asker:
    """Sends what it is told to a series of three Tuesdays with Anna, and holds the answer against the file."""

    def __init__(self, salon: Salon, root: str) -> None:
        wanted = item(repeat={"every": "week", "times": 3}, resource=salon.anna.public_id)
        order = Api().post(f"{salon.root}/orders", order_body(wanted)).json()
        _, secret = create_api_key(salon.business.pk, "All", sorted(KEY_SCOPES), Actor.system())
        self.root = root
        self.schema = schemathesis.openapi.from_dict(orjson.loads(openapi_document()))
        self.schema.app = application
        self.headers = {"Authorization": f"Bearer {order['token'] if root == PUBLIC else secret}"}
        self.where = {"booking": order["bookings"][1]["id"]}
        self.where |= {"order": order["id"]} if root == PUBLIC else {"business": "salon"}

    def __call__(self, step: str, body: Any = None) -> int:
        operation: Any = self.schema[self.root + step]["GET" if body is None else "POST"]
        more = {} if body is None else {"body": body, "media_type": "application/json"}
        case = operation.Case(path_parameters=self.where, headers=self.headers, **more)
        with kept_connection():
            return int(case.call_and_validate(checks=CHECKS).status_code)


@pytest.mark.parametrize("root", [PUBLIC, DESK], ids=["guest", "staff"])
def test_a_series_is_read_changed_and_cancelled_as_described(salon: Salon, root: str) -> None:
    ask = Asker(salon, root)
    assert ask("") == 200
    later = {"reach": "following", "start": NOON}
    assert [ask("/change/preview", later), ask("/change", later)] == [200, 200]
    end = {"reach": "all"}
    assert [ask("/cancellation/preview", end), ask("/cancellation", end)] == [200, 200]
    assert [ask("/change/preview", later), ask("/cancellation", end)] == [409, 409]


@pytest.mark.parametrize("root", [PUBLIC, DESK], ids=["guest", "staff"])
def test_a_date_that_clashes_is_refused_as_described(salon: Salon, root: str) -> None:
    ask = Asker(salon, root)
    taken = order_body(item(start="2026-12-15T12:00:00+00:00", resource=salon.anna.public_id))
    assert Api().post(f"{salon.root}/orders", taken).status_code == 201
    later = {"reach": "following", "start": NOON}
    assert [ask("/change/preview", later), ask("/change", later)] == [409, 409]
    assert [ask("/change", {}), ask("/change", {"start": "soon"})] == [422, 422]

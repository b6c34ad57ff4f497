"""A small salon on a Monday morning in Lisbon, and a client that speaks JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django_scopes import scopes_disabled

from horarium.modules.catalog.models import Offering
from horarium.modules.resources.models import Resource
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import Business, Location
from tests.factories import make_business, make_location, make_offering, make_resource

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Salon:
    business: Business
    location: Location
    anna: Resource
    boris: Resource
    haircut: Offering
    colouring: Offering

    @property
    def root(self) -> str:
        return f"/api/v1/public/{self.business.slug}"


class Api:
    """Requests as an outside program sends them."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("post", path, body, **headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = b"" if body is None else json.dumps(body)
        return getattr(self.client, method)(path, data, content_type="application/json", headers=headers)


def make_salon() -> Salon:
    """Open 10:00–13:00 every day; a haircut (unpaid, 60 minutes, 30 €) and a colouring (prepaid, 90 minutes)."""
    business = make_business(slug="salon", name="Salon", translations={"ru": {"tagline": "Стрижки"}})
    location = make_location(business, hours="10:00-13:00")
    anna, boris = make_resource(location, name="Anna"), make_resource(location, name="Boris")
    haircut = make_offering(location, needs=[[anna, boris]], price=3000, slug="haircut", party_max=2)
    with scopes_disabled():
        haircut.requirements.update(is_choosable=True)
    bump_catalog_revision(business.pk)
    colouring = make_offering(
        location, needs=[[anna]], price=9000, slug="colouring", durations=[90], prepayment="full"
    )
    return Salon(business, location, anna, boris, haircut, colouring)


def order_body(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    customer = {"name": "Ada Lovelace", "email": "ada@example.org"}
    return {"customer": customer, "items": list(items), **fields}


def item(
    offering: str = "haircut", start: object = "2026-12-01T10:00:00+00:00", **fields: Any
) -> dict[str, Any]:
    return {"offering": offering, "start": start, **fields}


def problem_of(response: Any) -> Any:
    assert response.headers["Content-Type"] == "application/problem+json"
    answer = json.loads(response.content)
    assert answer["status"] == response.status_code
    return answer

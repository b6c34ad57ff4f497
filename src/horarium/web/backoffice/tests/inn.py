"""A hotel that sells nights and a walk, and the desk of its owner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from horarium.kit.clock import frozen
from horarium.platform.tenancy.models import Member
from tests.factories import make_business, make_location, make_member, make_offering, make_pool, make_resource

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true"}
ROOT = "/manage/inn/catalogue/"


def open_inn() -> Iterator[SimpleNamespace]:
    """A hotel with two double rooms, a tour with a guide, and an owner at the desk."""
    with frozen(NOW):
        business = make_business(slug="inn", type="hotel")
        location = make_location(business, hours="00:00-24:00")
        rooms = make_pool([make_resource(location, kind="room", name=f"Room {n}") for n in (1, 2)])
        guide = make_resource(location, name="Gil")
        double = make_offering(
            location,
            needs=[[rooms]],
            mode="stay",
            durations=[],
            name="Double",
            party_max=4,
            included_guests=2,
        )
        walk = make_offering(
            location, needs=[[guide]], mode="session", durations=[120], capacity=12, party_max=12, name="Walk"
        )
        owner = make_member(business)
        yield SimpleNamespace(
            business=business,
            location=location,
            rooms=rooms,
            guide=guide,
            double=double,
            walk=walk,
            client=client_of(owner),
            of_double=f"{ROOT}offerings/{double.public_id}/",
            of_walk=f"{ROOT}offerings/{walk.public_id}/",
        )


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def page(inn: SimpleNamespace, path: str, **headers: str) -> str:
    response = inn.client.get(path, headers=headers)
    assert response.status_code == 200, path
    return str(response.content.decode())


def post(inn: SimpleNamespace, path: str, form: dict[str, Any], status: int = 302) -> str:
    response = inn.client.post(path, form)
    content = str(response.content.decode())
    assert response.status_code == status, content[:3000]
    return content


def queries(inn: SimpleNamespace, path: str) -> int:
    page(inn, path)
    with CaptureQueriesContext(connection) as captured:
        page(inn, path)
    return len(captured)

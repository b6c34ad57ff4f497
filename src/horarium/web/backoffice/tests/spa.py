"""A spa in Santiago nine days from now: Anna, who is a member herself, Boris, and a cabin for their massages."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django_scopes import scopes_disabled

from horarium.kit import clock
from horarium.modules.booking.models import Booking
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Role
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.factories import make_business, make_location, make_member, make_offering, make_resource, make_user

SANTIAGO = ZoneInfo("America/Santiago")


def make_spa() -> SimpleNamespace:
    business = make_business(slug="spa")
    location = make_location(business, hours="10:00-20:00", time_zone="America/Santiago")
    specialist = make_member(business, Role.SPECIALIST, user=make_user())
    anna = make_resource(location, name="Anna", position=1, member=specialist)
    boris = make_resource(location, name="Boris", position=2)
    cabin = make_resource(location, name="Cabin", kind="room", position=3)
    massage = make_offering(location, needs=[[anna, boris], [cabin]], name="Massage", buffer_after=15)
    client = Client()
    client.force_login(make_member(business).user)
    return SimpleNamespace(
        business=business,
        location=location,
        anna=anna,
        boris=boris,
        cabin=cabin,
        massage=massage,
        client=client,
        specialist=specialist.user,
        on=(clock.now() + timedelta(days=9)).astimezone(SANTIAGO).date(),
    )


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SANTIAGO)


def book(house: SimpleNamespace, hour: int, resource: Any = None, name: str = "Rita Costa") -> Booking:
    item = SlotItem(house.massage.public_id, at(house.on, hour), resource=(resource or house.anna).public_id)
    checkout = Checkout(Contact(name, "rita@example.org"), (item,))
    order = place_order("spa", checkout, Actor.system(), clock.now(), staff=True)
    with scopes_disabled():
        return Booking.objects.get(order=order)


def feed(house: SimpleNamespace, client: Client | None = None, **query: Any) -> dict[str, Any]:
    answer = (client or house.client).get("/manage/spa/calendar/feed/", {"on": str(house.on), **query})
    assert answer.status_code == 200
    return json.loads(answer.content)  # type: ignore[no-any-return]

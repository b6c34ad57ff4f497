"""A visit by the desk: plans for several guests, and one order for all of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from django_scopes import scope

from horarium.kit import clock
from horarium.modules.booking.models import Booking, Order
from tests.factories import make_business, make_location, make_member, make_offering, make_resource

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
ROOT = "/manage/salon/calendar/visit/"


@pytest.fixture
def salon() -> SimpleNamespace:
    """A cut by Anna or Boris, a colouring by Anna only; open from ten to two."""
    with clock.frozen(NOW):
        business = make_business(slug="salon")
        place = make_location(business, hours="10:00-14:00")
        anna, boris = make_resource(place, name="Anna"), make_resource(place, name="Boris")
        client = Client()
        client.force_login(make_member(business).user)
        return SimpleNamespace(
            business=business,
            cut=make_offering(place, needs=[[anna, boris]], name="Cut", price=3000),
            colour=make_offering(place, needs=[[anna]], name="Colour", durations=[90], price=9000),
            client=client,
        )


def ask(salon: SimpleNamespace, **fields: str) -> str:
    steps = {
        "offering1": salon.cut.public_id,
        "who1": "12",
        "offering2": salon.colour.public_id,
        "who2": "1",
        "on": "2026-12-04",
    }
    with clock.frozen(NOW):
        answer = salon.client.get(ROOT, {**steps, **fields})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_two_are_cut_at_once_and_one_is_coloured_after_it(salon: SimpleNamespace) -> None:
    plan = ask(salon).split('class="card visit-plan"')[1].split("</section>")[0]
    names = re.findall(r"· (\w+)<", plan)
    assert (sorted(names[:2]), names[2]) == (["Anna", "Boris"], "Anna")
    assert plan.count("Cut") == 2
    assert "€150" in plan


def test_a_plan_becomes_one_order_for_all_of_it(salon: SimpleNamespace) -> None:
    url = re.findall(r'href="([^"]+visit/book[^"]+)"', ask(salon))[0]
    with clock.frozen(NOW):
        sheet = unescape(salon.client.get(url).content.decode())
        items = re.findall(r'name="item" value="([^"]+)"', sheet)
        assert len(items) == 3
        answer = salon.client.post(f"{ROOT}book/", {"item": items, "name": "Rita Costa"})
        assert answer.status_code == 302
        again = salon.client.post(f"{ROOT}book/", {"item": items, "name": "Too late"})
    assert again.status_code == 409
    with scope(business=salon.business.pk):
        assert Order.objects.get().contact_name == "Rita Costa"
        starts = sorted(f"{one.starts_at:%H:%M}" for one in Booking.objects.all())
    assert starts == ["10:00", "10:00", "11:00"]


def test_what_cannot_be_planned_is_said(salon: SimpleNamespace) -> None:
    assert "No plan fits" in ask(salon, offering3=salon.colour.public_id, who3="2")
    assert "visit-plan" not in ask(salon, offering1="off_none", offering2="")
    assert salon.client.post(f"{ROOT}book/", {"name": "Nobody"}).status_code == 409

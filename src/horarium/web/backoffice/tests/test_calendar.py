"""The calendar's feed, moves and blocks: what is shown to whom, and what a drop may do."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from horarium.kit import clock
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.models import Allocation, Block
from horarium.modules.booking.models import Booking, Order
from horarium.platform.audit.actor import Actor
from horarium.web.backoffice.calendar.wall import Part, parts_of
from tests.factories import make_business, make_location, make_member, make_resource

from .spa import at, book, feed, make_spa

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SimpleNamespace:
    return make_spa()


def test_a_booking_stands_on_the_wall_of_its_location_with_its_buffer(house: SimpleNamespace) -> None:
    """T-15: neither the server's nor the browser's zone has a say."""
    book(house, 12)
    found = feed(house)
    assert [one["name"] for one in found["resources"]] == ["Anna", "Boris"]
    assert found["hours"][f"{house.anna.public_id}|{house.on}"] == [[600, 1200]]
    (item,) = found["items"]
    assert [(part["on"], part["from"], part["until"], part["after"]) for part in item["parts"]] == [
        (str(house.on), 720, 780, 15),
        (str(house.on), 720, 780, 15),
    ]
    assert (item["title"], item["what"], item["places"]) == ("Rita Costa", "Massage", "Anna, Cabin")


def test_a_hold_is_shown_until_it_runs_out(house: SimpleNamespace) -> None:
    booking = book(house, 12)
    with scopes_disabled():
        Booking.objects.filter(pk=booking.pk).update(state="held")
        later = clock.now() + timedelta(minutes=5)
        Order.objects.filter(pk=booking.order_id).update(expires_at=later)
    assert [one["state"] for one in feed(house)["items"]] == ["held"]
    with scopes_disabled():
        Order.objects.filter(pk=booking.order_id).update(expires_at=clock.now() - timedelta(seconds=1))
    assert feed(house)["items"] == []


@pytest.mark.parametrize("count", [10, 1000])
def test_a_week_costs_the_same_number_of_queries_at_ten_and_at_a_thousand_bookings(
    house: SimpleNamespace, count: int
) -> None:
    booking = book(house, 12)
    with scopes_disabled():
        booking_copies = [
            Booking(
                business=house.business,
                order_id=booking.order_id,
                offering_id=booking.offering_id,
                location_id=booking.location_id,
                starts_at=booking.starts_at,
                ends_at=booking.ends_at,
                state="confirmed",
                price=booking.price,
                total_minor=0,
                created_at=booking.created_at,
            )
            for _ in range(count - 1)
        ]
        Booking.objects.bulk_create(booking_copies)
        one = booking.assignments.order_by("requirement_id").first()
        assert one is not None
        fields = {key: value for key, value in vars(one).items() if key not in ("_state", "id")}
        for copy in booking_copies:
            type(one).objects.create(**{**fields, "booking_id": copy.pk})
    feed(house, view="week")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = feed(house, view="week")
    assert len(found["items"]) == count
    own = [
        one
        for one in queries.captured_queries
        if "session" not in one["sql"] and "identity_user" not in one["sql"]
    ]
    assert len(own) <= 6, [one["sql"][:90] for one in own]


def test_a_specialist_sees_the_own_column_only_and_moves_nothing(house: SimpleNamespace) -> None:
    """T-41, T-42."""
    booking = book(house, 12, house.boris)
    book(house, 14, house.anna, name="Own guest")
    client = Client()
    client.force_login(house.specialist)
    found = feed(house, client)
    assert [one["name"] for one in found["resources"]] == ["Anna"]
    assert [(one["title"], one["move"]) for one in found["items"]] == [("Own guest", None)]
    assert feed(house, client, resource=house.boris.public_id)["items"] == found["items"]
    target = {"on": str(house.on), "minute": "960"}
    assert client.post(f"/manage/spa/calendar/bookings/{booking.public_id}/", target).status_code == 403
    assert client.post("/manage/spa/calendar/blocks/new/", {}).status_code == 403
    booking.refresh_from_db()
    assert booking.starts_at == at(house.on, 12)


def test_a_member_of_another_business_finds_no_calendar(house: SimpleNamespace) -> None:
    stranger = Client()
    stranger.force_login(make_member(make_business(slug="other")).user)
    booking = book(house, 12)
    for path in ("", "feed/", f"bookings/{booking.public_id}/", "blocks/new/"):
        assert stranger.get(f"/manage/spa/calendar/{path}").status_code == 404


def test_a_drop_on_a_free_place_moves_and_can_be_taken_back(house: SimpleNamespace) -> None:
    booking = book(house, 12)
    url = f"/manage/spa/calendar/bookings/{booking.public_id}/"
    target = {"on": str(house.on), "minute": "900", "resource": house.boris.public_id}
    assert house.client.get(url, target).json()["reason"] is None
    answer = house.client.post(url, target)
    assert answer.status_code == 200
    booking.refresh_from_db()
    assert booking.starts_at == at(house.on, 15)
    item = feed(house)["items"][0]
    assert item["places"] == "Boris, Cabin"
    house.client.post(answer.json()["undo"])
    booking.refresh_from_db()
    assert booking.starts_at == at(house.on, 12)
    assert feed(house)["items"][0]["places"] == "Anna, Cabin"


def test_undo_puts_back_that_nobody_asked_for_the_person(house: SimpleNamespace) -> None:
    booking = book(house, 12)
    with scopes_disabled():
        Booking.objects.filter(pk=booking.pk).update(is_resource_chosen=False)
    target = {"on": str(house.on), "minute": "900", "resource": house.boris.public_id}
    answer = house.client.post(f"/manage/spa/calendar/bookings/{booking.public_id}/", target)
    booking.refresh_from_db()
    assert booking.is_resource_chosen
    house.client.post(answer.json()["undo"])
    booking.refresh_from_db()
    assert (booking.starts_at, booking.is_resource_chosen) == (at(house.on, 12), False)


def test_a_drop_on_another_booking_is_refused_and_says_whose_it_is(house: SimpleNamespace) -> None:
    book(house, 15, name="John Smith")
    booking = book(house, 12)
    url = f"/manage/spa/calendar/bookings/{booking.public_id}/"
    target = {"on": str(house.on), "minute": "930"}
    preview = house.client.get(url, target).json()
    assert (preview["reason"], preview["text"]) == ("taken", "Taken by another booking.")
    assert [name.split(",")[0] for name in preview["names"]] == ["John Smith"]
    answer = house.client.post(url, target)
    assert (answer.status_code, answer.json()["reason"]) == (409, "taken")
    booking.refresh_from_db()
    assert booking.starts_at == at(house.on, 12)


def test_time_is_blocked_changed_dragged_freed_and_put_back(house: SimpleNamespace) -> None:
    form = {
        "on": str(house.on),
        "at": "13:00",
        "until_on": str(house.on),
        "until": "14:00",
        "resource": house.anna.public_id,
        "reason": "Lunch",
    }
    assert house.client.post("/manage/spa/calendar/blocks/new/", form).status_code == 302
    (item,) = feed(house)["items"]
    assert (item["title"], item["time"][:4], item["parts"][0]["from"]) == ("Lunch", "1:00", 780)
    answer = house.client.post(
        item["move"],
        {
            "on": str(house.on),
            "minute": "840",
            "old": house.anna.public_id,
            "resource": house.boris.public_id,
        },
    )
    (moved,) = feed(house)["items"]
    assert (moved["parts"][0]["from"], moved["places"]) == (840, "Boris")
    house.client.post(answer.json()["undo"])
    (back,) = feed(house)["items"]
    assert (back["parts"][0]["from"], back["places"]) == (780, "Anna")
    house.client.post(f"{back['url']}remove/")
    assert feed(house)["items"] == []
    with scope(business=house.business.pk):
        assert Allocation.objects.filter(owner_kind="block", state="taken").count() == 0
        assert Block.objects.filter(removed_at=None).count() == 0


def test_a_block_over_a_booking_is_refused_and_takes_nothing(house: SimpleNamespace) -> None:
    book(house, 12)
    form = {"on": str(house.on), "at": "11:00", "until": "13:00", "resource": f"kind:{house.anna.kind}"}
    answer = house.client.post("/manage/spa/calendar/blocks/new/", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "some of this time is taken" in page
    assert "Rita Costa" in page
    assert f"calendar/away/?resource={house.anna.public_id}" in page
    with scope(business=house.business.pk):
        assert Block.objects.count() == 0


def test_a_block_goes_around_a_booking_when_told_and_all_of_it_can_be_undone(house: SimpleNamespace) -> None:
    book(house, 12)
    form = {"on": str(house.on), "at": "11:00", "until": "16:00", "resource": "all", "around": "1"}
    answer = house.client.post("/manage/spa/calendar/blocks/new/", form, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    blocks = [one for one in feed(house)["items"] if one["type"] == "block"]
    assert sorted((one["places"], one["time"]) for one in blocks) == [
        ("Anna, Cabin", "11:00\u202fAM–12:00\u202fPM"),
        ("Anna, Cabin", "1:15\u202fPM–4:00\u202fPM"),
        ("Boris", "11:00\u202fAM–4:00\u202fPM"),
    ]
    house.client.post(json.loads(answer["HX-Trigger"])["toast"]["action"]["url"])
    assert [one["type"] for one in feed(house)["items"]] == ["booking"]


def test_a_block_repeats_every_week_and_goes_from_here_on(house: SimpleNamespace) -> None:
    form = {"on": str(house.on), "at": "13:00", "until": "14:00", "resource": house.anna.public_id}
    last = {"repeat": "weekly", "last_on": str(house.on + timedelta(days=28))}
    assert house.client.post("/manage/spa/calendar/blocks/new/", {**form, **last}).status_code == 302
    with scope(business=house.business.pk):
        ids = list(Block.objects.order_by("starts_at").values_list("public_id", flat=True))
    assert len(ids) == 5
    url = f"/manage/spa/calendar/blocks/{ids[2]}/"
    assert "This and the later ones: 3 blocks" in house.client.get(url).content.decode()
    house.client.post(f"{url}remove/", {"reach": "following"})
    with scope(business=house.business.pk):
        assert Block.objects.filter(removed_at=None).count() == 2


def test_a_time_for_two_is_found_and_leads_to_a_booking_and_a_block(house: SimpleNamespace) -> None:
    book(house, 10)
    query = {"need1": "kind:person", "count1": "2", "duration": "60", "from": house.on, "to": house.on}
    page = house.client.get("/manage/spa/calendar/find/", query).content.decode()
    first = page.split('class="find-list"')[1].split("</li>")[0]
    assert "Anna, Boris" in first
    assert "11:15" in first
    assert f"resource={house.anna.public_id}%2C{house.boris.public_id}" in first
    (url,) = re.findall(r'href="([^"]+blocks/new[^"]+)"', first)
    url = url.replace("&amp;", "&")
    assert "Anna, Boris" in house.client.get(url).content.decode()


def test_three_hundred_resources_come_by_twelves(house: SimpleNamespace) -> None:
    for number in range(298):
        make_resource(house.location, name=f"Chair {number}", position=10 + number)
    assert len(feed(house)["resources"]) == 12
    page = house.client.get("/manage/spa/calendar/", {"page": 25}).content.decode()
    assert "289–300 of 300" in page


def test_without_scripts_the_page_is_a_list_of_the_day(house: SimpleNamespace) -> None:
    book(house, 12)
    page = house.client.get("/manage/spa/calendar/", {"on": str(house.on), "view": "list"}).content.decode()
    assert "Rita Costa" in page
    assert "Nothing booked: all of this time is free." in page


def test_nonsense_in_the_address_is_as_if_nothing_was_said(house: SimpleNamespace) -> None:
    query = {"on": "x", "view": "year", "page": "-3", "kind": "none", "resource": "res_no", "location": "?"}
    assert house.client.get("/manage/spa/calendar/", query).status_code == 200


def test_other_peoples_blocks_stay_where_they_are(house: SimpleNamespace) -> None:
    other = make_business(slug="other")
    chair = make_resource(make_location(other, hours="10:00-20:00"))
    when = at(house.on, 12)
    block = place_block(
        other.pk,
        [chair.pk],
        when,
        when + timedelta(hours=1),
        reason="",
        actor=Actor.system(),
        now=clock.now(),
    )
    assert house.client.post(f"/manage/spa/calendar/blocks/{block.public_id}/remove/").status_code == 404
    with scope(business=other.pk):
        assert Block.objects.get().removed_at is None


def test_a_span_over_the_hour_that_comes_twice_keeps_its_length() -> None:
    """T-15: clocks in Lisbon go back on 25 October 2026, at 02:00."""
    tz = ZoneInfo("Europe/Lisbon")
    starts = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    day = date(2026, 10, 25)
    assert list(parts_of(starts, starts + timedelta(hours=1), [day], tz)) == [Part(day, 90, 150)]
    assert list(parts_of(starts, starts + timedelta(hours=2), [day], tz)) == [Part(day, 90, 150)]


def test_a_span_over_midnight_has_a_part_on_each_day() -> None:
    tz = ZoneInfo("Europe/Lisbon")
    starts = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
    first, second = date(2026, 12, 1), date(2026, 12, 2)
    assert list(parts_of(starts, starts + timedelta(hours=2), [first, second], tz)) == [
        Part(first, 1380, 1440),
        Part(second, 0, 60),
    ]
    assert list(parts_of(starts, starts + timedelta(hours=1), [first, second], tz)) == [
        Part(first, 1380, 1440)
    ]

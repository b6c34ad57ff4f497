"""A thousand buyers of fifty places, and fifty of the last room, over HTTP, against the running server."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from django.db import connection
from django_scopes import scopes_disabled

from horarium.modules.availability.models import Allocation
from horarium.modules.booking.models import Booking, Ticket
from horarium.platform.tenancy.models import Business
from tests.bed.server import Server
from tests.factories import (
    make_booking,
    make_business,
    make_location,
    make_offering,
    make_order,
    make_pool,
    make_price,
    make_resource,
    make_session,
    make_ticket_type,
)

pytestmark = pytest.mark.concurrency
BUYERS, PLACES, AT_ONCE = 1_000, 50, 100
GUESTS = 50


async def rush(url: str, business: Business, orders: Sequence[dict[str, Any]]) -> list[httpx.Response]:
    """All orders as quickly as the server takes them, a hundred at a time."""
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=120) as client:
        asks = [
            client.post(
                f"/api/v1/public/{business.slug}/orders",
                json={
                    "customer": {"name": f"Buyer {number}", "email": f"buyer{number}@example.org"},
                    "items": [item],
                },
                headers={"Idempotency-Key": f"{business.slug}-{number}"},
            )
            for number, item in enumerate(orders)
        ]
        return list(await asyncio.gather(*asks))


def codes(answers: Sequence[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_a_thousand_buyers_of_fifty_places_buy_exactly_fifty(server: Server, server_database: Server) -> None:
    business = make_business()
    place = make_location(business, time_zone="UTC")
    tour = make_offering(place, mode="session", durations=[120], prepayment="full", horizon_days=60)
    adult = make_ticket_type(tour, 2_500)
    session = make_session(tour, datetime.now(UTC) + timedelta(days=3), capacity=PLACES)
    item = {"session": session.public_id, "tickets": {adult.public_id: 1}}
    answers = asyncio.run(rush(server.url, business, [item] * BUYERS))
    assert codes(answers) == {201: PLACES, 409: BUYERS - PLACES}
    refusals = {json.dumps(one.json()["code"]) for one in answers if one.status_code == 409}
    assert refusals == {'"availability.capacity"'}
    with scopes_disabled():
        session.supply.refresh_from_db()
        numbers = Ticket.objects.filter(session=session).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, PLACES + 1))
    assert session.supply.taken == PLACES


def test_fifty_buyers_of_overlapping_stays_never_share_a_room_and_a_night(
    server: Server, server_database: Server
) -> None:
    business = make_business()
    place = make_location(business, time_zone="UTC")
    rooms = [make_resource(place, kind="room") for _ in range(3)]
    offering = stay(place, rooms)
    first = datetime.now(UTC).date() + timedelta(days=10)
    items = [
        nights(offering.public_id, first + timedelta(days=number % 4), 1 + number % 3)
        for number in range(GUESTS)
    ]
    answers = asyncio.run(rush(server.url, business, items))
    assert set(codes(answers)) == {201, 409}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM availability_allocation a JOIN availability_allocation b
                ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
            WHERE a.business_id = %s AND a.state IN ('held', 'taken') AND b.state IN ('held', 'taken')""",
            [business.pk],
        )
        assert cursor.fetchone() == (0,)
    with scopes_disabled():
        sold = Counter(
            night
            for booking in Booking.objects.filter(business=business)
            for night in range(booking.starts_at.toordinal(), booking.ends_at.toordinal())
        )
    assert max(sold.values()) == len(rooms)


def test_the_last_nights_of_a_scattered_house_are_sold_by_changing_rooms(
    server: Server, server_database: Server
) -> None:
    """Room 1 is free on the first night, room 2 on the second: two nights sell once somebody changes rooms."""
    business = make_business()
    place = make_location(business, time_zone="UTC")
    rooms = [make_resource(place, kind="room") for _ in range(2)]
    offering = stay(place, rooms)
    first = datetime.now(UTC).date() + timedelta(days=10)
    order = make_order(business)
    for room, day in ((rooms[0], first + timedelta(days=1)), (rooms[1], first)):
        starts_at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
        ends_at = starts_at + timedelta(hours=21)
        booking = make_booking(order, offering, starts_at, ends_at=ends_at, resources=[room])
        Allocation.objects.create(
            business=business,
            resource=room,
            during=(starts_at, ends_at),
            state="taken",
            owner_kind="booking",
            owner_id=booking.pk,
        )
    answers = asyncio.run(rush(server.url, business, [nights(offering.public_id, first, 2)] * GUESTS))
    assert codes(answers) == {201: 1, 409: GUESTS - 1}


def stay(place: Any, rooms: Sequence[Any]) -> Any:
    offering = make_offering(
        place,
        mode="stay",
        durations=[],
        needs=[[make_pool(rooms)]],
        prepayment="full",
        party_max=2,
        horizon_days=60,
    )
    make_price(offering, 9_000, basis="per_night")
    return offering


def nights(offering: str, check_in: date, length: int) -> dict[str, Any]:
    check_out = check_in + timedelta(days=length)
    return {
        "offering": offering,
        "check_in": check_in.isoformat(),
        "check_out": check_out.isoformat(),
        "guests": {"adults": 1},
    }

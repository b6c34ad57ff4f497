"""Two hundred buyers of one slot over HTTP, against the running server (T-01, T-22, T-24, T-35)."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.db import connection

from horarium.platform.tenancy.models import Business
from tests.bed.server import Server
from tests.factories import make_business, make_location, make_offering, make_resource

pytestmark = pytest.mark.concurrency
BUYERS = 200
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Shop:
    business: Business
    offering: str
    slots: tuple[datetime, ...]


@pytest.fixture
def shop(server_database: Server) -> Shop:
    business = make_business()
    place = make_location(business, hours="06:00-22:00", time_zone="UTC")
    offering = make_offering(
        place, needs=[[make_resource(place)]], price=5000, prepayment="full", horizon_days=60, lead_minutes=0
    )
    tomorrow = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=1)
    slots = tuple(tomorrow + timedelta(days=number // 8, hours=2 * (number % 8)) for number in range(ROUNDS))
    return Shop(business, offering.public_id, slots)


async def rush(url: str, shop: Shop, slot: datetime, headers: dict[str, str]) -> list[httpx.Response]:
    limits = httpx.Limits(max_connections=BUYERS, max_keepalive_connections=BUYERS)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60, headers=headers) as client:
        asks = [
            client.post(
                f"/api/v1/public/{shop.business.slug}/orders",
                json={
                    "customer": {"name": f"Buyer {number}", "email": f"buyer{number}@example.org"},
                    "items": [{"offering": shop.offering, "start": slot.isoformat()}],
                },
                headers={"Idempotency-Key": f"{shop.business.slug}-{slot:%d%H}-{number}"},
            )
            for number in range(BUYERS)
        ]
        return list(await asyncio.gather(*asks))


@pytest.mark.parametrize("origin", [None, "https://salon.example.org"], ids=["page", "widget"])
def test_two_hundred_buyers_of_one_slot_make_one_order_and_199_clear_refusals(
    server: Server, shop: Shop, origin: str | None
) -> None:
    headers = {} if origin is None else {"Origin": origin}
    for slot in shop.slots:
        answers = asyncio.run(rush(server.url, shop, slot, headers))
        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: BUYERS - 1}
        for answer in answers:
            if answer.status_code == 409:
                refusal = answer.json()
                assert refusal["code"] == "availability.slot_taken", json.dumps(refusal)
                assert refusal["alternatives"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT during) FROM availability_allocation"
            " WHERE business_id = %s AND state IN ('held', 'taken')",
            [shop.business.pk],
        )
        assert cursor.fetchone() == (ROUNDS, ROUNDS)

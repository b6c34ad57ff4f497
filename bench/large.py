"""Two houses of three hundred: a hotel with a year of stays, and a venue with a full day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django_scopes import scopes_disabled

from horarium.modules.catalog.models import BookingRules, Offering, Requirement, RequirementChoice
from horarium.modules.pricing.models import PriceRule
from horarium.modules.resources.models import Opening, Pool, PoolResource, Resource
from horarium.platform.tenancy.models import Business, Location

HOTEL, VENUE = "bench-hotel", "bench-venue"
HOUSES = 300
NIGHTS = 366
Taken = tuple[int, datetime, datetime]


def fill_large(today: date) -> None:
    """Four nights in five are sold, in stays of one to seven; of the halls' hours two in three."""
    dice = random.Random(11)
    with scopes_disabled():
        rooms = _house(HOTEL, "room", mode="stay", durations=[], horizon_days=400, basis="per_night")
        halls = _house(VENUE, "hall", mode="slot", durations=[60, 120], horizon_days=60, basis="per_hour")
    _take(HOTEL, [stay for room in rooms for stay in _stays(room, today, dice)])
    _take(VENUE, [hour for hall in halls for hour in _hours(hall, today, dice)])


def _house(slug: str, kind: str, *, basis: str, **fields: object) -> list[Resource]:
    business = Business.objects.create(slug=slug, name=slug, type="hotel", currency="EUR", country="PT")
    BookingRules.objects.create(business=business)
    place = Location.objects.create(business=business, name="Main", country="PT", time_zone="Europe/Lisbon")
    for weekday in range(7):
        Opening.objects.create(
            business=business, location=place, weekday=weekday, starts_minute=480, ends_minute=1320
        )
    pool = Pool.objects.create(business=business, name="All")
    resources = [
        Resource.objects.create(business=business, location=place, kind=kind, name=f"{kind} {number + 1}")
        for number in range(HOUSES)
    ]
    for one in resources:
        PoolResource.objects.create(business=business, pool=pool, resource=one)
    offering = Offering.objects.create(business=business, location=place, slug="one", name="One", **fields)
    need = Requirement.objects.create(business=business, offering=offering)
    RequirementChoice.objects.create(business=business, requirement=need, pool=pool)
    PriceRule.objects.create(business=business, offering=offering, basis=basis, amount_minor=9000)
    return resources


def _stays(room: Resource, today: date, dice: random.Random) -> list[Taken]:
    taken, day = [], today
    while day < today + timedelta(days=NIGHTS):
        nights = dice.randint(1, 7)
        if dice.random() < 0.8:
            until = day + timedelta(days=nights)
            taken.append(
                (room.pk, datetime.combine(day, time(15), UTC), datetime.combine(until, time(11), UTC))
            )
        day += timedelta(days=nights)
    return taken


def _hours(hall: Resource, today: date, dice: random.Random) -> list[Taken]:
    hours = [
        datetime.combine(today + timedelta(days=day), time(hour), UTC)
        for day in range(1, 8)
        for hour in range(9, 21)
        if dice.random() < 2 / 3
    ]
    return [(hall.pk, start, start + timedelta(hours=1)) for start in hours]


def _take(slug: str, taken: Sequence[Taken]) -> None:
    """As blocks of nobody: listings ask only what is taken."""
    with scopes_disabled():
        business = Business.objects.get(slug=slug)
    with connection.cursor() as cursor:
        with cursor.copy(
            "COPY availability_allocation (business_id, resource_id, during, state, owner_kind, owner_id) FROM STDIN"
        ) as copy:
            for resource_id, start, end in taken:
                during = f"[{start.isoformat()},{end.isoformat()})"
                copy.write_row((business.pk, resource_id, during, "taken", "booking", 0))
        cursor.execute("ANALYZE availability_allocation")

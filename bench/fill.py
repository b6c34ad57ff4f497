"""A business of the demo's size with 20,000 bookings: a year back and some weeks ahead."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django_scopes import scopes_disabled

from horarium.kit.ids import new_id
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.models import BookingRules, Offering, Requirement, RequirementChoice
from horarium.modules.catalog.rules import usual_terms
from horarium.modules.pricing.models import PriceRule
from horarium.modules.resources.models import Opening, Pool, PoolResource, Resource
from horarium.platform.tenancy.models import Business, Location

BOOKINGS = 20_000
PEOPLE, ROOMS = 10, 8
SLUG = "bench"
DAYS_BACK = 330
GUESTS = 2_000
CREATED = datetime.now(UTC) - timedelta(days=400)
Hour = tuple[date, int, int]
"""A date, an hour of it, and the number of the person and the room."""


def fill(today: date) -> None:
    """Ten people and eight rooms, open every day from 8 to 20; three bookings in four are in the past."""
    with scopes_disabled():
        business = Business.objects.create(
            slug=SLUG, name="Bench", type="services", currency="EUR", country="PT"
        )
        BookingRules.objects.create(business=business)
        place = Location.objects.create(
            business=business, name="Main", country="PT", time_zone="Europe/Lisbon"
        )
        for weekday in range(7):
            Opening.objects.create(
                business=business, location=place, weekday=weekday, starts_minute=480, ends_minute=1200
            )
        people, rooms = (
            _resources(business, place, PEOPLE, "person"),
            _resources(business, place, ROOMS, "room"),
        )
        offering = _offering(business, place, people, rooms)
    _bookings(business, place, offering, people, rooms, today)


def _resources(business: Business, place: Location, count: int, kind: str) -> list[Resource]:
    return [
        Resource.objects.create(business=business, location=place, kind=kind, name=f"{kind} {number + 1}")
        for number in range(count)
    ]


def _offering(business: Business, place: Location, people: list[Resource], rooms: list[Resource]) -> Offering:
    offering = Offering.objects.create(
        business=business, location=place, slug="hour", name="An hour", durations=[60]
    )
    paid = Offering.objects.create(
        business=business,
        location=place,
        slug="held",
        name="A held hour",
        durations=[60],
        prepayment="full",
        horizon_days=730,
    )
    pool = Pool.objects.create(business=business, name="Rooms")
    for room in rooms:
        PoolResource.objects.create(business=business, pool=pool, resource=room)
    for one in (offering, paid):
        PriceRule.objects.create(business=business, offering=one, basis="flat", amount_minor=5000)
        person = Requirement.objects.create(business=business, offering=one, is_choosable=True)
        for resource in people:
            RequirementChoice.objects.create(business=business, requirement=person, resource=resource)
        room_need = Requirement.objects.create(business=business, offering=one, position=1)
        RequirementChoice.objects.create(business=business, requirement=room_need, pool=pool)
    return offering


def _bookings(
    business: Business,
    place: Location,
    offering: Offering,
    people: list[Resource],
    rooms: list[Resource],
    today: date,
) -> None:
    """Straight into the tables with COPY; every hour of every room at most once."""
    dice = random.Random(7)
    hours = [
        (today + timedelta(days=day), hour, number)
        for day in range(-DAYS_BACK, 60)
        for hour in range(8, 20)
        for number in range(ROOMS)
    ]
    chosen = sorted(dice.sample(hours, BOOKINGS))
    with connection.cursor() as cursor:
        _customers(business, cursor)
        _orders(business, dice, cursor)
        _agreed(business, place, offering, chosen, today, cursor)
        _taken(business, people, rooms, chosen)
        for table in ("customers_customer", "booking_order", "booking_booking"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        cursor.execute("ANALYZE")


def _customers(business: Business, cursor: CursorWrapper) -> None:
    with cursor.copy(
        "COPY customers_customer (id, business_id, public_id, name, email, phone, locale, notes, search, created_at)"
        " FROM STDIN"
    ) as copy:
        for key in range(1, GUESTS + 1):
            name, email = f"Guest Number {key}", f"g{key}@example.org"
            copy.write_row(
                (key, business.pk, new_id("cus"), name, email, "", "en", "", name.lower(), CREATED)
            )


def _orders(business: Business, dice: random.Random, cursor: CursorWrapper) -> None:
    with cursor.copy(
        "COPY booking_order (id, business_id, public_id, customer_id, contact_name, contact_email, contact_phone,"
        " locale, channel, currency, total_minor, due_minor, notes, return_url, token_version, created_at)"
        " FROM STDIN"
    ) as copy:
        for key in range(1, BOOKINGS + 1):
            guest = dice.randint(1, GUESTS)
            who = (guest, f"Guest Number {guest}", f"g{guest}@example.org", "", "en", "page")
            copy.write_row((key, business.pk, new_id("ord"), *who, "EUR", 5000, 0, "", "", 1, CREATED))


def _agreed(
    business: Business,
    place: Location,
    offering: Offering,
    chosen: list[Hour],
    today: date,
    cursor: CursorWrapper,
) -> None:
    price = json.dumps({"lines": [{"label": "", "minor": 5000}], "total_minor": 5000})
    agreed = json.dumps(Agreed(usual_terms(24)).as_json())
    with cursor.copy(
        "COPY booking_booking (id, business_id, public_id, order_id, offering_id, location_id, starts_at, ends_at,"
        " party, state, price, total_minor, is_resource_chosen, needs_approval, terms, staff_notes,"
        " sequence, created_at) FROM STDIN"
    ) as copy:
        for key, (day, hour, _) in enumerate(chosen, start=1):
            start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
            what = (key, offering.pk, place.pk, start, start + timedelta(hours=1), 1)
            state = "completed" if day < today else "confirmed"
            terms = (state, price, 5000, False, False, agreed, "", 0, CREATED)
            copy.write_row((key, business.pk, new_id("bk"), *what, *terms))


def _taken(business: Business, people: list[Resource], rooms: list[Resource], chosen: list[Hour]) -> None:
    with connection.cursor() as cursor:
        with cursor.copy("COPY booking_assignment (business_id, booking_id, resource_id) FROM STDIN") as copy:
            for key, (_, _, number) in enumerate(chosen, start=1):
                copy.write_row((business.pk, key, people[number].pk))
                copy.write_row((business.pk, key, rooms[number].pk))
        with cursor.copy(
            "COPY availability_allocation (business_id, resource_id, during, state, owner_kind, owner_id) FROM STDIN"
        ) as copy:
            for key, (day, hour, number) in enumerate(chosen, start=1):
                during = f"[{day} {hour:02}:00+00,{day} {hour + 1:02}:00+00)"
                for resource in (people[number], rooms[number]):
                    copy.write_row((business.pk, resource.pk, during, "taken", "booking", key))

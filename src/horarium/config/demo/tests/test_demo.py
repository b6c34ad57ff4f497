"""The demo as it stands after its first start: full, and true to every rule of the engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Sum
from django_scopes import scopes_disabled
from pytest_django import DjangoDbBlocker

from horarium.config.demo import fill_demo, is_demo_filled
from horarium.kit import clock
from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.models import Allocation, Block
from horarium.modules.availability.rules.calendars import grid_of_day
from horarium.modules.booking.models import Assignment, Booking, Cancellation, Order
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_catalog
from horarium.modules.catalog.rules import Catalog, Need
from horarium.modules.customers.models import Customer
from horarium.modules.ledger.models import Posting
from horarium.modules.messaging.models import Message
from horarium.modules.payments.models import GatewayAccount, Payment, Refund
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import Occasion, PricedExtra, price
from horarium.modules.resources.models import Resource
from horarium.modules.resources.rules import open_intervals
from horarium.platform.audit.models import AuditEntry
from horarium.platform.files.models import StoredFile
from horarium.platform.files.storage import stored_path
from horarium.platform.tenancy.models import Business, Member
from horarium.workflows.list_availability import WishInput, list_days

NOW = datetime(2026, 11, 20, 13, 40, tzinfo=UTC)
LANGUAGES = {"en", "es", "ru"}
TAKES_TIME = ["held", "pending", "confirmed", "checked_in", "completed", "no_show"]


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Filled once for all tests of this module, and rolled back after them."""
    with django_db_blocker.unblock(), clock.frozen(NOW), scopes_disabled(), transaction.atomic():
        fill_demo()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        for name in StoredFile.objects.values_list("name", flat=True):
            default_storage.delete(stored_path(name))
        transaction.set_rollback(True)


@pytest.fixture(params=["spa", "studio", "salon"])
def business(request: pytest.FixtureRequest) -> Business:
    return Business.objects.get(slug=request.param)


def count_rows() -> dict[str, int]:
    models = (Business, Member, Resource, Offering, Customer, Order, Booking, Allocation, Posting, StoredFile)
    return {model.__name__: model._default_manager.count() for model in models}


def test_the_second_call_changes_nothing_and_names_the_owners() -> None:
    before = count_rows()

    found = fill_demo()

    assert count_rows() == before
    assert is_demo_filled()
    assert [(one.slug, one.name, one.owner_email) for one in found] == [
        ("spa", "Bosque Spa", "owner@spa.example.com"),
        ("studio", "Светотень", "owner@studio.example.com"),
        ("salon", "Maré", "owner@salon.example.com"),
    ]


def test_every_business_has_its_people_and_enough_of_everything(business: Business) -> None:
    assert Member.objects.filter(business=business, role="owner").count() == 1
    assert 3 <= Member.objects.filter(business=business).count() <= 4
    assert GatewayAccount.objects.filter(business=business, gateway="test", is_enabled=True).count() == 1
    assert 400 <= Customer.objects.filter(business=business).count() <= 900
    assert 3000 <= Booking.objects.filter(business=business).count() <= 8000
    assert Block.objects.filter(business=business).count() == 6
    assert AuditEntry.objects.filter(business=business).count() > 100
    assert Message.objects.filter(business=business).count() > 20


def test_there_are_all_states_and_today_is_lively(business: Business) -> None:
    states = Counter(Booking.objects.filter(business=business).values_list("state", flat=True))
    today = Booking.objects.filter(
        business=business, starts_at__gte=NOW - timedelta(hours=10), starts_at__lt=NOW + timedelta(hours=10)
    )

    assert {"confirmed", "completed", "cancelled", "no_show", "expired"} <= states.keys()
    assert states["completed"] > 2000
    assert states["confirmed"] > 200
    assert today.filter(state__in=TAKES_TIME).count() >= 5
    assert Booking.objects.filter(business=business, starts_at__gt=NOW + timedelta(days=30)).exists()
    assert Booking.objects.filter(business=business, starts_at__lt=NOW - timedelta(days=350)).exists()
    assert Cancellation.objects.filter(business=business).count() == states["cancelled"]


def test_nothing_was_placed_in_the_future(business: Business) -> None:
    assert not Order.objects.filter(business=business, created_at__gt=NOW).exists()
    assert not Payment.objects.filter(business=business, paid_at__gt=NOW).exists()
    assert not Cancellation.objects.filter(business=business, at__gt=NOW).exists()
    assert not Refund.objects.filter(business=business, done_at__gt=NOW).exists()


def test_every_booking_stands_on_the_grid_with_the_price_of_its_rules(business: Business) -> None:
    catalog = get_catalog(business.pk)
    prices = get_price_list(business.pk, catalog.revision)
    offerings = {one.id: one for one in catalog.offerings.values()}
    for booking in Booking.objects.filter(business=business).prefetch_related("extras"):
        offering = offerings[booking.offering_id]
        tz = zone(offering.location.time_zone)
        local = booking.starts_at.astimezone(tz)
        duration = int((booking.ends_at - booking.starts_at).total_seconds()) // 60
        extras = [PricedExtra(one.pk, one.public_id, one.name) for one in booking.extras.all()]
        extras.sort(key=lambda one: one.id)
        occasion = Occasion(local.date(), local.hour * 60 + local.minute, duration, booking.party)
        quote = price(prices[offering.id], occasion, business.currency, extras)

        starts = grid_of_day(local.date(), offering.location.time_zone, offering.grid, offering.fixed_starts)
        assert int(booking.starts_at.timestamp()) in starts
        assert duration in offering.durations
        assert offering.party_min <= booking.party <= offering.party_max
        assert booking.total_minor == quote.total.minor > 0
        assert booking.price == quote.as_json()


def test_every_booking_that_takes_time_lies_in_the_openings_of_its_resources(business: Business) -> None:
    catalog = get_catalog(business.pk)
    needs = {need.id: need for offering in catalog.offerings.values() for need in offering.needs}
    hours = OpenHours(catalog)
    assignments = Assignment.objects.filter(business=business, booking__state__in=TAKES_TIME)
    for one in assignments.select_related("booking"):
        starts, ends = part_of(one.booking, needs[one.requirement_id or 0])
        assert hours.contain(one.resource_id, starts, ends), (one.booking.public_id, starts, ends)


def part_of(booking: Booking, need: Need) -> tuple[datetime, datetime]:
    starts = booking.starts_at + timedelta(minutes=need.from_minute)
    if need.until_minute is None:
        return starts, booking.ends_at
    return starts, min(booking.starts_at + timedelta(minutes=need.until_minute), booking.ends_at)


class OpenHours:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._known: dict[tuple[int, date], list[tuple[datetime, datetime]]] = {}

    def contain(self, resource_id: int, starts: datetime, ends: datetime) -> bool:
        location = self.catalog.locations[self.catalog.resources[resource_id].location_id]
        day = local_date_of(starts, zone(location.time_zone))
        for number in range(-1, 2):
            for first, last in self._of_day(resource_id, day + timedelta(days=number)):
                if first <= starts < last:
                    starts = min(last, ends)
        return starts >= ends

    def _of_day(self, resource_id: int, day: date) -> list[tuple[datetime, datetime]]:
        if (resource_id, day) not in self._known:
            resource = self.catalog.resources[resource_id]
            location = self.catalog.locations[resource.location_id]
            tz = zone(location.time_zone)
            self._known[resource_id, day] = [
                (instant_of(day, first, tz), instant_of(day, last, tz))
                for first, last in open_intervals(
                    resource.rules, location.rules, resource.follows_location, day
                )
            ]
        return self._known[resource_id, day]


def test_no_resource_is_taken_twice(business: Business) -> None:
    ranges: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in Allocation.objects.filter(business=business, state__in=["held", "taken"]):
        ranges[one.resource_id].append((one.during.lower, one.during.upper))
    for taken in ranges.values():
        taken.sort()
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(taken))


def test_time_is_taken_by_bookings_that_stand_and_by_no_others(business: Business) -> None:
    bookings = Booking.objects.filter(business=business)
    owners = set(
        Allocation.objects.filter(business=business, owner_kind="booking").values_list("owner_id", flat=True)
    )

    assert owners == set(bookings.filter(state__in=TAKES_TIME).values_list("id", flat=True))


def test_every_entry_of_the_ledger_sums_to_zero(business: Business) -> None:
    sums = Posting.objects.filter(business=business).values("entry").annotate(sum=Sum("minor"))

    assert len(sums) > 1000
    assert not [row for row in sums if row["sum"]]


def test_the_gateway_holds_what_was_paid_less_what_was_refunded(business: Business) -> None:
    paid = Payment.objects.filter(business=business).aggregate(
        amount=Sum("amount_minor"), refunded=Sum("refunded_minor")
    )
    refunds = Refund.objects.filter(business=business).aggregate(amount=Sum("amount_minor"))
    postings = Posting.objects.filter(business=business, account__code="gateway:test")

    assert paid["refunded"] == refunds["amount"]
    assert postings.aggregate(sum=Sum("minor"))["sum"] == paid["amount"] - paid["refunded"]


def test_completed_bookings_are_the_revenue_with_the_fees_of_those_that_did_not_come(
    business: Business,
) -> None:
    revenue = Posting.objects.filter(business=business, account__code="revenue")
    by_kind = dict(revenue.values_list("entry__kind").annotate(sum=Sum("minor")))
    completed = Booking.objects.filter(business=business, state="completed").aggregate(sum=Sum("total_minor"))

    assert by_kind["completion"] == -completed["sum"]
    assert by_kind["fee_kept"] < 0


def test_every_offering_has_a_picture_texts_in_three_languages_and_free_times(business: Business) -> None:
    catalog = get_catalog(business.pk)
    for offering in catalog.listed_offerings():
        listing = list_days(
            business.slug,
            offering.public_id,
            first_on=NOW.date(),
            last_on=NOW.date() + timedelta(days=30),
            wish=WishInput(),
            now=NOW,
        )

        assert any(day.slots for day in listing.days), offering.slug
        assert offering.photo
        assert offering.translations.keys() == LANGUAGES - {business.default_language}
        for texts in offering.translations.values():
            assert texts.keys() == {"name", "summary", "description"}
            assert all(texts.values())


def test_pictures_are_small_enough_for_a_phone(business: Business) -> None:
    stored = list(StoredFile.objects.filter(business=business))

    assert len(stored) >= 9
    assert business.cover_file in {one.name for one in stored}
    assert all(one.size < 140_000 and one.width and one.width >= 800 for one in stored)
    assert all(default_storage.exists(stored_path(one.name)) for one in stored)


def test_guests_come_back(business: Business) -> None:
    visits = Counter(Order.objects.filter(business=business).values_list("customer_id", flat=True))

    assert sum(1 for count in visits.values() if count >= 5) > 100
    assert max(visits.values()) < 120

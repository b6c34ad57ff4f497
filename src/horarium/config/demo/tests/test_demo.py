"""The demo as it stands after its first start: full, and true to every rule of the engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Sum
from django_scopes import scopes_disabled
from pytest_django import DjangoDbBlocker

from horarium.config.demo import fill_demo, is_demo_filled
from horarium.kit import clock
from horarium.modules.availability.actions_schedules import fill_schedule
from horarium.modules.availability.models import (
    Allocation,
    Block,
    Schedule,
    Session,
    Supply,
    SupplyAllocation,
)
from horarium.modules.booking.models import (
    Assignment,
    Booking,
    Cancellation,
    Order,
    ProductLine,
    Ticket,
    WaitingEntry,
)
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_catalog
from horarium.modules.catalog.rules import Need, OfferingFacts, Translations
from horarium.modules.customers.models import Customer
from horarium.modules.ledger.models import Posting
from horarium.modules.messaging.models import Message
from horarium.modules.payments.models import GatewayAccount, Payment, Refund
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.resources.models import Resource
from horarium.platform.audit.models import AuditEntry
from horarium.platform.files.models import StoredFile
from horarium.platform.files.storage import stored_path
from horarium.platform.tenancy.models import Business, Member
from horarium.workflows.list_availability import WishInput, list_days
from horarium.workflows.list_sessions import list_sessions
from horarium.workflows.list_stays import list_nights
from horarium.workflows.sessions_asked import SessionWish
from horarium.workflows.stay_inquiry import StayWish

from .expected import Expected, OpenHours

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


@pytest.fixture(params=["spa", "studio", "salon", "hotel", "tours", "venue", "rental"])
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
        ("hotel", "Тихий залив", "owner@hotel.example.com"),
        ("tours", "Lanterna Tours", "owner@tours.example.com"),
        ("venue", "La Marejada", "owner@venue.example.com"),
        ("rental", "Pedal y Remo", "owner@rental.example.com"),
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
    assert states["confirmed"] > 150
    assert today.filter(state__in=TAKES_TIME).count() >= 5
    assert Booking.objects.filter(business=business, starts_at__gt=NOW + timedelta(days=30)).exists()
    assert Booking.objects.filter(business=business, starts_at__lt=NOW - timedelta(days=350)).exists()
    assert Cancellation.objects.filter(business=business).count() == states["cancelled"]


def test_nothing_was_placed_in_the_future(business: Business) -> None:
    assert not Order.objects.filter(business=business, created_at__gt=NOW).exists()
    assert not Payment.objects.filter(business=business, paid_at__gt=NOW).exists()
    assert not Cancellation.objects.filter(business=business, at__gt=NOW).exists()
    assert not Refund.objects.filter(business=business, done_at__gt=NOW).exists()


def test_every_booking_stands_where_it_may_with_the_price_of_its_rules(business: Business) -> None:
    catalog = get_catalog(business.pk)
    expected = Expected(catalog, get_price_list(business.pk, catalog.revision))
    offerings = {one.id: one for one in catalog.offerings.values()}
    found = Booking.objects.filter(business=business).select_related("session")
    for booking in found.prefetch_related("extra_lines__extra"):
        quote = expected.check(booking, offerings[booking.offering_id])

        assert booking.total_minor == quote.total.minor > 0
        assert booking.price == quote.as_json()
        assert booking.terms.keys() == {"cancellation", "rescheduling", "no_show", "deposit_minor"}


def test_every_slot_that_takes_time_lies_in_the_openings_of_its_resources(business: Business) -> None:
    catalog = get_catalog(business.pk)
    needs = {need.id: need for offering in catalog.offerings.values() for need in offering.needs}
    hours = OpenHours(catalog)
    assignments = Assignment.objects.filter(business=business, booking__state__in=TAKES_TIME)
    for one in assignments.filter(booking__offering__mode="slot").select_related("booking"):
        starts, ends = part_of(one.booking, needs[one.requirement_id or 0])
        assert hours.contain(one.resource_id, starts, ends), (one.booking.public_id, starts, ends)


def part_of(booking: Booking, need: Need) -> tuple[datetime, datetime]:
    starts = booking.starts_at + timedelta(minutes=need.from_minute)
    if need.until_minute is None:
        return starts, booking.ends_at
    return starts, min(booking.starts_at + timedelta(minutes=need.until_minute), booking.ends_at)


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

    standing = bookings.filter(state__in=TAKES_TIME, session=None)
    assert owners == set(standing.values_list("id", flat=True))


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
    done = {"business": business, "state": "completed"}
    completed = Booking.objects.filter(**done).aggregate(sum=Sum("total_minor"))["sum"]
    handed_over = ProductLine.objects.filter(**done).aggregate(sum=Sum("total_minor"))["sum"] or 0

    assert by_kind["completion"] == -completed - handed_over
    assert by_kind["fee_kept"] < 0


def test_every_offering_has_a_picture_texts_in_three_languages_and_free_times(business: Business) -> None:
    catalog = get_catalog(business.pk)
    for offering in catalog.listed_offerings():
        assert can_be_booked(business, offering), offering.slug
        assert offering.photo
        assert offering.translations.keys() == LANGUAGES - {business.default_language}
        for texts in offering.translations.values():
            assert texts.keys() == {"name", "summary", "description"}
            assert all(texts.values())


def can_be_booked(business: Business, offering: OfferingFacts) -> bool:
    """Within a month."""
    first_on, last_on = NOW.date(), NOW.date() + timedelta(days=30)
    where = business.slug, offering.public_id
    if offering.mode == "stay":
        nights = list_nights(*where, first_on=first_on, last_on=last_on, wish=StayWish(), now=NOW, nights=2)
        return any(one.stay is not None and one.stay.reason is None for one in nights.days)
    if offering.mode == "session":
        two = SessionWish(places=2)
        sessions = list_sessions(*where, first_on=first_on, last_on=last_on, wish=two, now=NOW)
        return any(one.reason is None for day in sessions.days for one in day.sessions)
    days = list_days(*where, first_on=first_on, last_on=last_on, wish=WishInput(), now=NOW).days
    return any(day.slots for day in days)


def test_everything_that_has_words_has_them_in_three_languages(business: Business) -> None:
    catalog = get_catalog(business.pk)
    offerings = catalog.offerings.values()
    parts: list[tuple[str, Translations]] = [(one.name, one.translations) for one in catalog.categories]
    parts += [(one.name, one.translations) for one in catalog.products.values()]
    for offering in offerings:
        parts += [(one.name, one.translations) for one in offering.extras]
        parts += [(one.name, one.translations) for one in offering.rate_plans]
        parts += [(one.name, one.translations) for one in offering.ticket_types]
    for name, translations in parts:
        assert translations.keys() == LANGUAGES - {business.default_language}, name
        assert all(texts["name"] for texts in translations.values()), name


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


SELLS_PLACES = ["tours", "venue", "rental"]
SELLS_GOODS = ["hotel", "tours", "venue", "rental"]


@pytest.mark.parametrize("slug", SELLS_GOODS)
def test_what_is_taken_of_a_supply_is_the_sum_of_its_allocations(slug: str) -> None:
    live = SupplyAllocation.objects.filter(business__slug=slug, state__in=["held", "taken"])
    taken = dict(live.values_list("supply").annotate(sum=Sum("quantity")))
    supplies = list(Supply.objects.filter(business__slug=slug))

    assert all(one.taken == taken.get(one.pk, 0) <= one.total for one in supplies)
    assert any(one.taken for one in supplies)


@pytest.mark.parametrize("slug", SELLS_GOODS)
def test_the_movements_of_a_product_make_its_stock_and_never_less_than_nothing(slug: str) -> None:
    for supply in Supply.objects.filter(business__slug=slug, product__isnull=False):
        deltas = supply.movements.order_by("at", "id").values_list("delta", flat=True)

        assert sum(deltas) == supply.total
        assert min(accumulate(deltas)) >= 0


@pytest.mark.parametrize("slug", SELLS_PLACES)
def test_tickets_are_numbered_without_a_gap_and_places_are_counted(slug: str) -> None:
    for session in Session.objects.filter(business__slug=slug).select_related("supply"):
        tickets = list(Ticket.objects.filter(session=session).select_related("ticket_type", "booking"))
        standing = [one for one in tickets if one.booking.state in TAKES_TIME]

        assert [one.number for one in tickets] == list(range(1, session.supply.issued + 1))
        assert sum(one.ticket_type.places for one in standing) == session.supply.taken
        assert session.state == "scheduled" or not standing


@pytest.mark.parametrize("slug", SELLS_PLACES)
def test_the_daily_filling_of_schedules_finds_nothing_to_do(slug: str) -> None:
    business = Business.objects.get(slug=slug)
    for schedule in Schedule.objects.filter(business=business):
        filled = fill_schedule(business.pk, schedule.public_id, NOW)

        assert (filled.created, filled.moved, filled.dropped, filled.sold) == (0, 0, 0, ())
        assert schedule.sessions.filter(starts_at__gt=NOW + timedelta(days=60)).exists() or schedule.dates


@pytest.mark.parametrize("slug", SELLS_GOODS)
def test_somebody_waits_for_what_is_sold_out(slug: str) -> None:
    waiting = WaitingEntry.objects.filter(business__slug=slug, state="waiting")

    assert waiting.exists()
    assert all(one.first_on > NOW.date() and one.created_at <= NOW for one in waiting)


def test_a_guest_of_the_salon_comes_every_week() -> None:
    dates = Booking.objects.filter(series__isnull=False).select_related("order").order_by("starts_at")

    assert {one.business.slug for one in dates} == {"salon"}
    assert len({one.order_id for one in dates}) == 1
    assert 4 <= len(dates) <= 6
    assert all(one.starts_at > NOW and one.order.channel == "page" for one in dates)


def test_the_hotel_is_neither_empty_nor_full_and_sells_all_its_rate_plans() -> None:
    stays = Booking.objects.filter(business__slug="hotel", offering__mode="stay", state__in=TAKES_TIME)
    tonight = stays.filter(starts_at__lte=NOW + timedelta(hours=8), ends_at__gt=NOW + timedelta(hours=8))

    assert 10 <= tonight.count() <= 27
    assert len(set(stays.values_list("rate_plan", flat=True))) == 12
    assert stays.filter(is_pinned=True).exists()

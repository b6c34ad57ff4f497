"""One new guest who arrives through several connections at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django_scopes import scopes_disabled

from horarium.modules.booking.models import Order
from horarium.modules.customers.actions import recognise
from horarium.modules.customers.models import Customer
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.database.attempts import in_transaction
from horarium.platform.tenancy.models import Business
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.factories import make_business, make_location, make_offering, make_resource

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CROWD = 8


@pytest.fixture
def business_id() -> int:
    return Business.objects.create(
        slug="salon", name="Salon", type="services", currency="EUR", country="PT"
    ).pk


def arrive(business_id: int, barrier: Barrier, email: str, phone: str) -> int:
    try:
        barrier.wait(timeout=20)
        with transaction.atomic():
            return recognise(
                business_id, name="Ana", email=email, phone=phone, locale="en", country="PT", now=NOW
            )
    finally:
        connection.close()


def rush(business_id: int, contacts: list[tuple[str, str]]) -> list[int]:
    barrier = Barrier(len(contacts))
    with ThreadPoolExecutor(len(contacts)) as pool:
        found = [pool.submit(arrive, business_id, barrier, *contact) for contact in contacts]
        return [future.result(timeout=60) for future in found]


@pytest.mark.parametrize("turn", range(5))
def test_a_new_guest_in_a_rush_is_one_customer(business_id: int, turn: int) -> None:
    """T-76."""
    ids = rush(business_id, [("ana@example.org", "912 345 678")] * CROWD)
    assert len(set(ids)) == 1
    with scopes_disabled():
        assert Customer.objects.count() == 1


@pytest.mark.parametrize("turn", range(5))
def test_crossing_contacts_in_a_rush_neither_fail_nor_double(business_id: int, turn: int) -> None:
    """A ring in which each guest shares the e-mail with one neighbour and the phone with the other."""
    people = [(f"guest{n // 2}@example.org", f"91234567{(n + 1) // 2 % 4}") for n in range(CROWD)]
    ids = rush(business_id, people)
    with scopes_disabled():
        kept = set(Customer.objects.values_list("pk", flat=True))
        emails = list(Customer.objects.values_list("email", flat=True))
    assert set(ids) == kept
    assert len(emails) == len(set(emails))


@pytest.mark.parametrize("turn", range(5))
@pytest.mark.parametrize("one_transaction", [True, False])
def test_a_new_guest_who_books_several_times_at_once_is_one_customer(
    turn: int, one_transaction: bool
) -> None:
    """The statement that writes the order makes the guest as well; who is second does all of it again."""
    business = make_business()
    place = make_location(business, hours="00:00-24:00", time_zone="UTC")
    offering = make_offering(
        place, needs=[[make_resource(place), make_resource(place)]], price=5000, prepayment="full"
    )
    barrier = Barrier(CROWD)
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=3)

    def book(number: int) -> int:
        item = SlotItem(offering.public_id, day + timedelta(hours=2 * number))
        checkout = Checkout(Contact("Ana", "ana@example.org", "912 345 678"), (item,))

        def place_it() -> int:
            return place_order(business.slug, checkout, Actor.system(), datetime.now(UTC)).customer_id

        try:
            barrier.wait(timeout=20)
            return in_transaction(place_it) if one_transaction else place_it()
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        customers = list(pool.map(book, range(CROWD)))
    with scopes_disabled():
        assert set(customers) == {Customer.objects.get().pk}
        assert Order.objects.count() == AuditEntry.objects.filter(action="order.placed").count() == CROWD

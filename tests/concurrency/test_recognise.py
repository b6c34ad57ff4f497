"""One new guest who arrives through several connections at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, transaction
from django_scopes import scopes_disabled

from horarium.modules.customers.actions import recognise
from horarium.modules.customers.models import Customer
from horarium.platform.tenancy.models import Business

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

"""The list of bookings: what it finds, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.modules.booking.models import Booking
from horarium.modules.booking.queries import BookingFilters, PageWanted, count_bookings, list_bookings
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.customers.actions import recognise
from horarium.modules.resources.models import Resource
from tests.factories import (
    make_booking,
    make_business,
    make_location,
    make_member,
    make_offering,
    make_order,
    make_resource,
)

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def write(offering: Offering, resource: Resource, number: int, **fields: Any) -> Booking:
    """A booking of an order of its own, one hour after the one before."""
    business = offering.business_id
    with frozen(NOW), scope(business=business):
        customer = recognise(
            business,
            name=fields.pop("name", f"Guest {number}"),
            email=f"guest{number}@example.org",
            phone="",
            locale="en",
            country="PT",
            now=NOW,
        )
        order = make_order(
            offering.business,
            customer_id=customer,
            contact_name="As typed",
            contact_email="",
            channel="api",
            total_minor=1000,
            expires_at=fields.pop("expires_at", None),
        )
        start = fields.pop("starts_at", NOW + timedelta(hours=number))
        return make_booking(order, offering, start, resources=[resource], total_minor=1000, **fields)


@pytest.fixture
def place(db: None) -> tuple[Offering, Resource]:
    location = make_location(make_business(), hours="00:00-24:00", time_zone="Europe/Madrid")
    resource = make_resource(location, name="Anna")
    return make_offering(location, needs=[[resource]], name="Haircut"), resource


def test_a_row_says_who_what_when_and_how_much(place: tuple[Offering, Resource]) -> None:
    offering, anna = place
    booking = write(offering, anna, 2)
    with frozen(NOW), scope(business=offering.business_id):
        [row] = list_bookings(offering.business_id).rows
    assert (row.id, row.state, row.start.isoformat()) == (
        booking.public_id,
        "confirmed",
        "2026-11-30T11:00:00+01:00",
    )
    assert (row.offering_name, row.customer_name, row.contact_name) == ("Haircut", "Guest 2", "As typed")
    assert [one.name for one in row.resources] == ["Anna"]
    assert (row.price.as_text(), row.paid.as_text(), row.payment_state) == ("10.00", "0.00", "unpaid")


def test_filters_narrow_and_pages_follow_each_other(place: tuple[Offering, Resource]) -> None:
    offering, anna = place
    business = offering.business_id
    boris = make_resource(offering.location, name="Boris")
    first, second = write(offering, anna, 1, name="Émile Ångström"), write(offering, boris, 2)
    lapsed = write(offering, anna, 3, state="held", expires_at=NOW)
    held = write(offering, anna, 4, state="held", expires_at=NOW + timedelta(minutes=1))

    def found(**filters: Any) -> list[str]:
        with frozen(NOW), scope(business=business):
            rows = list_bookings(business, BookingFilters(**filters), PageWanted(order="start")).rows
            assert count_bookings(business, BookingFilters(**filters)) == len(rows)
        return [row.id for row in rows]

    ids = [one.public_id for one in (first, second, lapsed, held)]
    assert found() == ids
    assert found(states=("held",)) == [held.public_id]
    assert found(states=("expired", "confirmed")) == ids[:3]
    assert found(resource=boris.public_id) == [second.public_id]
    assert found(since=NOW + timedelta(hours=2), until=NOW + timedelta(hours=3)) == [second.public_id]
    assert found(search="emile angstrom") == [first.public_id]
    assert found(search="100%_") == []
    assert found(search=second.public_id) == [second.public_id]
    assert found(offering="off_other") == []
    with frozen(NOW), scope(business=business):
        pages = [list_bookings(business, page=PageWanted(number, 3, "start")) for number in (1, 2, 3)]
    assert [[row.id for row in page.rows] for page in pages] == [ids[:3], ids[3:], []]
    assert [page.has_next for page in pages] == [True, False, False]


def test_a_specialist_sees_what_their_own_resource_serves(place: tuple[Offering, Resource]) -> None:
    offering, anna = place
    member = make_member(offering.business, "specialist")
    own = make_resource(offering.location, name="Boris", member=member)
    write(offering, anna, 1)
    booking = write(offering, own, 2)
    with scope(business=offering.business_id):
        rows = list_bookings(offering.business_id, BookingFilters(member_id=member.pk)).rows
    assert [row.id for row in rows] == [booking.public_id]


@pytest.mark.parametrize("number", [10, 200])
def test_a_page_costs_one_query_however_many_rows(place: tuple[Offering, Resource], number: int) -> None:
    offering, anna = place
    for one in range(number):
        write(offering, anna, one)
    get_current_catalog(offering.business_id)
    with scope(business=offering.business_id), CaptureQueriesContext(connection) as queries:
        page = list_bookings(offering.business_id, page=PageWanted(size=200))
    assert len(page.rows) == number
    assert len(queries) == 1


def test_another_business_sees_none_of_it(place: tuple[Offering, Resource]) -> None:
    offering, anna = place
    write(offering, anna, 1)
    other = make_business()
    with scope(business=other.pk):
        assert list_bookings(other.pk).rows == ()

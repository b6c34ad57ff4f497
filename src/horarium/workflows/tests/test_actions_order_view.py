"""An order as its guest sees it, and the link that opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from horarium.kit.money import Money
from horarium.modules.booking.errors import OrderNotFound
from horarium.modules.booking.models import Order
from horarium.platform.audit.actor import Actor
from horarium.workflows.order_view import get_order_view, open_order_page
from horarium.workflows.take_cash import take_cash
from tests.factories import make_offering, make_resource

from .stage import NOW, at, book, item, make_place, order

pytestmark = pytest.mark.django_db


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_a_view_tells_times_in_the_zone_of_the_place_and_who_serves() -> None:
    place = make_place(zone="America/Santiago", currency="CLP", country="CL")
    anna = make_resource(place, name="Anna")
    cut = make_offering(place, needs=[[anna]], price=12_000, cancel_free_hours=4)
    placed = book(cut, "15:00")
    view = get_order_view(place.business_id, placed.public_id, NOW)
    [booking] = view.bookings
    assert (booking.start.isoformat(), booking.end.isoformat()) == (
        "2026-12-01T12:00:00-03:00",
        "2026-12-01T13:00:00-03:00",
    )
    assert [one.name for one in booking.resources] == ["Anna"]
    assert (view.total, view.paid, view.due_now) == (
        Money(12_000, "CLP"),
        Money(0, "CLP"),
        Money(12_000, "CLP"),
    )
    assert (view.status, view.payment_state, view.can_cancel) == ("confirmed", "unpaid", True)
    assert booking.is_free_to_cancel
    assert not get_order_view(place.business_id, placed.public_id, at("11:01")).bookings[0].is_free_to_cancel


def test_a_hold_asks_for_its_deposit_and_a_booking_for_the_rest() -> None:
    place = make_place()
    cut = make_offering(
        place, needs=[[make_resource(place)]], price=3000, prepayment="deposit_fixed", deposit_value=1000
    )
    placed = book(cut, "10:00")
    held = get_order_view(place.business_id, placed.public_id, NOW)
    assert (held.status, held.due_now, held.rest) == ("held", eur(1000), eur(3000))
    assert held.expires_at == NOW + timedelta(minutes=15)
    paid = take_cash(place.business_id, placed.public_id, eur(1000), actor=Actor.system(), now=NOW)
    assert (paid.status, paid.payment_state, paid.due_now, paid.held, paid.expires_at) == (
        "confirmed",
        "part_paid",
        eur(2000),
        eur(1000),
        None,
    )


def test_a_link_opens_its_order_until_ninety_days_after_the_last_booking() -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]])
    placed = order(item(cut, "10:00"), item(cut, "15:00"), of=cut)
    token = get_order_view(place.business_id, placed.public_id, NOW).token
    assert open_order_page(token, NOW).id == placed.public_id
    end = at("16:00") + timedelta(days=90)
    assert open_order_page(token, end - timedelta(seconds=1)).id == placed.public_id
    with pytest.raises(OrderNotFound):
        open_order_page(token, end)


def test_a_wrong_a_foreign_and_a_revoked_link_open_nothing() -> None:
    """T-121."""
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]])
    first, second = book(cut, "10:00"), book(cut, "12:00")
    token = get_order_view(place.business_id, first.public_id, NOW).token
    signature = token.partition(".")[2]
    for wrong in ("", "ord_x", first.public_id, f"{second.public_id}.{signature}", token[:-1], token + "A"):
        with pytest.raises(OrderNotFound):
            open_order_page(wrong, NOW)
    with scope(business=place.business_id):
        Order.objects.filter(pk=first.pk).update(token_version=2)
    with pytest.raises(OrderNotFound):
        open_order_page(token, NOW)
    fresh = get_order_view(place.business_id, first.public_id, NOW).token
    assert open_order_page(fresh, NOW).id == first.public_id


def test_an_order_of_another_business_is_not_found() -> None:
    place, other = make_place(), make_place()
    placed = book(make_offering(place, needs=[[make_resource(place)]]), "10:00")
    with pytest.raises(OrderNotFound):
        get_order_view(other.business_id, placed.public_id, NOW)


def test_a_view_costs_the_same_queries_for_one_booking_and_for_ten(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place) for _ in range(10)]])
    many = order(*[item(cut, "10:00")] * 10, of=cut)
    with django_assert_max_num_queries(6):
        assert len(get_order_view(place.business_id, many.public_id, NOW).bookings) == 10

"""Freed time is offered to those who wait, in turn, as a hold of their own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.actions_blocks import place_block, remove_blocks
from horarium.modules.availability.events import TimeFreed
from horarium.modules.booking.errors import OrderExpired, PaymentDue
from horarium.modules.booking.models import CancelledBy, Order, WaitingEntry
from horarium.modules.catalog.models import BookingRules, Offering
from horarium.platform.tenancy.models import Business
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.checkout import Contact
from horarium.workflows.take_cash import take_cash
from horarium.workflows.tidy_bookings import expire_lapsed_orders
from horarium.workflows.waiting_fit import Wished
from horarium.workflows.waiting_list import (
    RUN,
    Joining,
    accept_offer,
    join,
    leave,
    look_again_soon,
    offer_by_hand,
    run_waiting_list,
)
from tests.factories import make_offering, make_resource

from .rows import bookings_of, counts, taken_by, told
from .stage import GUEST, NOW, STAFF, TUESDAY, at, book, make_place, offered, refusal

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_sold_out(**fields: Any) -> tuple[Offering, Order]:
    """An hour a day that is sold."""
    place = make_place("10:00-11:00")
    offering = make_offering(place, needs=[[make_resource(place)]], price=3000, **fields)
    sold = book(offering, "10:00")
    if fields.get("prepayment"):
        take_cash(sold.business_id, sold.public_id, Money(3000, "EUR"), actor=STAFF, now=NOW)
    return offering, sold


def wait(offering: Offering, name: str, *, on: date = TUESDAY, **wished: Any) -> WaitingEntry:
    joining = Joining(Contact(name, f"{name}@example.org"), Wished(offering.public_id, **wished), on, on)
    return join(offering.business_id, joining, GUEST, NOW)


def cancel(order: Order) -> None:
    cancel_order(
        order.business_id, order.public_id, CancellationWish(), by=CancelledBy.STAFF, actor=STAFF, now=NOW
    )


def state_of(entry: WaitingEntry) -> str:
    with scope(business=entry.business_id):
        return str(WaitingEntry.objects.get(pk=entry.pk).state)


def order_of(entry: WaitingEntry) -> Order:
    with scope(business=entry.business_id):
        order = WaitingEntry.objects.select_related("order").get(pk=entry.pk).order
    assert order is not None
    return order


def run(offering: Offering, now: Any = NOW) -> int:
    return run_waiting_list(offering.business_id, now)


def test_nothing_is_offered_while_nothing_is_free() -> None:
    offering, _ = make_sold_out()
    entry = wait(offering, "anna")
    before = counts()
    assert run(offering) == 0
    assert counts() == before
    assert state_of(entry) == "waiting"


def test_freed_time_is_held_for_the_first_who_waits_and_for_nobody_else() -> None:
    """T-26."""
    offering, sold = make_sold_out()
    first, second = wait(offering, "anna"), wait(offering, "boris")
    cancel(sold)
    assert run(offering) == 1
    assert (state_of(first), state_of(second)) == ("offered", "waiting")
    order = order_of(first)
    assert (order.contact_email, order.due_minor, order.expires_at) == ("anna@example.org", 0, NOW + HOUR)
    assert [one.state for one in bookings_of(order)] == ["held"]
    assert refusal(offering, "10:00").reason == "taken"
    assert offered(offering) == []
    assert "TimeOffered" in told(offering.business_id)


def test_how_long_an_offer_stands_is_a_rule_of_the_business() -> None:
    offering, sold = make_sold_out()
    with scope(business=offering.business_id):
        BookingRules.objects.update_or_create(
            business=offering.business, defaults={"waiting_offer_minutes": 20}
        )
        Business.objects.filter(pk=offering.business_id).update(
            catalog_revision=offering.business.catalog_revision + 1
        )
    entry = wait(offering, "anna")
    cancel(sold)
    run(offering)
    assert order_of(entry).expires_at == NOW + timedelta(minutes=20)


def test_one_click_makes_an_offer_with_nothing_to_pay_a_booking_once() -> None:
    offering, sold = make_sold_out()
    entry = wait(offering, "anna")
    cancel(sold)
    run(offering)
    order = order_of(entry)
    view = accept_offer(order.business_id, order.public_id, NOW + HOUR / 2)
    assert (view.status, state_of(entry)) == ("confirmed", "taken")
    assert accept_offer(order.business_id, order.public_id, NOW + HOUR / 2).status == "confirmed"
    assert told(order.business_id).count("BookingConfirmed") == 2
    [booking] = bookings_of(order)
    assert [state for _, state, _ in taken_by(booking)] == ["taken"]


def test_an_offer_that_must_be_paid_is_taken_by_paying() -> None:
    offering, sold = make_sold_out(prepayment="full")
    entry = wait(offering, "anna")
    cancel(sold)
    run(offering)
    order = order_of(entry)
    with pytest.raises(PaymentDue):
        accept_offer(order.business_id, order.public_id, NOW)
    take_cash(order.business_id, order.public_id, Money(3000, "EUR"), actor=STAFF, now=NOW + HOUR / 2)
    assert state_of(entry) == "taken"


def test_an_offer_that_ran_out_goes_to_the_next_in_turn_and_not_back() -> None:
    offering, sold = make_sold_out()
    first, second = wait(offering, "anna"), wait(offering, "boris")
    cancel(sold)
    run(offering)
    late = NOW + HOUR
    with pytest.raises(OrderExpired):
        accept_offer(offering.business_id, order_of(first).public_id, late)
    assert run(offering, late) == 1
    assert (state_of(first), state_of(second)) == ("lapsed", "offered")
    assert told(offering.business_id).count("OfferLapsed") == 1
    assert run(offering, late) == 0


def test_the_broom_that_expires_holds_settles_offers_too() -> None:
    offering, sold = make_sold_out()
    entry = wait(offering, "anna")
    cancel(sold)
    run(offering)
    assert expire_lapsed_orders(NOW + HOUR) == 1
    assert state_of(entry) == "lapsed"


def test_who_declines_gives_way_to_the_next() -> None:
    offering, sold = make_sold_out()
    first, second = wait(offering, "anna"), wait(offering, "boris")
    cancel(sold)
    run(offering)
    cancel(order_of(first))
    assert run(offering) == 1
    assert (state_of(first), state_of(second)) == ("left", "offered")


def test_who_leaves_while_time_is_offered_gives_it_back() -> None:
    offering, sold = make_sold_out()
    entry = wait(offering, "anna")
    cancel(sold)
    run(offering)
    leave(offering.business_id, entry.public_id, by=CancelledBy.GUEST, actor=GUEST, now=NOW)
    assert state_of(entry) == "left"
    assert offered(offering) == ["10:00"]
    leave(offering.business_id, entry.public_id, by=CancelledBy.GUEST, actor=GUEST, now=NOW)


def test_who_does_not_fit_keeps_the_place_and_others_come_first() -> None:
    place = make_place("10:00-12:00")
    offering = make_offering(place, needs=[[make_resource(place)]], durations=[60, 120])
    early, _ = book(offering, "10:00"), book(offering, "11:00")
    long, short = wait(offering, "anna", duration=120), wait(offering, "boris", duration=60)
    cancel(early)
    assert run(offering) == 1
    assert (state_of(long), state_of(short)) == ("waiting", "offered")


def test_two_freed_times_are_offered_to_two() -> None:
    place = make_place("10:00-12:00")
    offering = make_offering(place, needs=[[make_resource(place)]], grid_minutes=60)
    sold = [book(offering, "10:00"), book(offering, "11:00")]
    entries = [wait(offering, "anna"), wait(offering, "boris"), wait(offering, "clara")]
    for one in sold:
        cancel(one)
    assert run(offering) == 2
    assert [state_of(one) for one in entries] == ["offered", "offered", "waiting"]
    starts = [bookings_of(order_of(one))[0].starts_at for one in entries[:2]]
    assert starts == [at("10:00"), at("11:00")]


def test_the_same_wish_keeps_its_place_and_another_one_is_another_place() -> None:
    offering, _ = make_sold_out()
    entry = wait(offering, "anna")
    assert wait(offering, "anna").pk == entry.pk
    assert wait(offering, "anna", on=TUESDAY + timedelta(days=1)).pk != entry.pk


def test_staff_offer_out_of_turn() -> None:
    offering, sold = make_sold_out()
    first, second = wait(offering, "anna"), wait(offering, "boris")
    cancel(sold)
    offer_by_hand(offering.business_id, second.public_id, NOW)
    assert (state_of(first), state_of(second)) == ("waiting", "offered")
    assert run(offering) == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wished": {"nights": 2}}, "nights"),
        ({"wished": {"party": 99}}, "party"),
        ({"last_on": TUESDAY - timedelta(days=1)}, "to"),
        ({"last_on": TUESDAY + timedelta(days=93)}, "to"),
        ({"email": ""}, "customer.email"),
        ({"name": " "}, "customer.name"),
    ],
)
def test_what_cannot_be_waited_for_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    offering, _ = make_sold_out()
    contact = Contact(changes.get("name", "Anna"), changes.get("email", "anna@example.org"))
    wished = Wished(offering.public_id, **changes.get("wished", {}))
    joining = Joining(contact, wished, TUESDAY, changes.get("last_on", TUESDAY))
    with pytest.raises(InvalidInput) as refused:
        join(offering.business_id, joining, GUEST, NOW)
    assert refused.value.field == field


def test_an_offering_without_a_list_has_none() -> None:
    place = make_place()
    offering = make_offering(place, needs=[[make_resource(place)]], has_waiting_list=False)
    with pytest.raises(InvalidInput) as refused:
        wait(offering, "anna")
    assert (refused.value.field, refused.value.params["reason"]) == ("offering", "no_waiting_list")


def test_time_that_staff_put_back_on_sale_is_offered_after_it_could_be_taken_back() -> None:
    place = make_place("10:00-11:00")
    person = make_resource(place)
    offering = make_offering(place, needs=[[person]])
    block = place_block(
        offering.business_id, [person.pk], at("10:00"), at("11:00"), reason="", actor=STAFF, now=NOW
    )
    wait(offering, "anna")
    with scope(business=offering.business_id):
        look_again_soon(TimeFreed(business_id=offering.business_id, subject=block.public_id))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at > now() + interval '50 seconds' FROM procrastinate_jobs WHERE task_name = %s"
            " AND args ->> 'business_id' = %s",
            [RUN, str(offering.business_id)],
        )
        assert (True,) in cursor.fetchall()
    assert run(offering) == 0
    remove_blocks(offering.business_id, block.public_id, actor=STAFF, now=NOW)
    assert "TimeFreed" in told(offering.business_id)
    assert run(offering) == 1

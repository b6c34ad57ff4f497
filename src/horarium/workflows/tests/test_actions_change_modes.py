"""Stays and sessions are changed as slots are: other dates, rooms, guests, sessions and tickets, with their money."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import Supply
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking, Order, Ticket
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.rules import Terms, Tier
from horarium.workflows.attend_booking import check_in, tell_arrival
from horarium.workflows.change_booking import Changed, ChangeWish, apply_change, preview_change
from horarium.workflows.checkout import Checkout, place_order
from horarium.workflows.early_departure import Departure, depart_early, preview_departure
from horarium.workflows.items import Guests, Item, SessionItem, StayItem
from horarium.workflows.no_show import NoShowWish, mark_no_show, preview_no_show
from horarium.workflows.order_view import OrderView, get_order_view
from horarium.workflows.plan_again import Change
from horarium.workflows.take_cash import take_cash
from horarium.workflows.tidy_bookings import complete_booking
from tests.factories import (
    make_offering,
    make_pool,
    make_price,
    make_resource,
    make_session,
    make_ticket_type,
)

from .rows import audited, bookings_of, counts, served_by, told
from .stage import ANNA_WRITES, GUEST, NOW, STAFF, at, make_place

pytestmark = pytest.mark.django_db
FRIDAY, SUNDAY, TUESDAY = date(2026, 12, 4), date(2026, 12, 6), date(2026, 12, 8)
HALF = Terms(
    cancellation=(Tier(0, percent=50),), rescheduling=(Tier(0, minor=500),), no_show=Tier(0, percent=80)
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def place(offering: Offering, *items: Item, paid: int, terms: Terms | None = None) -> Order:
    placed = place_order(offering.business.slug, Checkout(contact=ANNA_WRITES, items=items), GUEST, NOW)
    if terms is not None:
        with scope(business=offering.business_id):
            Booking.objects.update(terms=Agreed(terms).as_json())
    if paid:
        take_cash(offering.business_id, placed.public_id, eur(paid), actor=STAFF, now=NOW)
    return placed


def change(placed: Order, *, staff: bool = False, now: datetime = NOW, **fields: Any) -> Changed:
    """Preview and do it: both must say the same."""
    booking_id, wish = bookings_of(placed)[0].public_id, ChangeWish(Change(**fields))
    shown = preview_change(placed.business_id, booking_id, wish, now, staff=staff)
    done = apply_change(placed.business_id, booking_id, wish, STAFF if staff else GUEST, now, staff=staff)
    assert done.money == shown.money
    return done


def money(done: Changed) -> tuple[int, int, int, int]:
    """Price after, fee, refund, rest."""
    found = done.money
    return found.after.minor, found.fee.minor, found.refund.minor, found.due.minor


def view(placed: Order, now: datetime = NOW) -> OrderView:
    return get_order_view(placed.business_id, placed.public_id, now)


def hotel(rooms: int = 2) -> Offering:
    """80 a night, 20 more for a third guest."""
    house = make_place()
    pool = make_pool([make_resource(house, kind="room") for _ in range(rooms)])
    room = make_offering(
        house, mode="stay", durations=[], needs=[[pool]], party_max=3, included_guests=2, lead_minutes=0
    )
    make_price(room, 8_000, basis="per_night")
    make_price(room, 2_000, basis="per_person_night")
    return room


def stay(
    room: Offering, first: date = FRIDAY, last: date = SUNDAY, *, paid: int = 16_000, **fields: Any
) -> Order:
    terms = fields.pop("terms", None)
    return place(room, StayItem(room.public_id, first, last, Guests(2), **fields), paid=paid, terms=terms)


def test_a_stay_gets_longer_in_its_room_and_the_nights_are_paid() -> None:
    placed = stay(hotel())
    [[room]] = served_by(placed)
    done = change(placed, check_out=TUESDAY)
    assert money(done) == (32_000, 0, 0, 16_000)
    [booking] = bookings_of(placed)
    assert (booking.ends_at, booking.sequence) == (datetime(2026, 12, 8, 12, tzinfo=UTC), 1)
    assert served_by(placed) == [[room]]
    assert told(placed.business_id).count("BookingMoved") == 1


def test_a_longer_stay_changes_rooms_when_it_must_and_is_refused_when_none_is_free() -> None:
    room = hotel()
    placed = stay(room)
    [[first]] = served_by(placed)
    other = stay(room, SUNDAY, TUESDAY, paid=0)
    with scope(business=room.business_id):
        Booking.objects.filter(order=other).update(is_pinned=True)
    change(placed, check_out=SUNDAY + timedelta(days=1))
    [[second]] = served_by(placed)
    assert (first != second) == (served_by(other) == [[first]])
    stay(room, TUESDAY, TUESDAY + timedelta(days=2), paid=0)
    stay(room, TUESDAY, TUESDAY + timedelta(days=2), paid=0)
    before = counts()
    with pytest.raises(NotFree) as refused:
        change(placed, check_out=TUESDAY + timedelta(days=1))
    assert str(refused.value.reason) == "taken"
    assert (counts(), served_by(placed)) == (before, [[second]])
    assert bookings_of(placed)[0].ends_at == datetime(2026, 12, 7, 12, tzinfo=UTC)


def test_fewer_nights_and_guests_keep_what_the_terms_keep_of_what_is_given_up() -> None:
    placed = stay(hotel(), FRIDAY, TUESDAY, paid=32_000, terms=HALF)
    done = change(placed, check_out=SUNDAY)
    assert money(done) == (16_000, 8_000, 8_000, 0)
    done = change(placed, guests=Guests(2, (9,)))
    assert money(done) == (20_000, 0, 0, 4_000)
    assert bookings_of(placed)[0].guests == {"adults": 2, "child_ages": [9]}


def test_other_dates_of_the_same_price_cost_the_fee_of_rescheduling() -> None:
    placed = stay(hotel(), terms=HALF)
    assert money(change(placed, check_in=SUNDAY, check_out=TUESDAY)) == (16_000, 500, 0, 500)


def test_a_guest_who_leaves_early_frees_the_nights_and_staff_decides_on_the_money() -> None:
    room = hotel(rooms=1)
    placed = stay(room, FRIDAY, TUESDAY, paid=32_000)
    booking_id = bookings_of(placed)[0].public_id
    saturday = datetime(2026, 12, 5, 10, tzinfo=UTC)
    departure = Departure(SUNDAY)
    with pytest.raises(IllegalTransition):
        depart_early(room.business_id, booking_id, departure, STAFF, saturday)
    check_in(room.business_id, booking_id, STAFF, datetime(2026, 12, 4, 16, tzinfo=UTC))
    for wrong in (FRIDAY, TUESDAY):
        with pytest.raises(InvalidInput):
            preview_departure(room.business_id, booking_id, Departure(wrong), saturday)
    shown = preview_departure(room.business_id, booking_id, departure, saturday).money
    assert (shown.after, shown.fee, shown.refund) == (eur(32_000), eur(0), eur(0))
    shown = preview_departure(room.business_id, booking_id, Departure(SUNDAY, refund=True), saturday).money
    assert (shown.after, shown.fee, shown.refund) == (eur(16_000), eur(0), eur(16_000))
    with pytest.raises(NotFree):
        stay(room, SUNDAY, TUESDAY, paid=0)
    done = depart_early(room.business_id, booking_id, Departure(SUNDAY, refund=True), STAFF, saturday)
    assert (done.money, done.order.status) == (shown, "checked_in")
    stay(room, SUNDAY, TUESDAY, paid=0)


def test_who_leaves_today_is_checked_out_with_it() -> None:
    room = hotel(rooms=1)
    placed = stay(room, FRIDAY, TUESDAY, paid=32_000)
    booking_id = bookings_of(placed)[0].public_id
    check_in(room.business_id, booking_id, STAFF, datetime(2026, 12, 4, 16, tzinfo=UTC))
    now = datetime(2026, 12, 6, 9, tzinfo=UTC)
    done = depart_early(room.business_id, booking_id, Departure(SUNDAY, reason="Flight"), STAFF, now)
    assert (done.order.status, done.order.total) == ("completed", eur(32_000))
    [booking] = bookings_of(placed)
    assert (booking.checked_out_at, booking.ends_at) == (now, datetime(2026, 12, 6, 12, tzinfo=UTC))


def tours() -> tuple[Offering, Any, Any, list[Any]]:
    """A tour of ten places on Friday and one of three on Sunday; adults 25, children 10."""
    tour = make_offering(make_place(), mode="session", durations=[180], capacity=10, lead_minutes=0)
    adult, child = make_ticket_type(tour, 2_500), make_ticket_type(tour, 1_000)
    sessions = [make_session(tour, at("10:00", FRIDAY)), make_session(tour, at("10:00", SUNDAY), capacity=3)]
    return tour, adult, child, sessions


def taken(*sessions: Any) -> list[int]:
    with scope(business=sessions[0].business_id):
        return [Supply.objects.get(pk=one.supply_id).taken for one in sessions]


def numbers(placed: Order) -> list[tuple[int, bool]]:
    """Numbers of the tickets, and whether they still open the door."""
    with scope(business=placed.business_id):
        tickets = Ticket.objects.filter(booking__order=placed).order_by("session_id", "number")
        return [(one.number, one.voided_at is None) for one in tickets]


def test_a_guest_goes_to_another_session_with_new_tickets() -> None:
    tour, adult, child, (friday, sunday) = tours()
    tickets = ((adult.public_id, 2), (child.public_id, 1))
    placed = place(tour, SessionItem(tickets, session=friday.public_id), paid=6_000)
    assert taken(friday, sunday) == [3, 0]
    done = change(placed, session=sunday.public_id)
    assert money(done) == (6_000, 0, 0, 0)
    assert taken(friday, sunday) == [0, 3]
    assert numbers(placed) == [(1, False), (2, False), (3, False), (1, True), (2, True), (3, True)]
    assert bookings_of(placed)[0].starts_at == at("10:00", SUNDAY)


def test_tickets_are_added_and_given_back() -> None:
    tour, adult, child, (friday, sunday) = tours()
    placed = place(
        tour, SessionItem(((adult.public_id, 2),), session=friday.public_id), paid=5_000, terms=HALF
    )
    done = change(placed, tickets=((adult.public_id, 2), (child.public_id, 1)))
    assert money(done) == (6_000, 0, 0, 1_000)
    assert numbers(placed) == [(1, True), (2, True), (3, True)]
    done = change(placed, tickets=((adult.public_id, 1),))
    assert money(done) == (2_500, 1_750, 750, 0)
    assert (numbers(placed), taken(friday)) == ([(1, True), (2, False), (3, False)], [1])
    before = counts()
    with pytest.raises(NotFree) as refused:
        change(placed, session=sunday.public_id, tickets=((adult.public_id, 4),))
    assert str(refused.value.reason) == "capacity"
    assert counts() == before


def test_who_does_not_come_pays_what_the_terms_say_and_nothing_is_billed_beyond() -> None:
    placed = stay(hotel(), terms=HALF)
    booking_id = bookings_of(placed)[0].public_id
    with pytest.raises(IllegalTransition):
        mark_no_show(placed.business_id, booking_id, NoShowWish(), STAFF, NOW)
    night = datetime(2026, 12, 5, 1, tzinfo=UTC)
    shown = preview_no_show(view(placed, night), booking_id)
    assert (shown.fee, shown.refund, shown.due) == (eur(12_800), eur(3_200), eur(0))
    assert mark_no_show(placed.business_id, booking_id, NoShowWish(), STAFF, night) == shown
    after = view(placed, night)
    assert (after.status, after.due_now, after.held, after.payment_state) == (
        "no_show",
        eur(0),
        eur(0),
        "paid",
    )


def test_staff_waives_the_fee_of_who_did_not_come_with_a_reason() -> None:
    placed = stay(hotel(), terms=HALF)
    booking_id = bookings_of(placed)[0].public_id
    night = datetime(2026, 12, 5, 1, tzinfo=UTC)
    with pytest.raises(InvalidInput):
        mark_no_show(placed.business_id, booking_id, NoShowWish(fee=0), STAFF, night)
    wish = NoShowWish(fee=1_000, reason="Ill")
    assert mark_no_show(placed.business_id, booking_id, wish, STAFF, night).refund == eur(15_000)
    assert "terms.overridden" in audited(placed.business_id)


def test_who_comes_after_all_pays_the_price_and_not_the_fee() -> None:
    placed = stay(hotel(), paid=5_000, terms=HALF)
    booking_id = bookings_of(placed)[0].public_id
    night, morning = datetime(2026, 12, 5, 1, tzinfo=UTC), datetime(2026, 12, 5, 8, tzinfo=UTC)
    mark_no_show(placed.business_id, booking_id, NoShowWish(), STAFF, night)
    assert view(placed, night).held == eur(0)
    check_in(placed.business_id, booking_id, STAFF, morning)
    after = view(placed, morning)
    assert (after.status, after.held, after.due_now) == ("checked_in", eur(5_000), eur(11_000))
    complete_booking(placed.business_id, booking_id, STAFF, datetime(2026, 12, 6, 12, tzinfo=UTC))
    assert bookings_of(placed)[0].checked_in_at == morning


def test_a_guest_says_when_they_will_come() -> None:
    placed = stay(hotel())
    [shown] = view(placed).bookings
    evening = datetime(2026, 12, 4, 22, 30, tzinfo=UTC)
    tell_arrival(placed.business_id, shown, evening, GUEST)
    assert bookings_of(placed)[0].arrives_at == evening
    assert told(placed.business_id)[-1] == "ArrivalAnnounced"
    for wrong in (datetime(2026, 12, 3, 22, tzinfo=UTC), datetime(2026, 12, 6, 12, tzinfo=UTC)):
        with pytest.raises(InvalidInput):
            tell_arrival(placed.business_id, shown, wrong, GUEST)
    tell_arrival(placed.business_id, shown, None, GUEST)
    assert bookings_of(placed)[0].arrives_at is None

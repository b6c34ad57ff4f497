"""Sessions with their guests: moved together, cancelled with all money back, left, decided."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.kit.money import Money
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.actions_sessions import cancel_session
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.events import SessionCancelled
from horarium.modules.availability.models import Allocation, OwnerKind, Session
from horarium.modules.availability.rules.session_drafts import SessionChange
from horarium.modules.availability.tests.session_scene import (
    LAPSE,
    NOW,
    SYSTEM,
    Tours,
    add_session,
    at,
    days,
    facts,
    make_tours,
    run_schedule,
    sessions,
    taken,
)
from horarium.modules.booking.events import BookingCancelled
from horarium.modules.booking.models import Booking, CancelledBy, Order, Ticket
from horarium.modules.catalog.models import Extra
from horarium.modules.ledger.queries import flows_of
from horarium.modules.payments.models import Refund
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SessionItem
from horarium.workflows.run_sessions import (
    cancel_guests,
    cancel_guests_of_order,
    close_empty_sessions,
    decide_sessions,
    fill_schedules,
    leave_session,
    move_session,
)
from horarium.workflows.take_cash import take_cash
from horarium.workflows.tests.test_actions_list_sessions import make_sauna
from tests.factories import make_need, make_resource

pytestmark = pytest.mark.django_db


def buy(
    tours: Tours,
    session: Session | None = None,
    adults: int = 2,
    *,
    hour: int = 11,
    extras: tuple[str, ...] = (),
) -> Order:
    tickets = ((tours.adult.public_id, adults),)
    if session is None:
        item = SessionItem(tickets, offering=tours.offering.public_id, start=at(hour), extras=extras)
    else:
        item = SessionItem(tickets, session=session.public_id, extras=extras)
    contact = Contact("Anna", f"anna{adults}@example.org")
    return place_order(tours.business.slug, Checkout(contact, (item,)), Actor.guest("api"), NOW)


def booking_of(order: Order) -> Booking:
    with scope(business=order.business_id):
        return Booking.objects.select_related("session", "cancellation").get(order=order)


def jobs(task: str) -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [task])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_tickets_are_bought_through_the_checkout() -> None:
    tours = make_tours()
    session = add_session(tours)
    first, second = buy(tours, session, 2), buy(tours, session, 3)
    assert facts(session).taken == 5
    with scope(business=tours.id):
        numbers = list(Ticket.objects.order_by("number").values_list("number", "booking__order"))
    assert numbers == [(1, first.pk), (2, first.pk), (3, second.pk), (4, second.pk), (5, second.pk)]
    with pytest.raises(NotFree) as refused:
        buy(tours, session, 6)
    assert refused.value.code == "availability.capacity"
    assert facts(session).taken == 5


def add_photos(tours: Tours) -> tuple[Extra, Resource]:
    """An extra that needs a photographer."""
    photographer = make_resource(tours.offering.location)
    photos = Extra.objects.create(business_id=tours.id, offering=tours.offering, name="Photos")
    make_need(tours.offering, [photographer], extra=photos)
    return photos, photographer


def own_time(order: Order) -> list[int]:
    """Hours that the booking has taken besides its session."""
    with scope(business=order.business_id):
        found = Allocation.objects.filter(owner_kind=OwnerKind.BOOKING).exclude(state="released")
        return [one.during.lower.hour for one in found]


def test_a_session_is_moved_with_its_guests_and_what_their_extras_take() -> None:
    tours = make_tours()
    photos, _ = add_photos(tours)
    session = add_session(tours)
    order = buy(tours, session, extras=(photos.public_id,))
    moved = move_session(tours.id, session.public_id, SessionChange(starts_at=at(11)), SYSTEM, NOW)
    booking = booking_of(order)
    assert (moved.starts_at, booking.starts_at, booking.ends_at) == (at(11), at(11), at(13))
    assert booking.sequence == 1
    assert own_time(order) == [11]
    assert [hour for _, _, hour in taken(tours)] == [11]


def test_a_move_that_an_extra_cannot_follow_leaves_everything() -> None:
    tours = make_tours()
    photos, photographer = add_photos(tours)
    session = add_session(tours)
    order = buy(tours, session, extras=(photos.public_id,))
    place_block(tours.id, [photographer.pk], at(14), at(15), reason="", actor=SYSTEM, now=NOW)
    with pytest.raises(NotFree):
        move_session(tours.id, session.public_id, SessionChange(starts_at=at(13)), SYSTEM, NOW)
    assert (facts(session).starts_at, booking_of(order).starts_at, own_time(order)) == (at(10), at(10), [10])


def test_guests_of_a_cancelled_session_get_all_their_money_back() -> None:
    """Also within the time in which they could not cancel for nothing."""
    tours = make_tours(cancel_free_hours=240)
    session, other = add_session(tours), add_session(tours)
    order, stays = buy(tours, session), buy(tours, other, 1)
    take_cash(tours.id, order.public_id, Money(10_000, "EUR"), actor=SYSTEM, now=NOW)
    cancel_session(tours.id, session.public_id, reason="Storm", actor=SYSTEM, now=NOW)
    with scope(business=tours.id):
        cancel_guests(SessionCancelled(business_id=tours.id, session_id=session.public_id, reason="Storm"))
    expected = {"business_id": tours.id, "session_id": session.public_id, "order_id": order.public_id}
    assert jobs("sessions.cancel_guests") == [expected]
    assert cancel_guests_of_order(tours.id, session.public_id, order.public_id, NOW)
    assert not cancel_guests_of_order(tours.id, session.public_id, order.public_id, NOW)
    booking = booking_of(order)
    assert (booking.state, booking.cancellation.by, booking.cancellation.reason) == (
        "cancelled",
        "system",
        "Storm",
    )
    with scope(business=tours.id):
        assert Refund.objects.count() == 0
        assert flows_of(tours.id, [order.public_id])[order.public_id].received == 10_000
        assert Ticket.objects.filter(booking=booking, voided_at=None).count() == 0
    assert booking.cancellation.refunded_minor == 10_000
    assert booking_of(stays).state == "confirmed"


def test_guests_of_a_session_that_takes_place_are_not_cancelled() -> None:
    tours = make_tours()
    session = add_session(tours)
    order = buy(tours, session)
    assert not cancel_guests_of_order(tours.id, session.public_id, order.public_id, NOW)
    assert booking_of(order).state == "confirmed"


def test_sessions_are_decided_by_the_clock() -> None:
    tours = make_tours()
    full, empty = add_session(tours, min_places=2), add_session(tours, min_places=3)
    buy(tours, full)
    assert decide_sessions(NOW) == 0
    assert decide_sessions(at(10) - timedelta(days=1)) == 2
    assert (facts(full).state, facts(empty).state) == ("scheduled", "cancelled")


def test_every_schedule_is_filled_by_a_job_of_its_own() -> None:
    tours = make_tours(horizon_days=2)
    saved = run_schedule(tours)
    assert fill_schedules() == 1
    expected = {"business_id": tours.id, "schedule_id": saved.schedule.public_id}
    assert jobs("sessions.fill_schedule") == [expected]


def test_the_last_guest_who_leaves_a_shared_slot_frees_its_time() -> None:
    tours = make_sauna()
    first, second = buy(tours, None, 2), buy(tours, None, 3)
    [session] = sessions(tours)
    assert facts(session).taken == 5
    for order, left in ((first, [(0, 1, 11)]), (second, [])):
        cancel_order(
            tours.id, order.public_id, CancellationWish(), by=CancelledBy.GUEST, actor=SYSTEM, now=NOW
        )
        event = BookingCancelled(
            business_id=tours.id,
            booking_id=booking_of(order).public_id,
            order_id=order.public_id,
            by="guest",
        )
        with frozen(NOW), scope(business=tours.id):
            leave_session(event)
        assert taken(tours) == left
    assert days(sessions(tours)) == []
    buy(tours, None, 6, hour=10)


def test_a_shared_slot_of_unpaid_guests_is_made_anew_and_the_old_one_tidied() -> None:
    """T-51: nothing waits for the broom."""
    tours = make_sauna(prepayment="full", hold_minutes=15)
    buy(tours, None, 6)
    assert [one.expires_at for one in held(tours)] == [LAPSE]
    with pytest.raises(NotFree):
        buy(tours, None, 1)
    contact = Contact("Boris", "boris@example.org")
    item = SessionItem(((tours.adult.public_id, 6),), offering=tours.offering.public_id, start=at(11))
    place_order(tours.business.slug, Checkout(contact, (item,)), Actor.guest("api"), LAPSE)
    assert len(sessions(tours)) == 2
    assert close_empty_sessions(LAPSE) == 1
    assert days(sessions(tours)) == [1]
    assert close_empty_sessions(LAPSE) == 0


def test_a_payment_makes_the_time_of_a_shared_slot_stay() -> None:
    tours = make_sauna(prepayment="full", hold_minutes=15)
    first, second = buy(tours, None, 2), buy(tours, None, 3)
    take_cash(tours.id, second.public_id, Money(15_000, "EUR"), actor=SYSTEM, now=NOW)
    assert held(tours) == []
    assert [one.free for one in (facts(sessions(tours)[0]), facts(sessions(tours)[0], LAPSE))] == [1, 3]
    assert booking_of(first).state == "held"
    assert close_empty_sessions(LAPSE) == 0
    assert taken(tours) == [(0, 1, 11)]


def held(tours: Tours) -> list[Allocation]:
    with scope(business=tours.id):
        return list(Allocation.objects.filter(owner_kind="session", state="held"))

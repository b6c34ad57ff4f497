"""Rescheduling and amending: what is previewed is what is done, and what is refused leaves everything as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.errors import DeadlinePassed, IllegalTransition
from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.models import Extra, Offering
from horarium.modules.catalog.rules import Terms, Tier
from horarium.modules.ledger.queries import fees_of
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.change_booking import (
    Changed,
    ChangeWish,
    apply_change,
    list_change_starts,
    preview_change,
)
from horarium.workflows.order_view import OrderView, get_order_view
from horarium.workflows.plan_again import Change
from horarium.workflows.take_cash import take_cash
from tests.factories import make_need, make_offering, make_price, make_resource

from .rows import audited, bookings_of, counts, name_of, served_by, taken_by, told
from .stage import GUEST, NOW, STAFF, TUESDAY, at, book, make_place, offered

pytestmark = pytest.mark.django_db
TIERED = Terms(
    cancellation=(Tier(120), Tier(60, percent=50), Tier(0, percent=100)),
    rescheduling=(Tier(120), Tier(60, minor=500)),
    no_show=Tier(0, percent=100),
)
FREE, COSTLY, TOO_LATE = at("08:00"), at("09:00"), at("09:00") + timedelta(microseconds=1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def cut_of(people: int = 1, price: int = 3000, **fields: Any) -> Offering:
    """An hour costs `price`, from 18 o'clock 4000."""
    place = make_place("10:00-20:00")
    staff = [make_resource(place) for _ in range(people)]
    cut = make_offering(place, needs=[staff], price=price, **{"lead_minutes": 30, **fields})
    make_price(cut, 4000, priority=10, from_minute=18 * 60, until_minute=24 * 60)
    return cut


def booked(cut: Offering, clock: str = "10:00", *, paid: int = 3000, **fields: Any) -> Order:
    placed = book(cut, clock, **fields)
    with scope(business=cut.business_id):
        Booking.objects.update(terms=Agreed(TIERED).as_json())
    if paid:
        take_cash(cut.business_id, placed.public_id, eur(paid), actor=STAFF, now=NOW)
    return placed


def change(
    placed: Order, clock: str | None = None, *, staff: bool = False, now: Any = FREE, **fields: Any
) -> Changed:
    """Preview and do it: both must say the same."""
    decided = {
        name: fields.pop(name) for name in ("keep_price", "price", "waive_fee", "reason") if name in fields
    }
    wish = ChangeWish(Change(start=None if clock is None else at(clock), **fields), **decided)
    booking_id = bookings_of(placed)[0].public_id
    shown = preview_change(placed.business_id, booking_id, wish, now, staff=staff)
    actor = STAFF if staff else GUEST
    done = apply_change(placed.business_id, booking_id, wish, actor, now, staff=staff)
    assert done.money == shown.money
    assert (done.order.total, done.order.due_now) == (shown.money.after, shown.money.due)
    return done


def offering_of(placed: Order) -> Offering:
    with scope(business=placed.business_id):
        return Offering.objects.select_related("business").get()


def view(placed: Order) -> OrderView:
    return get_order_view(placed.business_id, placed.public_id, FREE)


def money(done: Changed) -> tuple[int, int, int, int]:
    """Price after, fee, refund, rest."""
    found = done.money
    return found.after.minor, found.fee.minor, found.refund.minor, found.due.minor


def test_a_guest_reschedules_to_a_time_of_the_same_price_for_nothing() -> None:
    placed = booked(cut_of())
    done = change(placed, "12:00")
    assert money(done) == (3000, 0, 0, 0)
    [booking] = bookings_of(placed)
    assert (booking.starts_at, booking.sequence, booking.state) == (at("12:00"), 1, "confirmed")
    assert offered(offering_of(placed))[0] == "10:00"
    assert audited(placed.business_id)[-1] == "booking.moved"
    assert told(placed.business_id).count("BookingMoved") == 1


def test_a_dearer_time_leaves_the_difference_to_pay() -> None:
    """T-54: what was paid counts."""
    placed = booked(cut_of())
    done = change(placed, "18:00")
    assert money(done) == (4000, 0, 0, 1000)
    assert (done.order.payment_state, done.order.status) == ("part_paid", "confirmed")
    after = take_cash(placed.business_id, placed.public_id, eur(1000), actor=STAFF, now=FREE)
    assert (after.payment_state, after.due_now) == ("paid", eur(0))


def test_a_cheaper_time_gives_the_difference_back() -> None:
    placed = booked(cut_of(), "18:00", paid=4000)
    done = change(placed, "12:00", now=NOW)
    assert money(done) == (3000, 0, 1000, 0)
    assert "order.refund_by_hand" in audited(placed.business_id)


@pytest.mark.parametrize(("now", "fee"), [(FREE, 0), (FREE + timedelta(microseconds=1), 500), (COSTLY, 500)])
def test_the_fee_is_that_of_the_tier(now: Any, fee: int) -> None:
    placed = booked(cut_of())
    done = change(placed, "12:00", now=now)
    assert money(done) == (3000, fee, 0, fee)
    assert fees_of_order(placed) == fee
    assert done.order.payment_state == ("part_paid" if fee else "paid")


def test_after_the_last_tier_only_staff_reschedules() -> None:
    placed = booked(cut_of())
    before = counts()
    with pytest.raises(DeadlinePassed) as refused:
        change(placed, "12:00", now=TOO_LATE)
    assert refused.value.params == {"action": "reschedule"}
    assert counts() == before
    assert money(change(placed, "12:00", now=TOO_LATE, staff=True)) == (3000, 0, 0, 0)


def test_every_change_has_its_own_fee() -> None:
    placed = booked(cut_of())
    change(placed, "11:00", now=COSTLY)
    done = change(placed, "12:00", now=at("10:00"))
    assert money(done) == (3000, 500, 0, 1000)
    assert fees_of_order(placed) == 1000


def test_a_price_that_has_risen_since_is_not_asked_for_the_same_content() -> None:
    placed = booked(cut_of())
    cut = offering_of(placed)
    make_price(cut, 3500, priority=5)
    with scope(business=cut.business_id):
        bump_catalog_revision(cut.business_id)
    assert money(change(placed, "12:00")) == (3000, 0, 0, 0)
    assert money(change(placed, "18:00")) == (4000, 0, 0, 1000)


def test_a_guest_adds_an_extra_and_pays_for_it_only() -> None:
    cut = cut_of()
    with scope(business=cut.business_id):
        oil = Extra.objects.create(business=cut.business, offering=cut, name="Oil", max_quantity=2)
    make_price(cut, 700, extra=oil)
    placed = booked(cut)
    done = change(placed, extras=(oil.public_id,), now=COSTLY)
    assert money(done) == (3700, 0, 0, 700)
    assert audited(placed.business_id)[-1] == "booking.changed"
    assert told(placed.business_id)[-1] == "BookingChanged"
    assert bookings_of(placed)[0].sequence == 1
    # Without it again: what the policy keeps of a part that is given up, half of it.
    done = change(placed, extras=(), now=COSTLY)
    assert money(done) == (3000, 350, 0, 350)


def test_another_number_of_people_is_priced_anew() -> None:
    cut = cut_of(party_max=4)
    make_price(cut, 1000, priority=20, basis="per_person")
    placed = booked(cut, paid=2000, party=2)
    assert money(change(placed, party=3)) == (3000, 0, 0, 1000)
    with pytest.raises(InvalidInput):
        change(placed, party=5)
    assert bookings_of(placed)[0].party == 3


def test_another_person_serves_when_the_guest_may_choose() -> None:
    place = make_place("10:00-20:00")
    anna, boris = make_resource(place), make_resource(place)
    cut = make_offering(place, price=3000, lead_minutes=30)
    make_need(cut, [anna, boris], is_choosable=True)
    placed = booked(cut, resource=anna.public_id)
    assert served_by(placed) == [[anna.pk]]
    assert money(change(placed, resource=boris.public_id, now=COSTLY)) == (3000, 0, 0, 0)
    assert served_by(placed) == [[boris.pk]]
    assert bookings_of(placed)[0].is_resource_chosen


def test_what_is_refused_leaves_the_booking_as_it_was() -> None:
    placed = booked(cut_of())
    book(offering_of(placed), "12:00")
    before = counts()
    for clock, reason in (
        ("12:00", "taken"),
        ("21:00", "closed"),
        ("12:05", "off_grid"),
        ("08:15", "lead_time"),
    ):
        with pytest.raises(NotFree) as refused:
            change(placed, clock)
        assert str(refused.value.reason) == reason
    assert counts() == before
    [booking] = bookings_of(placed)
    assert (booking.starts_at, booking.sequence, booking.total_minor) == (at("10:00"), 0, 3000)
    assert [one[2] for one in taken_by(booking)] == ["10:00-11:00"]


def test_a_guest_decides_nothing_that_is_for_staff() -> None:
    placed = booked(cut_of())
    for decided in ({"keep_price": True}, {"price": 1}, {"waive_fee": True}):
        with pytest.raises(InvalidInput, match="not a guest's"):
            change(placed, "12:00", reason="Please", **decided)


def test_staff_goes_beyond_the_terms_with_a_reason_that_is_written_down() -> None:
    placed = booked(cut_of())
    with pytest.raises(InvalidInput, match="why"):
        change(placed, "18:00", staff=True, keep_price=True)
    done = change(
        placed, "18:00", staff=True, keep_price=True, waive_fee=True, reason="Our mistake", now=COSTLY
    )
    assert money(done) == (3000, 0, 0, 0)
    with scope(business=placed.business_id):
        entry = AuditEntry.objects.get(action="terms.overridden")
    assert entry.after == {
        "action": "change",
        "limit": "",
        "price_minor": 3000,
        "usual_price_minor": 4000,
        "fee_minor": 0,
        "usual_fee_minor": 500,
        "reason": "Our mistake",
    }
    done = change(placed, "18:30", staff=True, price=3600, reason="Half of it", now=COSTLY)
    assert (money(done)[0], [one["minor"] for one in view(placed).bookings[0].lines]) == (3600, [4000, -400])


def test_only_what_is_agreed_can_be_changed() -> None:
    placed = booked(cut_of())
    for state in ("held", "cancelled", "completed", "expired", "no_show"):
        with scope(business=placed.business_id):
            Booking.objects.update(state=state)
        with pytest.raises(IllegalTransition):
            change(placed, "12:00", staff=True)
    with scope(business=placed.business_id):
        Booking.objects.update(state="checked_in")
    with pytest.raises(IllegalTransition):
        change(placed, "12:00", staff=True)
    assert money(change(placed, duration=None, staff=True)) == (3000, 0, 0, 0)


def test_the_times_that_are_offered_for_a_change_can_be_had() -> None:
    placed = booked(cut_of())
    book(offering_of(placed), "12:00")
    booking_id = bookings_of(placed)[0].public_id
    slots = list_change_starts(placed.business_id, booking_id, TUESDAY, Change(), FREE)
    shown = [slot.start.strftime("%H:%M") for slot in slots]
    assert shown[:5] == ["10:00", "10:15", "10:30", "10:45", "11:00"]
    assert "11:15" not in shown
    change(placed, shown[-1])


def fees_of_order(placed: Order) -> int:
    with scope(business=placed.business_id):
        return fees_of(placed.business_id, [placed.public_id])[placed.public_id]


def test_the_name_of_a_resource_of_another_offering_is_refused() -> None:
    placed = booked(cut_of())
    other = cut_of()
    with scope(business=other.business_id):
        foreign = name_of(other.requirements.get().choices.get().resource_id or 0)
    with pytest.raises(InvalidInput):
        change(placed, resource=foreign, staff=True)

"""Moving a booking: new time first; what is refused leaves everything as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.actions_changes import mark_booking
from horarium.modules.booking.errors import IllegalTransition, OrderNotFound
from horarium.modules.booking.models import Booking, BookingState, Order
from horarium.modules.catalog.models import Extra, Offering
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.change_booking import list_change_starts, move_booking, preview_move
from horarium.workflows.plan_again import Change
from tests.factories import make_need, make_offering, make_price, make_resource

from .rows import audited, bookings_of, counts, name_of, served_by, taken_by, told
from .stage import NOW, STAFF, TUESDAY, at, book, make_place, offered, refusal

pytestmark = pytest.mark.django_db


def move(placed: Order, clock: str | None = None, **fields: Any) -> Booking:
    """Preview and do it: both must say the same."""
    wanted = Change(start=None if clock is None else at(clock), **fields)
    booking_id = bookings_of(placed)[0].public_id
    verdict = preview_move(placed.business_id, booking_id, wanted, NOW)
    if verdict.reason is not None:
        with pytest.raises(NotFree) as refused:
            move_booking(placed.business_id, booking_id, wanted, STAFF, NOW)
        assert verdict.reason == refused.value.reason
        raise refused.value
    return move_booking(placed.business_id, booking_id, wanted, STAFF, NOW)


def cut_of(people: int = 1, **fields: Any) -> tuple[Offering, list[int]]:
    place = make_place("10:00-14:00")
    staff = [make_resource(place) for _ in range(people)]
    return make_offering(place, needs=[staff], price=3000, **fields), [one.pk for one in staff]


def test_a_move_takes_the_new_time_and_gives_back_the_old() -> None:
    cut, [anna] = cut_of(buffer_after=15)
    placed = book(cut, "10:00")
    moved = move(placed, "12:00")
    assert (moved.starts_at, moved.ends_at, moved.sequence) == (at("12:00"), at("13:00"), 1)
    assert taken_by(moved) == [(anna, "taken", "12:00-13:15")]
    assert (moved.state, moved.total_minor) == ("confirmed", 3000)
    assert offered(cut)[:2] == ["10:00", "10:15"]
    assert audited(cut.business_id) == ["order.placed", "booking.moved"]
    assert told(cut.business_id).count("BookingMoved") == 1


def test_a_booking_may_overlap_its_own_old_time() -> None:
    cut, [anna] = cut_of()
    placed = book(cut, "10:00")
    assert taken_by(move(placed, "10:30")) == [(anna, "taken", "10:30-11:30")]


def test_the_resource_stays_when_it_is_free_and_another_serves_when_it_is_not() -> None:
    cut, staff = cut_of(people=2)
    placed = book(cut, "10:00")
    [[first]] = served_by(placed)
    move(placed, "12:00")
    assert served_by(placed) == [[first]]
    start, end = at("13:00"), at("14:00")
    place_block(cut.business_id, [first], start, end, reason="Lunch", actor=STAFF, now=NOW)
    move(placed, "13:00")
    assert served_by(placed) == [[one for one in staff if one != first]]


def test_a_chosen_person_stays_and_only_the_room_may_change() -> None:
    place = make_place("10:00-14:00")
    anna, boris = make_resource(place), make_resource(place)
    rooms = [make_resource(place, kind="room") for _ in range(2)]
    massage = make_offering(place, price=3000)
    make_need(massage, [anna, boris], is_choosable=True)
    make_need(massage, rooms, position=1)
    placed = book(massage, "10:00", resource=anna.public_id)
    [[_, room]] = served_by(placed)
    other = next(one.pk for one in rooms if one.pk != room)
    place_block(place.business_id, [room], at("12:00"), at("13:00"), reason="Paint", actor=STAFF, now=NOW)
    move(placed, "12:00")
    assert served_by(placed) == [[anna.pk, other]]
    place_block(place.business_id, [anna.pk], at("13:00"), at("14:00"), reason="Off", actor=STAFF, now=NOW)
    before = counts()
    with pytest.raises(NotFree):
        move(placed, "13:00")
    assert counts() == before
    assert served_by(placed) == [[anna.pk, other]]


def test_a_refused_move_leaves_everything_as_it_was() -> None:
    cut, [anna] = cut_of()
    placed = book(cut, "10:00")
    book(cut, "12:00")
    before = counts()
    for clock in ("11:30", "12:00", "13:05", "09:00"):
        with pytest.raises(NotFree):
            move(placed, clock)
    assert counts() == before
    [booking] = bookings_of(placed)
    assert (booking.starts_at, booking.sequence) == (at("10:00"), 0)
    assert taken_by(booking) == [(anna, "taken", "10:00-11:00")]


def test_a_refused_move_names_the_reason_and_the_nearest_starts() -> None:
    cut, _ = cut_of()
    placed = book(cut, "10:00")
    book(cut, "12:00")
    verdict = preview_move(cut.business_id, bookings_of(placed)[0].public_id, Change(start=at("12:00")), NOW)
    assert verdict.reason == "taken"
    assert [slot.start.strftime("%d %H:%M") for slot in verdict.alternatives] == [
        "01 11:00",
        "01 13:00",
        "02 10:00",
    ]


@pytest.mark.parametrize("state", ["held", "cancelled", "completed", "checked_in", "expired", "no_show"])
def test_only_what_is_agreed_and_has_not_begun_can_be_moved(state: str) -> None:
    cut, _ = cut_of()
    placed = book(cut, "10:00")
    with scope(business=cut.business_id):
        Booking.objects.update(state=state)
    booking_id = bookings_of(placed)[0].public_id
    assert preview_move(cut.business_id, booking_id, Change(start=at("12:00")), NOW).reason == "state"
    with pytest.raises(IllegalTransition):
        move_booking(cut.business_id, booking_id, Change(start=at("12:00")), STAFF, NOW)
    assert bookings_of(placed)[0].starts_at == at("10:00")


def test_a_booking_of_another_business_cannot_be_moved() -> None:
    cut, _ = cut_of()
    other, _ = cut_of()
    foreign = bookings_of(book(other, "10:00"))[0].public_id
    with pytest.raises(OrderNotFound):
        move_booking(cut.business_id, foreign, Change(start=at("12:00")), STAFF, NOW)


def test_staff_move_a_booking_to_another_person_at_any_minute_on_five() -> None:
    cut, [anna, boris] = cut_of(people=2)
    placed = book(cut, "10:00")
    [[first]] = served_by(placed)
    other = boris if first == anna else anna
    move(placed, "10:05", resource=name_of(other))
    assert bookings_of(placed)[0].starts_at == at("10:05")
    assert served_by(placed) == [[other]]
    with pytest.raises(NotFree):
        move(placed, "10:07")
    with pytest.raises(InvalidInput):
        move(placed, "10:00", resource="res_nobody")


def test_a_move_may_change_the_length_to_one_on_offer() -> None:
    cut, [anna] = cut_of(durations=[60, 90])
    placed = book(cut, "10:00")
    assert taken_by(move(placed, duration=90)) == [(anna, "taken", "10:00-11:30")]
    with pytest.raises(InvalidInput) as refused:
        move(placed, duration=75)
    assert refused.value.field == "duration"


def test_a_booking_can_be_moved_though_the_offering_has_changed_since() -> None:
    """T-16: what was agreed stays as it is: its length, its company, its extras."""
    cut, [anna] = cut_of(party_max=4)
    extra = Extra.objects.create(business_id=cut.business_id, offering=cut, name="Tea")
    make_price(cut, 200, extra=extra)
    placed = book(cut, "10:00", party=4, extras=(extra.public_id,))
    with scope(business=cut.business_id):
        Extra.objects.update(is_active=False)
        Offering.objects.update(durations=[45], party_max=2, is_active=False)
        bump_catalog_revision(cut.business_id)
    moved = move(placed, "11:00")
    assert taken_by(moved) == [(anna, "taken", "11:00-12:00")]
    assert (moved.party, moved.total_minor) == (4, 3200)
    starts = list_change_starts(cut.business_id, moved.public_id, TUESDAY, Change(), NOW, staff=True)
    assert [slot.start.strftime("%H:%M") for slot in starts][-1] == "13:00"


def test_free_starts_for_a_move_count_its_own_time_as_free() -> None:
    cut, _ = cut_of()
    placed = book(cut, "10:00")
    book(cut, "11:00")
    starts = list_change_starts(
        cut.business_id, bookings_of(placed)[0].public_id, TUESDAY, Change(), NOW, staff=True
    )
    clocks = [slot.start.strftime("%H:%M") for slot in starts]
    assert clocks == ["10:00"] + [f"{12 + five // 12}:{five % 12 * 5:02}" for five in range(13)]


def test_what_waits_for_approval_can_be_moved_and_still_waits() -> None:
    cut, _ = cut_of(needs_approval=True)
    placed = book(cut, "10:00")
    assert move(placed, "11:00").state == "pending"
    assert refusal(cut, "11:00").reason == "taken"


def test_a_move_back_and_forth_counts_each_step_for_the_calendar_file() -> None:
    cut, _ = cut_of()
    placed = book(cut, "10:00")
    assert [move(placed, clock).sequence for clock in ("11:00", "10:00", "13:00")] == [1, 2, 3]
    assert len(audited(cut.business_id)) == 4


def test_a_completed_booking_keeps_its_time() -> None:
    cut, [anna] = cut_of()
    placed = book(cut, "10:00")
    with scope(business=cut.business_id):
        mark_booking(bookings_of(placed)[0], BookingState.COMPLETED, STAFF, NOW)
    assert taken_by(bookings_of(placed)[0]) == [(anna, "taken", "10:00-11:00")]
    assert refusal(cut, "10:00", now=NOW - timedelta(hours=1)).reason == "taken"

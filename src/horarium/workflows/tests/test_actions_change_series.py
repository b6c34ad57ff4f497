"""This occurrence, this and the following ones, or all: moved, served otherwise or cancelled, with exact money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.kit.money import Money
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.events import BookingCancelled, BookingMoved
from horarium.modules.booking.models import CancelledBy
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.messaging.models import Message
from horarium.modules.messaging.subscribers import on_booking_cancelled, on_booking_moved
from horarium.platform.events.event import Event
from horarium.platform.events.models import OutboxEvent
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.change_series import (
    ChangedSeries,
    Reach,
    SeriesChange,
    SeriesChangeClash,
    cancel_series,
    change_series,
    find_series,
    preview_series_cancellation,
    preview_series_change,
)
from horarium.workflows.items import SlotItem
from horarium.workflows.order_view import BookingView, OrderView, get_order_view
from horarium.workflows.place_series import place_series
from horarium.workflows.recurrence import SeriesRule
from horarium.workflows.recurrence_items import SeriesWish
from horarium.workflows.take_cash import take_cash
from tests.factories import make_price

from .rows import audited, counts
from .stage import NOW, STAFF, at, book
from .test_actions_series import ANNA, WEEK, make_weekly, weekly

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_four(**fields: object) -> tuple[Offering, OrderView]:
    """Four Tuesdays at ten; open until noon."""
    offering = make_weekly(**fields)  # type: ignore[arg-type]
    return offering, place_series(offering.business_id, weekly(offering), ANNA, STAFF, NOW)


def seen(offering: Offering, order: OrderView, now: datetime = NOW) -> tuple[BookingView, ...]:
    return get_order_view(offering.business_id, order.id, now).bookings


def starts(offering: Offering, order: OrderView) -> list[timedelta]:
    return [one.start - at("10:00") for one in seen(offering, order)]


def change(offering: Offering, booking: BookingView, **fields: object) -> ChangedSeries:
    wish = SeriesChange(**fields)  # type: ignore[arg-type]
    return change_series(offering.business_id, booking.id, wish, STAFF, NOW)


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        ("this", [0 * WEEK, WEEK + HOUR, 2 * WEEK, 3 * WEEK]),
        ("following", [0 * WEEK, WEEK + HOUR, 2 * WEEK + HOUR, 3 * WEEK + HOUR]),
        ("all", [HOUR, WEEK + HOUR, 2 * WEEK + HOUR, 3 * WEEK + HOUR]),
    ],
)
def test_how_far_a_change_reaches(reach: Reach, expected: list[timedelta]) -> None:
    offering, order = make_four()
    change(offering, order.bookings[1], reach=reach, start=at("11:00") + WEEK)
    assert starts(offering, order) == expected


@pytest.mark.parametrize("days", [7, -7, 14], ids=["a week later", "a week earlier", "two weeks later"])
def test_a_series_may_go_where_it_stands_itself(days: int) -> None:
    offering, order = make_four()
    if days < 0:
        change(offering, order.bookings[0], reach="all", start=at("10:00") + 2 * WEEK)
    base = seen(offering, order)[0].start
    change(offering, order.bookings[0], reach="all", start=base + timedelta(days=days))
    expected = [base + timedelta(days=days) + WEEK * n for n in range(4)]
    assert [one.start for one in seen(offering, order)] == expected


def test_one_clash_refuses_all_of_it_and_names_each() -> None:
    offering, order = make_four()
    book(offering, "11:00")
    before = counts()
    with pytest.raises(SeriesChangeClash) as refused:
        change(offering, order.bookings[0], reach="all", start=at("11:00"))
    assert counts() == before
    assert [one.reason for one in refused.value.occurrences] == ["taken", None, None, None]
    assert starts(offering, order) == [0 * WEEK, WEEK, 2 * WEEK, 3 * WEEK]


def test_the_shift_is_one_of_the_wall_clock() -> None:
    offering = make_weekly("08:00-18:00", zone="Europe/Berlin")
    item = SlotItem(offering.public_id, datetime(2027, 3, 17, 9, 0, tzinfo=UTC))
    order = place_series(offering.business_id, SeriesWish(item, SeriesRule(count=3)), ANNA, STAFF, NOW)
    later = datetime(2027, 3, 18, 10, 0, tzinfo=UTC)
    change(offering, order.bookings[0], reach="all", start=later)
    assert [f"{one.start:%m-%d %H:%M}" for one in seen(offering, order)] == [
        "03-18 11:00",
        "03-25 11:00",
        "04-01 11:00",
    ]


def test_another_resource_serves_what_is_still_to_come() -> None:
    offering, order = make_four(people=2)
    before = [one.resources[0].public_id for one in order.bookings]
    [other] = other_resources(offering, order.bookings[2])
    change(offering, order.bookings[2], reach="following", resource=other)
    assert [one.resources[0].public_id for one in seen(offering, order)] == [*before[:2], other, other]


def other_resources(offering: Offering, booking: BookingView) -> list[str]:
    present = {one.public_id for one in booking.resources}
    needs = booking.offering.resource_ids()
    resources = get_current_catalog(offering.business_id).resources
    return [resources[key].public_id for key in sorted(needs) if resources[key].public_id not in present]


def test_the_preview_is_what_is_then_done_to_the_minor_unit() -> None:
    offering, order = make_four()
    take_cash(offering.business_id, order.id, Money(12000, "EUR"), actor=STAFF, now=NOW)
    make_price(offering, 2501, from_minute=660, until_minute=720)
    before = counts()
    wish = SeriesChange(reach="following", start=at("11:00") + WEEK)
    shown = preview_series_change(offering.business_id, order.bookings[1].id, wish, NOW)
    assert counts() == before
    done = change_series(offering.business_id, order.bookings[1].id, wish, STAFF, NOW)
    assert done.money == shown.money
    assert shown.money.before == Money(9000, "EUR")
    after = get_order_view(offering.business_id, order.id, NOW)
    assert after.total == Money(3000, "EUR") + shown.money.after
    assert after.held + shown.money.refund == Money(12000, "EUR") - shown.money.fee


def test_cancelling_the_following_ones_gives_their_money_back_as_shown() -> None:
    offering, order = make_four()
    take_cash(offering.business_id, order.id, Money(12000, "EUR"), actor=STAFF, now=NOW)
    going, terms = preview_series_cancellation(offering.business_id, order.bookings[2].id, "following", NOW)
    assert ([one.id for one in going], terms.refund) == (
        [one.id for one in order.bookings[2:]],
        Money(6000, "EUR"),
    )
    after = cancel_series(
        offering.business_id, order.bookings[2].id, "following", reason="", actor=STAFF, now=NOW
    )
    assert after.money == terms
    assert [one.state for one in after.order.bookings] == [
        "confirmed",
        "confirmed",
        "cancelled",
        "cancelled",
    ]
    assert after.order.held == Money(6000, "EUR")


def test_what_is_over_or_cancelled_is_never_meant() -> None:
    """T-28."""
    offering, order = make_four()
    cancel_order(
        offering.business_id,
        order.id,
        CancellationWish((order.bookings[1].id,)),
        by=CancelledBy.STAFF,
        actor=STAFF,
        now=NOW,
    )
    later = at("10:30")
    wish = SeriesChange(reach="all", start=at("11:00") + 2 * WEEK)
    changed = change_series(offering.business_id, order.bookings[2].id, wish, STAFF, later)
    assert [one.booking for one in changed.occurrences] == [one.id for one in order.bookings[2:]]
    with pytest.raises(IllegalTransition):
        change_series(offering.business_id, order.bookings[0].id, wish, STAFF, later)


def test_a_series_is_found_by_any_of_its_bookings() -> None:
    offering, order = make_four()
    found = find_series(offering.business_id, order.bookings[3].id, NOW)
    assert found is not None
    assert [one.id for one in found.bookings] == [one.id for one in order.bookings]
    single = book(offering, "11:00")
    [other] = get_order_view(offering.business_id, single.public_id, NOW).bookings
    assert find_series(offering.business_id, other.id, NOW) is None


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        ("this", ["booking_moved"]),
        ("following", ["dates_changed"]),
        ("all", ["dates_changed"]),
    ],
)
def test_dates_that_go_together_are_told_by_one_message(reach: Reach, said: list[str]) -> None:
    offering, order = make_four()
    change(offering, order.bookings[1], reach=reach, start=at("11:00") + WEEK)
    assert hear(offering, BookingMoved, on_booking_moved) == said


def test_dates_that_are_cancelled_together_are_told_by_one_message() -> None:
    offering, order = make_four()
    cancel_series(offering.business_id, order.bookings[1].id, "following", reason="", actor=STAFF, now=NOW)
    assert hear(offering, BookingCancelled, on_booking_cancelled) == ["booking_cancelled"]


def test_a_preview_leaves_nothing_to_tell() -> None:
    offering, order = make_four()
    wish = SeriesChange(reach="all", start=at("11:00"))
    preview_series_change(offering.business_id, order.bookings[0].id, wish, NOW)
    assert hear(offering, BookingMoved, on_booking_moved) == []
    assert "series.changed" not in audited(offering.business_id)


def hear(offering: Offering, kind: type[Event], handler: Callable[[Any], None]) -> list[str]:
    """The messages, reminders left out, after every event of the kind has been heard."""
    business_id = offering.business_id
    with scope(business=business_id), frozen(NOW):
        for one in OutboxEvent.objects.filter(type=kind.name).order_by("id"):
            handler(kind(business_id=business_id, **one.payload))
        found = Message.objects.exclude(template="booking_reminder").order_by("id")
        return list(found.values_list("template", flat=True))

"""Dates of a series that are changed at once are told by one message, each with its former and its new time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from horarium.modules.booking.actions_series import note_changed_dates
from horarium.modules.booking.events import BookingChanged, BookingMoved
from horarium.modules.booking.models import Booking, BookingState, Order, Series
from horarium.modules.messaging import actions, subscribers
from horarium.modules.messaging.calendar_file import split_files
from horarium.modules.messaging.models import Message
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business
from tests.factories import make_location, make_resource

from .conftest import NOW, START, Place

pytestmark = pytest.mark.django_db
WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)
STARTS = (START, START + WEEK, START + 2 * WEEK)
NBSP = "\u00a0"


@pytest.fixture
def order(place: Place) -> Order:
    """Three Tuesdays of one series."""
    return make_weekly(place)


def make_weekly(place: Place, **fields: Any) -> Order:
    made = place(starts=STARTS, **fields)
    offering = made.bookings.all()[0].offering
    series = Series.objects.create(
        business=made.business, offering=offering, rule={"every": 1, "count": 3}, created_at=NOW
    )
    made.bookings.update(series=series)
    return made


def dates_of(order: Order) -> list[Booking]:
    return list(order.bookings.order_by("starts_at"))


def change(order: Order, *numbers: int, by: timedelta, told_together: bool = True) -> list[Booking]:
    """As a change of a series does it: the rows, what is noted of them, then the events."""
    meant = [dates_of(order)[number] for number in numbers]
    was = {one.public_id: one.starts_at for one in meant}
    for one in meant:
        one.starts_at, one.ends_at, one.sequence = one.starts_at + by, one.ends_at + by, one.sequence + 1
        one.save()
    if told_together:
        note_changed_dates(order.business_id, was, Actor.system())
    return meant


def tell(bookings: list[Booking], kind: type[BookingMoved] | type[BookingChanged] = BookingMoved) -> None:
    handler: Any = subscribers.on_booking_moved if kind is BookingMoved else subscribers.on_booking_changed
    for one in bookings:
        handler(
            kind(
                business_id=one.business_id,
                booking_id=one.public_id,
                order_id=Order.objects.get(pk=one.order_id).public_id,
            )
        )


def messages(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template).order_by("id"))


def body_of(row: Message) -> str:
    return row.text.split("Questions?")[0].replace(row.text.split("/my/")[1].split()[0], "TOKEN")


ENGLISH = f"""\
Your dates have been moved

Hello, Anna! Salon Tejo expects you at the new times below. The former times no longer apply.

Haircut

Tue, Dec 1, 2026, 10:00{NBSP}AM → Tue, Dec 1, 2026, 12:00{NBSP}PM
Tue, Dec 8, 2026, 10:00{NBSP}AM → Tue, Dec 8, 2026, 12:00{NBSP}PM
Tue, Dec 15, 2026, 10:00{NBSP}AM → Tue, Dec 15, 2026, 12:00{NBSP}PM

Local time: Lisbon

With: Inês
Address: Baixa, Rua Augusta 1, Lisboa

Total: €135
Left to pay: €135

View or change booking:
https://book.example.org/my/TOKEN

The attached file brings your calendar up to date.

"""


def test_three_dates_are_moved_by_one_message(order: Order) -> None:
    tell(change(order, 0, 1, 2, by=2 * HOUR))
    [row] = messages("dates_changed")
    assert (row.subject, row.about) == ("New times: Haircut, 3 dates", order.public_id)
    assert body_of(row) == ENGLISH
    assert row.html.count("line-through") == 3
    assert messages("booking_moved") == []


def test_the_calendar_gets_a_file_for_each_date(order: Order) -> None:
    moved = change(order, 0, 1, 2, by=2 * HOUR)
    tell(moved)
    files: list[Any] = [Calendar.from_ical(one) for one in split_files(messages("dates_changed")[0].calendar)]
    assert [one["method"] for one in files] == ["REQUEST"] * 3
    assert [one.events[0]["uid"] for one in files] == [f"{one.public_id}@book.example.org" for one in moved]
    assert [one.events[0]["sequence"] for one in files] == [1, 1, 1]


@pytest.mark.parametrize(
    ("locale", "subject", "pieces"),
    [
        (
            "ru",
            "Новое время: Стрижка, 3 даты",
            [
                "Даты перенесены",
                "«Салон Тежу» ждёт вас в новое время, оно указано ниже. Прежнее больше не действует.",
                "вт, 1 дек. 2026\u202fг., 10:00 → вт, 1 дек. 2026\u202fг., 12:00",
            ],
        ),
        (
            "es",
            "Nuevos horarios: Corte, 3 fechas",
            [
                "Tus fechas han cambiado",
                "Salon Tejo te espera en los nuevos horarios indicados abajo. Los anteriores ya no son válidos.",
                "mar, 1 de diciembre de 2026, 10:00 → mar, 1 de diciembre de 2026, 12:00",
            ],
        ),
    ],
)
def test_it_speaks_the_language_of_the_order(
    place: Place, locale: str, subject: str, pieces: list[str]
) -> None:
    tell(change(make_weekly(place, locale=locale), 0, 1, 2, by=2 * HOUR))
    [row] = messages("dates_changed")
    assert row.subject == subject
    assert [one for one in pieces if one not in row.text] == []


def test_each_date_has_a_reminder_of_its_new_time(order: Order) -> None:
    tell(change(order, 0, 1, 2, by=2 * HOUR))
    due = [row.due_at for row in messages("booking_reminder")]
    assert due == [start + 2 * HOUR - timedelta(hours=24) for start in STARTS]


def test_somebody_else_at_the_same_times_is_no_move(order: Order, business: Business) -> None:
    someone = make_resource(make_location(business), name="Rui")
    changed = change(order, 1, 2, by=timedelta(0))
    for one in changed:
        one.assignments.update(resource=someone)
    tell(changed)
    [row] = messages("dates_changed")
    assert row.subject == "Booking changed: Haircut, 2 dates"
    assert "→" not in row.text
    assert f"\nTue, Dec 8, 2026, 10:00{NBSP}AM\nTue, Dec 15, 2026, 10:00{NBSP}AM\n" in row.text
    assert "With: Rui" in row.text


def test_dates_with_different_people_name_them_one_by_one(order: Order, business: Business) -> None:
    someone = make_resource(make_location(business), name="Rui")
    moved = change(order, 0, 1, by=HOUR)
    moved[1].assignments.update(resource=someone)
    tell(moved)
    [row] = messages("dates_changed")
    first, second = (f"Dec {day}, 2026, 11:00{NBSP}AM\nWith: " for day in (1, 8))
    assert f"{first}Inês\n" in row.text
    assert f"{second}Rui\n" in row.text


def test_other_contents_of_several_dates_are_one_message_too(order: Order) -> None:
    tell(change(order, 0, 1, 2, by=timedelta(0)), BookingChanged)
    assert [len(messages(one)) for one in ("dates_changed", "booking_changed")] == [1, 0]


def test_a_date_that_was_moved_alone_has_a_message_of_its_own(order: Order) -> None:
    tell(change(order, 1, by=HOUR, told_together=False))
    assert [len(messages(one)) for one in ("dates_changed", "booking_moved")] == [0, 1]


def test_two_changes_of_the_series_are_two_messages(order: Order) -> None:
    tell(change(order, 0, 1, 2, by=HOUR))
    tell(change(order, 1, 2, by=HOUR))
    assert [row.subject for row in messages("dates_changed")] == [
        "New times: Haircut, 3 dates",
        "New times: Haircut, 2 dates",
    ]


def send(row: Message) -> str:
    return actions.send_message(row.business_id, row.public_id)


def test_what_has_been_changed_again_is_left_out_when_the_message_leaves(order: Order) -> None:
    """T-79"""
    tell(change(order, 0, 1, 2, by=HOUR))
    [row] = messages("dates_changed")
    tell(change(order, 2, by=HOUR, told_together=False))
    cancelled = dates_of(order)[0]
    cancelled.state = BookingState.CANCELLED
    cancelled.save()
    assert send(row) == "sent"
    row.refresh_from_db()
    assert row.subject == "New time: Haircut, 1 date"
    assert times_in(row) == [f"Dec 8, 2026, 10:00{NBSP}AM", f"Dec 8, 2026, 11:00{NBSP}AM"]
    tell(change(order, 1, by=HOUR, told_together=False))
    again = Message.objects.get(pk=row.pk)
    again.state = "failed"
    again.save()
    assert send(again) == "skipped"


def times_in(row: Message) -> list[str]:
    [line] = [one for one in row.text.splitlines() if "→" in one]
    return [one.partition(", ")[2] for one in line.split(" → ")]


def test_a_hold_that_lapsed_is_told_nothing(place: Place) -> None:
    """T-53"""
    expires: datetime = NOW + HOUR
    tell(change(make_weekly(place, expires_at=expires), 0, 1, by=HOUR))
    assert messages("dates_changed") == []

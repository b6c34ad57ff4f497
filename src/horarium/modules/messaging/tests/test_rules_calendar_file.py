"""Calendar files, read back by the library that calendars use."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from horarium.modules.messaging.calendar_file import CalendarBooking, calendar_file, split_files

BOOKING = CalendarBooking(
    booking_id="bk_00000000000000000001",
    host="book.example.org",
    sequence=0,
    status="CONFIRMED",
    starts_at=datetime(2026, 12, 1, 13, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 1, 14, 30, tzinfo=UTC),
    time_zone="America/Santiago",
    changed_at=datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
    summary="Masaje; piedras, calientes",
    location="Spa, Calle 1\\2, Santiago",
    description="Ana\nhttps://book.example.org/my/ord_x.y",
    url="https://book.example.org/my/ord_x.y",
    organizer_name='Spa "Sol", S.A.',
    organizer_email="hola@spa.example.org",
    attendee_name="Ana",
    attendee_email="ana@example.org",
)


def parsed(content: bytes) -> Calendar:
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return calendar


def test_a_booking_is_an_event_in_the_zone_of_its_location() -> None:
    content = calendar_file([BOOKING], "REQUEST")
    assert b"DTSTART;TZID=America/Santiago:20261201T100000\r\n" in content
    assert b"DTEND;TZID=America/Santiago:20261201T113000\r\n" in content
    assert b"DTSTAMP:20261120T120000Z\r\n" in content
    calendar = parsed(content)
    assert calendar["method"] == "REQUEST"
    event: Any = calendar.events[0]
    assert event["uid"] == "bk_00000000000000000001@book.example.org"
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    assert event["summary"] == "Masaje; piedras, calientes"
    assert event["location"] == "Spa, Calle 1\\2, Santiago"
    assert event["description"] == "Ana\nhttps://book.example.org/my/ord_x.y"
    assert event.start.utcoffset() == timedelta(hours=-3)
    assert str(event["organizer"]) == "mailto:hola@spa.example.org"
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"


def test_a_file_carries_the_rules_of_its_zone() -> None:
    (zone,) = parsed(calendar_file([BOOKING], "PUBLISH")).timezones
    assert zone.tz_name == "America/Santiago"
    assert {type(part).__name__ for part in zone.subcomponents} == {"TimezoneStandard", "TimezoneDaylight"}


def test_a_move_keeps_the_uid_and_raises_the_sequence() -> None:
    """T-79: calendars update the event they have."""
    moved = replace(BOOKING, sequence=1, starts_at=BOOKING.starts_at + timedelta(days=1))
    first, second = (parsed(calendar_file([one], "REQUEST")).events[0] for one in (BOOKING, moved))
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)


def test_a_cancellation_says_so_twice() -> None:
    calendar = parsed(calendar_file([replace(BOOKING, sequence=2)], "CANCEL"))
    assert calendar["method"] == "CANCEL"
    assert (calendar.events[0]["status"], calendar.events[0]["sequence"]) == ("CANCELLED", 2)


def test_a_download_holds_several_bookings_and_names_nobody() -> None:
    """T-78."""
    other = replace(BOOKING, booking_id="bk_00000000000000000002", time_zone="Europe/Moscow")
    calendar = parsed(calendar_file([BOOKING, other], "PUBLISH"))
    assert [str(event["uid"]).partition("@")[0] for event in calendar.events] == [
        BOOKING.booking_id,
        other.booking_id,
    ]
    assert {zone.tz_name for zone in calendar.timezones} == {"America/Santiago", "Europe/Moscow"}
    assert all("attendee" not in event for event in calendar.events)
    with pytest.raises(ValueError, match="exactly one booking"):
        calendar_file([BOOKING, other], "REQUEST")


@pytest.mark.parametrize(
    "zone", ["UTC", "Europe/Lisbon", "Asia/Kolkata", "America/Santiago", "Europe/Moscow"]
)
def test_every_zone_reads_back_to_the_same_instant(zone: str) -> None:
    for start in (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)):
        booking = replace(BOOKING, time_zone=zone, starts_at=start, ends_at=start + timedelta(hours=2))
        event: Any = parsed(calendar_file([booking], "PUBLISH")).events[0]
        assert event.start.astimezone(UTC) == start
        assert event.end.astimezone(UTC) == start + timedelta(hours=2)


def test_text_of_a_guest_cannot_add_properties() -> None:
    evil = replace(BOOKING, summary="x\r\nATTACH:http://evil", attendee_name='a"\r\nSTATUS:TENTATIVE')
    content = calendar_file([evil], "PUBLISH")
    lines = content.decode().split("\r\n")
    assert not any(line.startswith(("ATTACH", "STATUS:TENTATIVE")) for line in lines)


def test_a_stream_of_files_is_split() -> None:
    one, two = (calendar_file([BOOKING], method).decode() for method in ("REQUEST", "CANCEL"))
    assert split_files(one + two) == [one, two]
    assert split_files("") == []

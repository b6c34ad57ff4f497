"""Bookings as an iCalendar file (RFC 5545) that calendars recognise again: same UID, growing SEQUENCE."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]

PRODUCT: Final = "-//Horarium//Bookings//EN"
END: Final = "END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarBooking:
    """Plain values of one booking. `starts_at`, `ends_at` and `changed_at` are aware; `time_zone` is an IANA name.

    `host` is that of the installation's public address: with the booking's id it makes the UID.
    """

    booking_id: str
    host: str
    sequence: int
    status: Status
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    changed_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    organizer_name: str = ""
    organizer_email: str = ""
    attendee_name: str = ""
    attendee_email: str = ""


def calendar_file(bookings: Sequence[CalendarBooking], method: Method) -> bytes:
    """One calendar with all bookings: PUBLISH for a download, REQUEST and CANCEL for a mail about one booking.

    RFC 5546 lets REQUEST and CANCEL speak of one UID only: more bookings need a file each.
    """
    if method != "PUBLISH" and len({one.booking_id for one in bookings}) != 1:
        raise ValueError(f"{method} is about exactly one booking")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for booking in bookings:
        calendar.add_component(_event(booking, method))
    if bookings:
        calendar.add_missing_timezones(*_window(bookings))
    return bytes(calendar.to_ical())


def split_files(stream: str) -> list[str]:
    """The calendars of a stream that holds several, one after the other."""
    return [part + END for part in stream.split(END) if part.strip()]


def _event(booking: CalendarBooking, method: Method) -> Event:
    zone = ZoneInfo(booking.time_zone)
    event = Event()
    event.add("uid", f"{booking.booking_id}@{booking.host}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", booking.changed_at)
    event.add("dtstart", booking.starts_at.astimezone(zone))
    event.add("dtend", booking.ends_at.astimezone(zone))
    event.add("summary", booking.summary)
    event.add("status", "CANCELLED" if method == "CANCEL" else booking.status)
    event.add("transp", "OPAQUE")
    for name, value in (
        ("location", booking.location),
        ("description", booking.description),
        ("url", booking.url),
    ):
        if value:
            event.add(name, value)
    if booking.organizer_email:
        event.add("organizer", _address(booking.organizer_name, booking.organizer_email))
    if booking.attendee_email and booking.organizer_email and method != "PUBLISH":
        event.add("attendee", _attendee(booking))
    return event


def _attendee(booking: CalendarBooking) -> vCalAddress:
    attendee = _address(booking.attendee_name, booking.attendee_email)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        # A double quote cannot be written inside a parameter at all.
        address.params["CN"] = vText(name.replace('"', "'"))
    return address


def _window(bookings: Sequence[CalendarBooking]) -> tuple[date, date]:
    """The years whose clock changes a reader may need."""
    first = min(one.starts_at for one in bookings) - timedelta(days=366)
    last = max(one.ends_at for one in bookings) + timedelta(days=366)
    return first.date(), last.date()

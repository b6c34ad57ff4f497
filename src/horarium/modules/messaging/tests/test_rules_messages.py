"""What may stand in a message, and when a reminder is due."""

from datetime import UTC, datetime, timedelta

import pytest

from horarium.kit.money import Money
from horarium.modules.messaging import formats
from horarium.modules.messaging.rules import (
    MessageKey,
    brand_colour,
    greeting_name,
    ink_on,
    instant_mark,
    language_of,
    one_line,
    reminder_due_at,
)

START = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def test_a_key_reads_back() -> None:
    key = MessageKey("booking_confirmed", "ord_x", instant_mark(START))
    assert MessageKey.parse(str(key)) == key
    assert instant_mark(START) != instant_mark(START + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("ahead", "hours", "due"),
    [
        (timedelta(hours=25), 24, START - timedelta(hours=24)),
        (timedelta(hours=24, minutes=59), 24, None),
        (timedelta(hours=2), 24, None),
        (timedelta(days=30), 0, None),
        (timedelta(hours=3), 2, START - timedelta(hours=2)),
    ],
)
def test_a_reminder_comes_only_when_it_is_an_hour_away(
    ahead: timedelta, hours: int, due: datetime | None
) -> None:
    assert reminder_due_at(START, hours, START - ahead) == due


def test_the_language_is_the_guests_then_the_business_s() -> None:
    assert language_of("es-CL", "ru") == "es"
    assert language_of("ru_RU", "es") == "ru"
    assert language_of("fr", "ru") == "ru"
    assert language_of("", "pt") == "en"


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Анна Петрова", "Анна Петрова"),
        ("Jean-Luc d’Arc", "Jean-Luc d’Arc"),
        ("Win money http://evil.example", ""),
        ("CALL 900 123 456", ""),
        ("evil.example", ""),
        ("<b>Anna</b>", ""),
        ("one two three four five", ""),
        ("a" * 41, ""),
    ],
)
def test_a_mail_greets_by_what_is_plainly_a_name(name: str, greeting: str) -> None:
    assert greeting_name(name) == greeting


def test_a_header_is_one_line() -> None:
    assert one_line("Salon\r\nBcc: all@example.org\u2028x") == "Salon Bcc: all@example.org x"


def test_a_colour_is_plain_and_readable() -> None:
    assert brand_colour("#AABBCC") == "#aabbcc"
    assert brand_colour("red;}") == "#17607a"
    assert (ink_on("#000000"), ink_on("#ffffff"), ink_on("#17607a")) == ("#ffffff", "#000000", "#ffffff")


def test_times_and_amounts_are_written_in_the_language_of_the_message() -> None:
    assert formats.day_text(START, "en") == "Tuesday, December 1, 2026"
    assert formats.day_text(START, "ru") == "Вторник, 1 декабря 2026\u202fг."
    assert formats.day_text(START, "es") == "Martes, 1 de diciembre de 2026"
    assert formats.span_text(START, START + timedelta(minutes=90), "ru") == "10:00–11:30"
    assert formats.money_text(Money(270000, "RUB"), "ru") == "2\u00a0700\u00a0₽"
    assert formats.money_text(Money(4500, "EUR"), "en") == "€45"
    assert formats.money_text(Money(4550, "EUR"), "es") == "45,50\u00a0€"
    assert formats.money_text(Money(25000, "CLP"), "es") == "25.000\u00a0CLP"
    assert formats.place_of_zone("Europe/Moscow", "ru") == "Москва"

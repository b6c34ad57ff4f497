"""What money, dates and times look like, in three languages."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from horarium.kit.money import Money
from horarium.web.components import formats
from horarium.web.components.brand import brand_of, contrast, ink_on

NBSP, THIN = "\u00a0", "\u202f"
START = datetime(2031, 5, 12, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "amount", "text"),
    [
        ("ru", Money(270000, "RUB"), f"2{NBSP}700{NBSP}₽"),
        ("ru", Money(270050, "RUB"), f"2{NBSP}700,50{NBSP}₽"),
        ("en", Money(270000, "RUB"), "₽2,700"),
        ("en", Money(129950, "EUR"), "€1,299.50"),
        ("en", Money(-500, "USD"), "\u2212$5"),
        ("es", Money(129950, "EUR"), f"1.299,50{NBSP}€"),
        ("es", Money(45000, "CLP"), f"45.000{NBSP}CLP"),
    ],
)
def test_money_is_written_as_the_person_writes_it(language: str, amount: Money, text: str) -> None:
    with translation.override(language):
        assert formats.money_text(amount) == text


def test_a_column_of_amounts_may_keep_the_minor_units() -> None:
    with translation.override("en"):
        assert formats.money_text(Money(270000, "EUR"), full=True) == "€2,700.00"
        assert formats.money_text(Money(2700, "CLP"), full=True) == f"CLP{NBSP}2,700"


def test_a_time_is_shown_in_the_zone_of_the_location() -> None:
    template = Template("{% load horarium %}{% when start zone %}")
    with translation.override("ru"):
        shown = template.render(Context({"start": START, "zone": "Asia/Kamchatka"}))
    assert shown == f'<time datetime="2031-05-12T23:00:00+12:00">пн, 12 мая 2031{THIN}г., 23:00</time>'


def test_a_range_says_the_day_once() -> None:
    with translation.override("ru"):
        assert formats.range_text(START, START + timedelta(minutes=90)).endswith("11:00\u201312:30")
        assert formats.range_text(START, datetime(2031, 5, 13, tzinfo=UTC)).count("мая") == 1
        assert formats.range_text(START, datetime(2031, 5, 13, 1, tzinfo=UTC)).count("мая") == 2


def test_a_duration_is_said_in_hours_and_minutes() -> None:
    with translation.override("en"):
        assert formats.duration_text(timedelta(minutes=90)) == "1 hr 30 min"
        assert formats.duration_text(timedelta(days=3)) == "3 days"
    with translation.override("en"):
        assert formats.time_text(time(14, 5)) == f"2:05{THIN}PM"


def test_the_text_on_a_brand_colour_always_reads() -> None:
    assert ink_on("#2f6f62") == "#fff"
    assert ink_on("#ffd400") == "#000"
    for step in range(0, 256, 5):
        grey = f"#{step:02x}{step:02x}{step:02x}"
        assert contrast(grey, {"#fff": "#ffffff", "#000": "#000000"}[ink_on(grey)]) >= 4.5


def test_a_brand_colour_that_is_not_one_never_reaches_the_page() -> None:
    assert brand_of("#12AB9f") == "#12ab9f"
    assert brand_of("red;}body{display:none") == "#17607a"
    assert brand_of(None) == "#17607a"

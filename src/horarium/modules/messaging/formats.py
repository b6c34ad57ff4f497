"""Dates, times and money in the language of a message, always in full: a mail is read on another day."""

from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.numbers import format_currency, get_currency_symbol

from horarium.kit.money import CURRENCIES, Money

# Signs that CLDR keeps for the home locale only, although everybody reads them.
_SIGNS: Final = {"RUB": "₽", "KZT": "₸", "UAH": "₴"}


def money_text(amount: Money, language: str) -> str:
    """`2 700 ₽`: minor units only when there are some."""
    locale, digits = Locale.parse(language), CURRENCIES[amount.currency]
    pattern = locale.currency_formats["standard"].pattern
    is_whole = amount.minor % 10**digits == 0
    if is_whole:
        pattern = pattern.replace("0.00", "0")
    sign = _SIGNS.get(amount.currency)
    if sign and get_currency_symbol(amount.currency, locale) == amount.currency:
        pattern = pattern.replace("¤", sign)
    return format_currency(
        Decimal(amount.minor).scaleb(-digits),
        amount.currency,
        format=pattern,
        locale=locale,
        currency_digits=not is_whole,
    )


def day_text(moment: datetime, language: str) -> str:
    """`Tuesday, December 1, 2026`."""
    text = format_date(moment, "full", locale=language)
    return text[:1].upper() + text[1:]


def short_moment_text(moment: datetime, language: str) -> str:
    """`Tue, Dec 1, 10:00 AM`, for a subject line."""
    return f"{format_skeleton('MMMEd', moment, locale=language)}, {time_text(moment, language)}"


def time_text(moment: datetime, language: str) -> str:
    return format_time(moment, "short", locale=language).replace("\u202f", "\u00a0")


def moment_text(moment: datetime, language: str) -> str:
    return f"{format_skeleton('yMMMMEd', moment, locale=language)}, {time_text(moment, language)}"


def span_text(starts: datetime, ends: datetime, language: str) -> str:
    """`10:00–11:30`; the day of the end only when it is another one."""
    if starts.date() == ends.date():
        return f"{time_text(starts, language)}–{time_text(ends, language)}"
    return f"{time_text(starts, language)} – {moment_text(ends, language)}"


def place_of_zone(zone: str, language: str) -> str:
    """The city that names a zone: `Moscow`, `Москва`."""
    return get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)

"""Money, dates and times in the person's language and the location's zone (Babel)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from django.utils import timezone
from django.utils.translation import get_language

from horarium.kit.money import CURRENCIES, Money
from horarium.kit.zones import zone as zone_of

# Signs that CLDR keeps for the home locale only, although everybody reads them.
_SIGNS: Final = {"RUB": "₽", "KZT": "₸", "UAH": "₴"}


def current_locale() -> Locale:
    return _locale(get_language() or "en")


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def money_text(amount: Money, *, full: bool = False) -> str:
    """`2 700 ₽`; minor units appear only when there are some, or always with `full`."""
    locale, digits = current_locale(), CURRENCIES[amount.currency]
    pattern = locale.currency_formats["standard"].pattern
    is_whole = amount.minor % 10**digits == 0
    if is_whole and not full:
        pattern = pattern.replace("0.00", "0")
    sign = get_currency_symbol(amount.currency, locale)
    if sign == amount.currency:
        sign = _SIGNS.get(sign, sign)
    if sign[-1].isalpha() and pattern.startswith("¤"):
        sign += "\u00a0"
    pattern = pattern.replace("¤", f"'{sign}'")
    return format_currency(
        Decimal(amount.minor).scaleb(-digits),
        amount.currency,
        format=pattern,
        locale=locale,
        currency_digits=full or not is_whole,
    ).replace("-", "\u2212")


def bare_amount(amount: Money) -> str:
    """Without its currency, which a cell of a month has no room for."""
    return str(format_decimal(amount.as_json()["amount"].removesuffix(".00"), locale=current_locale()))


def localized(instant: datetime, zone: ZoneInfo | str | None) -> datetime:
    """The wall-clock reading of an aware instant; without a zone, the current one."""
    if not zone:
        return timezone.localtime(instant)
    return instant.astimezone(zone_of(zone) if isinstance(zone, str) else zone)


def time_text(moment: datetime | time) -> str:
    return format_time(moment, "short", locale=current_locale())


def day_text(day: date, *, weekday: bool = True, long: bool = False) -> str:
    """`Tue, 12 May`, long `Tuesday, 12 May`; the year is said only when it is not the current one."""
    year = "" if day.year == timezone.localdate().year else "y"
    midnight = datetime.combine(day, time(), UTC)
    if not long:
        return format_skeleton(f"{year}MMM{'E' if weekday else ''}d", midnight, locale=current_locale())
    # CLDR has no pattern for the full weekday without the year, and the nearest one says it short.
    text = (
        format_date(day, "long", current_locale())
        if year
        else format_skeleton("MMMMd", midnight, locale=current_locale())
    )
    return f"{weekday_text(day)}, {text}" if weekday else text


def weekday_text(day: date, *, short: bool = False) -> str:
    return format_date(day, "EEE" if short else "EEEE", locale=current_locale())


def month_text(day: date) -> str:
    """`May 2026`, as a heading."""
    text = format_date(day, "LLLL y", locale=current_locale())
    return text[:1].upper() + text[1:]


def moment_text(moment: datetime) -> str:
    return f"{day_text(moment.date())}, {time_text(moment)}"


def range_text(start: datetime, end: datetime) -> str:
    """A half-open range on the wall: the day once when both ends share it."""
    if start.date() == (end - timedelta(microseconds=1)).date():
        return f"{moment_text(start)}\u2013{time_text(end)}"
    return f"{moment_text(start)} \u2013 {moment_text(end)}"


def relative_text(instant: datetime, *, now: datetime | None = None) -> str:
    """`in 5 minutes`, `3 days ago`."""
    delta = instant - (now or datetime.now(UTC))
    return format_timedelta(delta, add_direction=True, locale=current_locale())


def duration_text(duration: timedelta) -> str:
    """`1 hr 30 min`: whole hours and minutes, days from two days on."""
    minutes = round(duration.total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24) if hours >= 48 else (0, hours)
    parts = (_short(timedelta(days=days), "day"), _short(timedelta(hours=hours), "hour"))
    return " ".join(part for part in (*parts, _short(timedelta(minutes=minutes), "minute")) if part)


def _short(part: timedelta, unit: Literal["day", "hour", "minute"]) -> str:
    if not part:
        return ""
    return format_timedelta(part, unit, threshold=10_000, format="short", locale=current_locale())

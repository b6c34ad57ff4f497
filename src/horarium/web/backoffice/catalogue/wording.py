"""The catalogue in short words: durations, terms, hours of a week."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from horarium.kit.money import Money
from horarium.modules.catalog.models import Mode, Offering
from horarium.modules.pricing.models import PriceRule
from horarium.web.backoffice.entered import Entered, clock_of
from horarium.web.components.formats import duration_text, money_text, weekday_text

MONDAY: Final = date(2024, 1, 1)
BASES: Final[dict[str, str | Promise]] = {
    "flat": gettext_lazy("for the whole booking"),
    "per_hour": gettext_lazy("per hour"),
    "per_person": gettext_lazy("per person"),
    "per_person_hour": gettext_lazy("per person and hour"),
    "per_day": gettext_lazy("per day (24 hours begun)"),
    "per_person_day": gettext_lazy("per person and day"),
    "per_night": gettext_lazy("per night"),
    "per_person_night": gettext_lazy("per person and night"),
}
PREPAYMENTS: Final[dict[str, str | Promise]] = {
    "none": gettext_lazy("Nothing, paid on the spot"),
    "deposit_percent": gettext_lazy("A deposit in percent"),
    "deposit_fixed": gettext_lazy("A deposit of a fixed amount"),
    "full": gettext_lazy("The whole price"),
}
SHOWN_DURATIONS: Final = 3


def durations_text(durations: Sequence[int]) -> str:
    texts = [duration_text(timedelta(minutes=one)) for one in sorted(durations)]
    return ", ".join(texts) if len(texts) <= SHOWN_DURATIONS else f"{texts[0]} – {texts[-1]}"


def time_text(offering: Offering) -> str:
    """How long it takes, in one short line."""
    if offering.mode == Mode.STAY:
        times = clock_of(offering.check_in_minute), clock_of(offering.check_out_minute)
        return _("nights, %(in)s–%(out)s") % {"in": times[0], "out": times[1]}
    if offering.mode == Mode.SESSION:
        places = ngettext("%(count)d place", "%(count)d places", offering.capacity)
        return f"{durations_text(offering.durations)}, {places % {'count': offering.capacity}}"
    return durations_text(offering.durations)


def lowest_price(offering: Offering, prices: Sequence[PriceRule], currency: str) -> Money | None:
    """What the least that can be booked costs at the cheapest time; None where nothing has a price."""
    found = [
        _least(one, offering) for one in prices if one.extra_id is None and one.basis != "per_person_night"
    ]
    return Money(min(found), currency) if found else None


def _least(rule: PriceRule, offering: Offering) -> int:
    """What the shortest booking of the fewest people costs under this rule; of a stay one night, else one ticket."""
    if offering.mode != Mode.SLOT:
        return rule.amount_minor
    people = offering.party_min if rule.basis.startswith("per_person") else 1
    minutes = rule.duration or offering.durations[0]
    if rule.basis.endswith("_hour"):
        return rule.amount_minor * people * minutes // 60
    if rule.basis.endswith("_day"):
        return rule.amount_minor * people * -(-minutes // 1440)
    return rule.amount_minor * people


def terms_text(prepayment: str, deposit: int, currency: str) -> str:
    match prepayment:
        case "deposit_percent":
            return _("Deposit %(percent)s%%") % {"percent": deposit}
        case "deposit_fixed":
            return _("Deposit %(amount)s") % {"amount": money_text(Money(deposit, currency))}
        case "full":
            return _("Paid in full")
        case _:
            return _("Paid on the spot")


def weekday_name(weekday: int, *, short: bool = True) -> str:
    return weekday_text(MONDAY + timedelta(days=weekday), short=short)


def weekday_choices() -> list[tuple[int, str, str]]:
    """Number, short and full name, from Monday on."""
    return [(day, weekday_name(day), weekday_name(day, short=False)) for day in range(7)]


def interval_text(starts: int, ends: int) -> str:
    """`22:00–02:00` is over midnight; a whole day says so."""
    if ends - starts == 1440 and starts == 0:
        return _("round the clock")
    return f"{clock_of(starts)}–{'24:00' if ends == 1440 else clock_of(ends)}"


def week_text(rules: Iterable[tuple[int, int, int]]) -> list[str]:
    """`Mon–Fri 10:00–13:00, 14:00–20:00` of (weekday, starts, ends); days of equal hours stand together."""
    by_day: dict[int, list[tuple[int, int]]] = {day: [] for day in range(7)}
    for weekday, starts, ends in rules:
        by_day[weekday].append((starts, ends))
    hours = [", ".join(interval_text(*one) for one in sorted(by_day[day])) for day in range(7)]
    lines = []
    for text, days in itertools.groupby(range(7), key=lambda day: hours[day]):
        span = list(days)
        name = weekday_name(span[0])
        if len(span) > 1:
            name = f"{name}–{weekday_name(span[-1])}"
        lines.append(f"{name} {text or _('closed')}")
    return lines


def digests_of(entered: Entered, currency: str) -> dict[str, str]:
    """What each section of an offering's form says while it is folded."""
    needs, extras, prices = (len(entered.rows(part)) for part in ("needs", "extras", "prices"))
    first = entered.rows("prices")[0].value if prices else {}
    amount = f"{first.get('amount', '')} {currency}" if first.get("amount") else ""
    return {
        "time": _durations_digest(entered),
        "needs": ngettext("%(count)d requirement", "%(count)d requirements", needs) % {"count": needs},
        "extras": ngettext("%(count)d extra", "%(count)d extras", extras) % {"count": extras}
        if extras
        else _("none"),
        "prices": (ngettext("%(count)d rule", "%(count)d rules", prices) % {"count": prices})
        if prices > 1
        else amount or _("free of charge"),
        "payment": str(PREPAYMENTS.get(entered.text("prepayment"), "")),
    }


def _durations_digest(entered: Entered) -> str:
    if entered.text("mode") == Mode.STAY:
        return _("in from %(in)s, out by %(out)s") % {
            "in": entered.text("check_in"),
            "out": entered.text("check_out"),
        }
    match entered.text("duration_kind"):
        case "range":
            ends = entered.text("duration_from"), entered.text("duration_to")
            return _("%(from)s–%(to)s min") % {"from": ends[0], "to": ends[1]}
        case "several":
            return _("%(minutes)s min") % {"minutes": entered.text("durations")}
        case _:
            return _("%(minutes)s min") % {"minutes": entered.text("duration")}

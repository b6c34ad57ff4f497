"""Conditions of prices and limits in short words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from horarium.modules.availability.rules.restrictions import ENDLESS, DateRules
from horarium.modules.catalog.models import RatePlan, Restriction
from horarium.modules.catalog.rules import Tier
from horarium.web.components.formats import day_text

from .policy_words import tiers_text
from .wording import terms_text, weekday_name


def dates_text(first: date | None, last: date | None) -> str:
    """`1 Jun – 31 Aug`, or one end of it; empty for any date."""
    if first and last:
        if first == last:
            return day_text(first, weekday=False)
        return f"{day_text(first, weekday=False)} – {day_text(last, weekday=False)}"
    if first:
        return _("from %(date)s") % {"date": day_text(first, weekday=False)}
    return _("until %(date)s") % {"date": day_text(last, weekday=False)} if last else ""


def weekdays_text(weekdays: Collection[int]) -> str:
    """`Fri, Sat`; three and more that follow each other as `Mon–Thu`; empty for all."""
    days = sorted(weekdays)
    if not days or len(days) == 7:
        return ""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{weekday_name(days[0])}–{weekday_name(days[-1])}"
    return ", ".join(weekday_name(one) for one in days)


def nights_text(least: int | None, most: int | None) -> str:
    """`from 3 nights`; empty for any length."""
    if least and most:
        if least == most:
            return nights_count(least)
        return _("%(from)s–%(to)s nights") % {"from": least, "to": most}
    if least:
        return _("from %(nights)s") % {"nights": nights_of(least)}
    return _("up to %(nights)s") % {"nights": nights_of(most)} if most else ""


def nights_count(count: int) -> str:
    return ngettext("%(count)d night", "%(count)d nights", count) % {"count": count}


def nights_of(count: int) -> str:
    """After "from" and "up to": some languages decline it."""
    text = npgettext("after a preposition", "%(count)d night", "%(count)d nights", count)
    return text % {"count": count}


def ages_text(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return _("extra guest")
    if last is None:
        return _("from %(age)s years") % {"age": first}
    return _("%(from)s–%(to)s years") % {"from": first or 0, "to": last}


def plan_terms_text(plan: RatePlan, currency: str) -> str:
    """What differs from the offering: payment and terms of cancelling."""
    found = []
    if plan.prepayment:
        found.append(terms_text(plan.prepayment, plan.deposit_value, currency) + ".")
    if plan.policy:
        tiers = [Tier(**one) for one in plan.policy.cancellation]
        found.append(_("Cancelling: %(terms)s") % {"terms": tiers_text(tiers, currency)})
    return " ".join(found)


def limits_texts(rules: DateRules) -> list[tuple[str, str, str]]:
    """What holds on a date: the kind of each limit, its words, and its number for where there is no room for words."""
    if rules.is_closed:
        return [("closed", _("closed"), "")]
    found = []
    if rules.min_nights > 1:
        number = str(rules.min_nights)
        found.append(("min", _("at least %(count)s") % {"count": number}, number))
    if rules.min_nights_on_arrival > max(1, rules.min_nights):
        number = str(rules.min_nights_on_arrival)
        found.append(("arrival-min", _("arriving: at least %(count)s") % {"count": number}, number))
    if rules.max_nights < ENDLESS:
        number = str(rules.max_nights)
        found.append(("max", _("at most %(count)s") % {"count": number}, number))
    if rules.closed_to_arrival:
        found.append(("no-arrival", _("no arrival"), ""))
    if rules.closed_to_departure:
        found.append(("no-departure", _("no departure"), ""))
    return found


def row_texts(row: Restriction) -> list[str]:
    """Everything that one restriction says."""
    found = [_("not sold")] if row.is_closed else []
    if row.min_nights:
        found.append(_("at least %(nights)s") % {"nights": nights_count(row.min_nights)})
    if row.min_nights_on_arrival:
        nights = nights_count(row.min_nights_on_arrival)
        found.append(_("arriving then: at least %(nights)s") % {"nights": nights})
    if row.max_nights:
        found.append(_("at most %(nights)s") % {"nights": nights_count(row.max_nights)})
    if row.closed_to_arrival:
        found.append(_("no arrival"))
    if row.closed_to_departure:
        found.append(_("no departure"))
    return found

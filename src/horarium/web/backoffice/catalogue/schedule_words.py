"""Schedules and sessions in short words."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from horarium.modules.availability.actions_schedules import Filled, SavedSchedule
from horarium.modules.availability.models import Schedule
from horarium.web.backoffice.entered import clock_of
from horarium.web.components.formats import day_text, duration_text
from horarium.web.components.reasons import reason_text

from .rate_words import dates_text, weekdays_text

SHOWN_DATES = 3


def when_text(schedule: Schedule) -> str:
    """`Mon–Fri 10:00`, `3 dates, 10:00`, or both."""
    parts = []
    if schedule.weekdays:
        parts.append(weekdays_text(schedule.weekdays) or _("every day"))
    if schedule.dates:
        count = len(schedule.dates)
        if count <= SHOWN_DATES:
            parts.append(", ".join(day_text(one, weekday=False) for one in sorted(schedule.dates)))
        else:
            parts.append(ngettext("%(count)d date", "%(count)d dates", count) % {"count": count})
    return f"{' + '.join(parts)}, {clock_of(schedule.starts_minute)}"


def season_text(schedule: Schedule) -> str:
    if not schedule.weekdays:
        return ""
    text = dates_text(schedule.first_on, schedule.last_on)
    if schedule.except_on:
        count = len(schedule.except_on)
        text += ", " + ngettext("but %(count)d date", "but %(count)d dates", count) % {"count": count}
    return text


def length_text(minutes: int) -> str:
    return duration_text(timedelta(minutes=minutes))


def saved_text(saved: SavedSchedule) -> tuple[str, str]:
    """What saving a schedule has done, in sentences, and the hue of the news."""
    filled = saved.filled
    parts = [_made_text(filled)]
    if filled.unseated:
        parts.append(_unseated_text(filled))
    if filled.sold:
        count = len(filled.sold)
        parts.append(
            ngettext(
                "%(count)d session with guests stays as it was: change or cancel it by itself.",
                "%(count)d sessions with guests stay as they were: change or cancel them one by one.",
                count,
            )
            % {"count": count}
        )
    return " ".join(parts), "warn" if filled.unseated or filled.sold else "ok"


def _made_text(filled: Filled) -> str:
    counts = (
        (filled.created, ngettext("%(count)d session made", "%(count)d sessions made", filled.created)),
        (filled.moved, ngettext("%(count)d moved", "%(count)d moved", filled.moved)),
        (filled.dropped, ngettext("%(count)d removed", "%(count)d removed", filled.dropped)),
    )
    texts = [text % {"count": count} for count, text in counts if count]
    return (", ".join(texts) if texts else _("Schedule saved")) + "."


def _unseated_text(filled: Filled) -> str:
    days: list[date] = [day for day, _reason in filled.unseated]
    shown = ", ".join(day_text(one) for one in days[:SHOWN_DATES])
    text = ngettext(
        "%(count)d date has no new session, because something it needs is not free: %(days)s",
        "%(count)d dates have no new session, because something they need is not free: %(days)s",
        len(days),
    ) % {"count": len(days), "days": shown}
    more = "…" if len(days) > SHOWN_DATES else "."
    return f"{text}{more} {reason_text(str(filled.unseated[0][1]))}"

"""Price lines and terms as people read them: the same words before the booking and after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from horarium.kit.money import Money
from horarium.modules.catalog.rules import OfferingFacts, translated
from horarium.web.components.formats import duration_text, moment_text


@dataclass(frozen=True, slots=True)
class PriceLine:
    label: str
    note: str
    amount: Money


def price_lines(
    lines: Iterable[Mapping[str, Any]], offering: OfferingFacts, currency: str
) -> list[PriceLine]:
    """The lines of a quote (`as_json`) or of a booking's frozen price, in the reader's language."""
    language = get_language() or "en"
    extras = {
        extra.public_id: translated(extra.translations, "name", language, extra.name)
        for extra in offering.extras
    }
    found = []
    for line in lines:
        extra, minutes, quantity = line.get("extra", ""), line.get("minutes"), line.get("quantity")
        label = extras.get(str(extra)) or (line["label"] if extra else offering.text("name", language))
        notes = [str(line["label"])] if line["label"] and not extra else []
        notes += [duration_text(timedelta(minutes=minutes))] if minutes else []
        notes += [f"× {quantity}"] if quantity and quantity > 1 else []
        found.append(PriceLine(str(label), ", ".join(notes), Money(line["minor"], currency)))
    return found


def cancellation_text(
    free_hours: int, start: datetime | None, now: datetime, *, is_prepaid: bool = True
) -> str:
    """What cancelling will cost. `start` is in the location's zone; without it, the rule itself.

    Where nothing is paid before, nothing can be kept.
    """
    if not is_prepaid:
        return _rule_text(0)
    if start is None:
        return _rule_text(free_hours)
    until = start - timedelta(hours=free_hours)
    if now > until:
        return _("Cancellation at this short notice keeps what has been paid.")
    return _("Free cancellation until %(moment)s.") % {"moment": moment_text(until)}


def _rule_text(free_hours: int) -> str:
    if not free_hours:
        return _("Free cancellation until the start.")
    if free_hours % 24 == 0:
        days = free_hours // 24
        return ngettext(
            "Free cancellation up to %(count)d day before the start.",
            "Free cancellation up to %(count)d days before the start.",
            days,
        ) % {"count": days}
    return ngettext(
        "Free cancellation up to %(count)d hour before the start.",
        "Free cancellation up to %(count)d hours before the start.",
        free_hours,
    ) % {"count": free_hours}

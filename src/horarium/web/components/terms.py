"""Price lines and terms as people read them: the same words before the booking and after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from horarium.kit.money import Money
from horarium.modules.catalog.rules import OfferingFacts, PaymentTerms, Terms, Tier, translated
from horarium.modules.pricing.rules import label_in
from horarium.web.components.formats import duration_text, moment_text, money_text


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
    tickets = {one.public_id: one.text("name", language) for one in offering.ticket_types}
    found = []
    for line in lines:
        if line.get("kind") == "agreed":
            found.append(PriceLine(_("Agreed price"), "", Money(line["minor"], currency)))
            continue
        named = str(line.get("extra") or line.get("ticket") or "")
        label = extras.get(named) or tickets.get(named)
        label = label or (line["label"] if named else offering.text("name", language))
        notes = [label_in(line, language)] if line["label"] and not named else []
        notes += _amounts(line)
        quantity = line.get("quantity")
        if quantity and line.get("nights") and not named:
            notes.append(
                ngettext("%(count)d more guest", "%(count)d more guests", quantity) % {"count": quantity}
            )
        elif quantity and quantity > 1:
            notes.append(f"× {quantity}")
        found.append(PriceLine(str(label), ", ".join(notes), Money(line["minor"], currency)))
    return found


def _amounts(line: Mapping[str, Any]) -> list[str]:
    """How much time a line is for."""
    minutes, days, nights = line.get("minutes"), line.get("days"), line.get("nights")
    found = [duration_text(timedelta(minutes=minutes))] if minutes else []
    if days:
        found.append(ngettext("%(count)d day", "%(count)d days", days) % {"count": days})
    if nights:
        found.append(ngettext("%(count)d night", "%(count)d nights", nights) % {"count": nights})
    return found


def sale_terms_text(terms: PaymentTerms, currency: str, start: datetime | None, now: datetime) -> str:
    """`cancellation_text` of what is on sale on these terms."""
    return cancellation_text(terms.policy, currency, start, now, is_prepaid=terms.prepayment != "none")


def cancellation_text(
    policy: Terms, currency: str, start: datetime | None, now: datetime, *, is_prepaid: bool = True
) -> str:
    """What cancelling will cost, tier by tier. `start` is in the location's zone; without it, the rule itself.

    Where nothing is paid before, nothing can be kept.
    """
    tiers = policy.cancellation if is_prepaid else (Tier(0),)
    if not tiers:
        return _("Only the business can cancel this.")
    if len(tiers) == 1 and tiers[0].percent == 100:
        return _("Cancelling keeps what has been paid.")
    if start is None:
        return " ".join(_rule_text(number, one, currency) for number, one in enumerate(tiers))
    ahead = [one for one in tiers if now <= start - timedelta(minutes=one.minutes)]
    if not ahead:
        return _("Cancellation at this short notice keeps what has been paid.")
    return " ".join(_step_text(number, one, currency, start) for number, one in enumerate(ahead))


def fee_text(tier: Tier, currency: str) -> str:
    """What a tier asks for: `50% of the price`, a sum, or both."""
    share = _("%(percent)d%% of the price") % {"percent": tier.percent} if tier.percent else ""
    amount = money_text(Money(tier.minor, currency)) if tier.minor else ""
    if share and amount:
        return _("%(share)s and %(amount)s") % {"share": share, "amount": amount}
    return share or amount


def _step_text(number: int, tier: Tier, currency: str, start: datetime) -> str:
    if tier.is_free:
        until = start - timedelta(minutes=tier.minutes)
        return _("Free cancellation until %(moment)s.") % {"moment": moment_text(until)}
    if tier.minutes:
        moment = moment_text(start - timedelta(minutes=tier.minutes))
        return _("Until %(moment)s cancelling costs %(fee)s.") % {
            "moment": moment,
            "fee": fee_text(tier, currency),
        }
    return _last_text(number, tier, currency)


def _rule_text(number: int, tier: Tier, currency: str) -> str:
    if tier.is_free:
        return _free_text(tier.minutes)
    if tier.minutes:
        return _("Up to %(span)s before the start cancelling costs %(fee)s.") % {
            "span": duration_text(timedelta(minutes=tier.minutes)),
            "fee": fee_text(tier, currency),
        }
    return _last_text(number, tier, currency)


def _last_text(number: int, tier: Tier, currency: str) -> str:
    """Of the tier that lasts until the start. `number`: how many come before it."""
    if tier.percent == 100:
        if number:
            return _("After that what has been paid is kept.")
        return _("Cancellation at this short notice keeps what has been paid.")
    fee = fee_text(tier, currency)
    if number:
        return _("After that cancelling costs %(fee)s.") % {"fee": fee}
    return _("Cancelling costs %(fee)s.") % {"fee": fee}


def _free_text(minutes: int) -> str:
    if not minutes:
        return _("Free cancellation until the start.")
    if minutes % 1440 == 0:
        return ngettext(
            "Free cancellation up to %(count)d day before the start.",
            "Free cancellation up to %(count)d days before the start.",
            minutes // 1440,
        ) % {"count": minutes // 1440}
    if minutes % 60 == 0:
        return ngettext(
            "Free cancellation up to %(count)d hour before the start.",
            "Free cancellation up to %(count)d hours before the start.",
            minutes // 60,
        ) % {"count": minutes // 60}
    span = duration_text(timedelta(minutes=minutes))
    return _("Free cancellation up to %(span)s before the start.") % {"span": span}

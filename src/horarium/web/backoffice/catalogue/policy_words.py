"""Terms of cancelling, rescheduling and not coming in one short line each, for those who write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from babel.numbers import format_percent
from django.utils.translation import gettext as _

from horarium.kit.money import Money
from horarium.modules.catalog.rules import Tier
from horarium.web.components.formats import current_locale, duration_text, money_text


def tiers_text(tiers: Sequence[Tier], currency: str) -> str:
    """`Free until 2 days before, 50% until 1 day before, then the whole price.`"""
    if not tiers:
        return _("Not possible.")
    if len(tiers) == 1 and not tiers[0].minutes:
        return _sentence([_("%(fee)s until the start") % {"fee": fee_text(tiers[0], currency)}])
    pieces = []
    for one in tiers:
        fee = fee_text(one, currency)
        if one.minutes:
            time = duration_text(timedelta(minutes=one.minutes))
            pieces.append(_("%(fee)s until %(time)s before") % {"fee": fee, "time": time})
        else:
            pieces.append(_("then %(fee)s") % {"fee": fee})
    if tiers[-1].minutes:
        pieces.append(_("then not possible"))
    return _sentence(pieces)


def fee_text(tier: Tier, currency: str) -> str:
    """`free`, `50%`, `€10`, `50% + €10` or `the whole price`."""
    if tier.is_free:
        return _("free")
    if tier.percent == 100:
        return _("the whole price")
    amounts = [format_percent(tier.percent / 100, locale=current_locale())] if tier.percent else []
    amounts += [money_text(Money(tier.minor, currency))] if tier.minor else []
    return " + ".join(amounts)


def no_show_text(tier: Tier, currency: str) -> str:
    """What is kept of the price when nobody comes."""
    return _sentence([fee_text(tier, currency)])


def _sentence(pieces: Sequence[str]) -> str:
    text = ", ".join(pieces)
    return f"{text[:1].upper()}{text[1:]}."

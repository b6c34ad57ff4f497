"""Filters of the back office's screens."""

from datetime import datetime
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from horarium.modules.catalog.rules import OfferingFacts
from horarium.modules.customers.rules import phone_text as readable_phone
from horarium.web.components.formats import localized, moment_text, time_text

register = template.Library()

_FLAGS: Final[dict[str, str | Promise]] = {
    "late_refunded": _("Came too late, given back"),
    "excess_refunded": _("Too much, given back"),
    "amount_mismatch": _("Other amount than asked"),
    "currency_mismatch": _("Other currency than asked"),
    "order_mismatch": _("Belongs to another order"),
    "gateway_mismatch": _("Reported by another gateway"),
    "refund_failed": _("Refund failed"),
}


@register.filter
def minutes_until(start: datetime, end: datetime) -> int:
    """Whole minutes between two instants."""
    return int((end - start).total_seconds() // 60)


@register.simple_tag
def offering_name(offering: OfferingFacts) -> str:
    """The name of an offering in the reader's language."""
    return offering.text("name", get_language() or "en")


@register.filter
def phone_text(phone: str) -> str:
    """An E.164 number as people read it."""
    return readable_phone(phone) if phone.startswith("+") else phone


@register.filter
def flag_word(flag: str) -> str:
    """Why a payment needs a look."""
    return str(_FLAGS.get(flag, flag.replace("_", " ")))


@register.filter
def if_any(condition: object, text: str) -> str:
    """The text where the condition holds, for attributes that must be left out otherwise."""
    return text if condition else ""


@register.filter
def pair(one: object, other: object) -> tuple[object, object]:
    """Two things to loop over."""
    return one, other


@register.filter
def clock(instant: datetime, zone: str) -> str:
    """The time of an instant on the wall of a place, inside of a sentence."""
    return time_text(localized(instant, zone))


@register.filter
def moment(instant: datetime, zone: str) -> str:
    """Day and time of an instant on the wall of a place, inside of a sentence."""
    return moment_text(localized(instant, zone))

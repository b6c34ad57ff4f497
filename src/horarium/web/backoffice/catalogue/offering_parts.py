"""The repeated parts of an offering's form: requirements, extras and price rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from horarium.kit.money import Money
from horarium.modules.catalog.actions import ExtraDraft, NeedDraft
from horarium.modules.catalog.models import Extra, Offering
from horarium.modules.pricing.actions import PriceDraft
from horarium.modules.pricing.models import PriceRule
from horarium.platform.tenancy.rules import LANGUAGES
from horarium.web.backoffice.entered import Entered, Row, clock_of

from .languages import read_names, typed_names
from .price_drafts import plain_price

_EXTRA: Final = ("max_quantity", "extends_before", "extends_after")


@dataclass(frozen=True, slots=True)
class TypedPrice:
    """`place` is where it was typed; its extra may be a number among the extras sent along (`#0`)."""

    place: str
    price: PriceDraft

    def draft(self, extra_ids: Sequence[str]) -> PriceDraft:
        extra = self.price.extra
        if not extra.startswith("#"):
            return self.price
        number = int(extra[1:]) if extra[1:].isdigit() else len(extra_ids)
        return replace(self.price, extra=extra_ids[number] if number < len(extra_ids) else extra)


def typed_needs(offering: Offering, extras: Sequence[Extra]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    known = {one.pk: one.public_id for one in extras}
    needs = [one for one in offering.requirements.all() if one.extra_id is None or one.extra_id in known]
    for number, need in enumerate(needs):
        chosen = [one.resource or one.pool for one in need.choices.all()]
        choices = [one.public_id for one in chosen if one is not None]
        row = {
            "id": need.public_id, "label": need.label, "quantity": need.quantity, "choices": choices,
            "from_minute": need.from_minute or "", "until_minute": need.until_minute, "is_choosable": need.is_choosable,
            "is_per_person": need.is_per_person, "extra": known.get(need.extra_id or 0, ""),
        }  # fmt: skip
        values |= {f"needs.{number}.{name}": value for name, value in row.items()}
    return values


def typed_extras(extras: Sequence[Extra], prices: Sequence[PriceRule], currency: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for number, extra in enumerate(extras):
        only = plain_price(extra, prices)
        row = {
            **{name: getattr(extra, name) for name in _EXTRA},
            "product": extra.product.public_id if extra.product else "",
            "needs_offering": extra.needs_offering.public_id if extra.needs_offering else "",
            "id": extra.public_id, "name": extra.name, "summary": extra.summary,
            "basis": only.basis if only else "flat",
            "amount": Money(only.amount_minor, currency).as_text() if only else "",
        }  # fmt: skip
        row |= {
            f"{field}_{code}": text
            for code, texts in extra.translations.items()
            for field, text in texts.items()
        }
        values |= {f"extras.{number}.{name}": value for name, value in row.items()}
    return values


def typed_prices(prices: Sequence[PriceRule], extras: Sequence[Extra], currency: str) -> dict[str, Any]:
    """Without those that stand beside their extra."""
    values: dict[str, Any] = {}
    of_extras = {extra.pk: extra for extra in extras}
    shown = [
        one
        for one in prices
        if one.extra_id is None
        or (one.extra_id in of_extras and plain_price(of_extras[one.extra_id], prices) is None)
    ]
    for number, rule in enumerate(shown):
        row = {
            "id": rule.public_id, "name": rule.name, "basis": rule.basis, "duration": rule.duration,
            "amount": Money(rule.amount_minor, currency).as_text(), "priority": rule.priority,
            "extra": of_extras[rule.extra_id].public_id if rule.extra_id else "", "weekdays": rule.weekdays,
            "from_minute": clock_of(rule.from_minute), "until_minute": clock_of(rule.until_minute),
            "valid_from": rule.valid_from, "valid_until": rule.valid_until, **typed_names(rule.translations),
        }  # fmt: skip
        values |= {f"prices.{number}.{name}": value for name, value in row.items()}
    return values


def read_needs(entered: Entered) -> list[NeedDraft]:
    entered.renumber("needs")
    found = []
    for row in entered.rows("needs"):
        at = row.prefix
        if not entered.many(f"{at}.choices"):
            entered.wrong(f"{at}.choices", _("Choose at least one."))
        found.append(
            NeedDraft(
                choices=tuple(dict.fromkeys(entered.many(f"{at}.choices"))),
                label=entered.text(f"{at}.label"),
                quantity=entered.whole(f"{at}.quantity") or 1,
                from_minute=entered.whole(f"{at}.from_minute") or 0,
                until_minute=entered.whole(f"{at}.until_minute") or None,
                is_choosable=entered.flag(f"{at}.is_choosable"),
                is_per_person=entered.flag(f"{at}.is_per_person"),
                extra=entered.text(f"{at}.extra"),
                id=entered.text(f"{at}.id"),
            )
        )
    return found


def read_extras(entered: Entered, own: str, *, with_time: bool) -> list[ExtraDraft]:
    """`with_time`: whether an extra may make the booking longer."""
    entered.renumber("extras")
    found = []
    for row in entered.rows("extras"):
        if not entered.text(f"{row.prefix}.name"):
            entered.wrong(f"{row.prefix}.name", _("This is needed."))
        found.append(_extra(entered, row.prefix, own, with_time=with_time))
    return found


def read_prices(entered: Entered, currency: str, own: str) -> list[TypedPrice]:
    """The price list, and after it the plain prices of extras. `own`: the language of the business."""
    entered.renumber("prices")
    found = [TypedPrice(row.prefix, _price(entered, row, currency, own)) for row in entered.rows("prices")]
    for number, row in enumerate(entered.rows("extras")):
        minor = entered.money(f"{row.prefix}.amount", currency)
        if minor is not None:
            basis = entered.text(f"{row.prefix}.basis") or "flat"
            extra = entered.text(f"{row.prefix}.id") or f"#{number}"
            found.append(TypedPrice(row.prefix, PriceDraft(basis, minor, extra=extra)))
    return found


def remove_extra(entered: Entered, number: int) -> None:
    """Requirements and prices that named it are for the offering itself again; later extras move up."""
    gone = entered.text(f"extras.{number}.id")
    entered.remove_row("extras", number)
    for part in ("needs", "prices"):
        for row in entered.rows(part):
            name, text = f"{row.prefix}.extra", row.value.get("extra", "")
            if (gone and text == gone) or text == f"#{number}":
                entered.put(name, "")
            elif text.startswith("#") and text[1:].isdigit() and int(text[1:]) > number:
                entered.put(name, f"#{int(text[1:]) - 1}")


def _extra(entered: Entered, at: str, own: str, *, with_time: bool) -> ExtraDraft:
    translations = {
        code: {field: text for field in ("name", "summary") if (text := entered.text(f"{at}.{field}_{code}"))}
        for code in LANGUAGES
        if code != own
    }
    return ExtraDraft(
        name=entered.text(f"{at}.name"),
        summary=entered.text(f"{at}.summary"),
        translations={code: texts for code, texts in translations.items() if texts},
        max_quantity=entered.whole(f"{at}.max_quantity") or 1,
        extends_before=(entered.whole(f"{at}.extends_before") or 0) if with_time else 0,
        extends_after=(entered.whole(f"{at}.extends_after") or 0) if with_time else 0,
        product=entered.text(f"{at}.product"),
        needs_offering=entered.text(f"{at}.needs_offering"),
        id=entered.text(f"{at}.id"),
    )


def _price(entered: Entered, row: Row, currency: str, own: str) -> PriceDraft:
    at = row.prefix
    until = entered.minute(f"{at}.until_minute")
    priority = entered.text(f"{at}.priority")
    if priority and not priority.removeprefix("-").isdigit():
        entered.wrong(f"{at}.priority", _("A whole number."))
        priority = ""
    return PriceDraft(
        basis=entered.text(f"{at}.basis"),
        amount_minor=entered.money(f"{at}.amount", currency, needed=True) or 0,
        name=entered.text(f"{at}.name"),
        extra=entered.text(f"{at}.extra"),
        duration=entered.whole(f"{at}.duration"),
        weekdays=tuple(int(one) for one in entered.many(f"{at}.weekdays") if one.isdigit()),
        from_minute=entered.minute(f"{at}.from_minute"),
        until_minute=1440 if until == 0 else until,
        valid_from=entered.day(f"{at}.valid_from"),
        valid_until=entered.day(f"{at}.valid_until"),
        priority=int(priority or 0),
        id=entered.text(f"{at}.id"),
        translations=read_names(entered, f"{at}.", own),
    )

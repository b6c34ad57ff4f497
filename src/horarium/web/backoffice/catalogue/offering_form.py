"""The form of an offering: what stands in the catalogue as if it had been typed, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from django.db import transaction
from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.catalog.actions import OfferingFields, create_offering, update_offering
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.rules import duration_range
from horarium.modules.pricing.actions import set_prices
from horarium.modules.pricing.models import PriceRule
from horarium.web.backoffice.entered import Entered, clock_of, minute_of, refusal_text
from horarium.web.backoffice.shell import Office

from .languages import read_translations, typed_translations
from .offering_parts import read_extras, read_needs, read_prices, typed_extras, typed_needs, typed_prices

TEXTS: Final = ("name", "summary", "description")
UNITS: Final = {"minutes": 1, "hours": 60, "days": 1440}
_PLAIN: Final = (
    "slug", "grid_minutes", "buffer_before", "buffer_after", "horizon_days", "party_min", "party_max", "prepayment",
    "hold_minutes", "needs_approval", "cancel_free_hours", "is_public",
)  # fmt: skip
_NAMES: Final = {"lead_minutes": "lead", "durations": "duration"}


def blank_form(office: Office) -> Entered:
    """A new offering of an hour, with one requirement and one price to fill in."""
    entered = Entered.of(
        {
            "location": office.locations[0].public_id if office.locations else "",
            "duration_kind": "fixed", "duration": 60, "starts_kind": "grid", "buffer_before": 0, "buffer_after": 0,
            "party_min": 1, "party_max": 1, "prepayment": "none", "is_public": True, "lead_unit": "hours",
        }
    )  # fmt: skip
    entered.add_row("needs", quantity="1")
    entered.add_row("prices", basis="flat", priority="0")
    return entered


def form_of(offering: Offering, prices: Sequence[PriceRule], currency: str) -> Entered:
    values: dict[str, Any] = {name: getattr(offering, name) for name in (*TEXTS, *_PLAIN)}
    values |= {
        "location": offering.location.public_id,
        "category": offering.category.public_id if offering.category else "",
        "photo": offering.photo.public_id if offering.photo else "",
        "starts_kind": "fixed" if offering.fixed_starts else "grid",
        "fixed_starts": ", ".join(clock_of(one) for one in sorted(offering.fixed_starts)),
    }
    values |= typed_translations(offering.translations)
    values |= _typed_durations(offering.durations) | _typed_lead(offering.lead_minutes)
    if offering.prepayment == "deposit_percent":
        values["deposit_percent"] = offering.deposit_value
    elif offering.prepayment == "deposit_fixed":
        values["deposit_amount"] = Money(offering.deposit_value, currency).as_text()
    extras = [one for one in offering.extras.all() if one.is_active]
    values |= typed_needs(offering, extras)
    values |= typed_extras(extras, prices, currency) | typed_prices(prices, extras, currency)
    return Entered.of(values)


def save(office: Office, entered: Entered, offering_id: str = "") -> Offering | None:
    """Create or change the offering with its prices, all or nothing. None when something is wrong."""
    fields = _read(entered, office)
    prices = read_prices(entered, office.business.currency)
    if entered.errors:
        return None
    business_id = office.business.pk
    try:
        with transaction.atomic():
            if offering_id:
                offering = update_offering(business_id, offering_id, office.actor, **fields)
            else:
                offering = create_offering(business_id, office.actor, **fields)
            extras = offering.extras.filter(is_active=True).order_by("position", "id")
            ids = list(extras.values_list("public_id", flat=True))
            set_prices(business_id, offering.public_id, [one.draft(ids) for one in prices], office.actor)
    except InvalidInput as error:
        entered.wrong(
            _place(error.field or "name", entered, [one.place for one in prices]), refusal_text(error)
        )
        return None
    return offering


def _place(field: str, entered: Entered, places: Sequence[str]) -> str:
    """The control that a field of the actions stands for."""
    part, _dot, rest = field.partition(".")
    if part == "prices" and rest:
        number, _dot, name = rest.partition(".")
        return f"{places[int(number)]}.{'amount' if name == 'amount_minor' else name}"
    if field == "deposit_value":
        return "deposit_percent" if entered.text("prepayment") == "deposit_percent" else "deposit_amount"
    if field == "durations":
        return {"several": "durations", "range": "duration_from"}.get(
            entered.text("duration_kind"), "duration"
        )
    return _NAMES.get(field, field)


def _read(entered: Entered, office: Office) -> OfferingFields:
    fields: dict[str, Any] = {name: entered.text(name) for name in TEXTS}
    if not fields["name"]:
        entered.wrong("name", _("This is needed."))
    fields |= {name: entered.text(name) for name in ("location", "category", "photo", "prepayment")}
    if entered.text("slug"):
        fields["slug"] = entered.text("slug")
    own = office.business.default_language
    fields["translations"] = read_translations(entered, own, TEXTS)
    for name in ("needs_approval", "is_public"):
        fields[name] = entered.flag(name)
    for name in ("grid_minutes", "horizon_days", "hold_minutes", "cancel_free_hours"):
        fields[name] = entered.whole(name)
    for name in ("buffer_before", "buffer_after"):
        fields[name] = entered.whole(name) or 0
    for name in ("party_min", "party_max"):
        fields[name] = entered.whole(name) or 1
    fields["durations"] = _durations(entered)
    fields["fixed_starts"] = _starts(entered) if entered.text("starts_kind") == "fixed" else []
    lead = entered.whole("lead")
    fields["lead_minutes"] = None if lead is None else lead * UNITS.get(entered.text("lead_unit"), 1)
    fields["deposit_value"] = _deposit(entered, office.business.currency)
    fields["extras"] = read_extras(entered, own)
    fields["needs"] = read_needs(entered)
    return cast(OfferingFields, fields)


def _durations(entered: Entered) -> list[int]:
    kind = entered.text("duration_kind")
    if kind == "several":
        return _numbers(entered, "durations")
    if kind == "range":
        shortest, longest, step = (
            entered.whole(name, needed=True) for name in ("duration_from", "duration_to", "duration_step")
        )
        if shortest is None or longest is None or step is None:
            return []
        try:
            return duration_range(shortest, longest, step)
        except InvalidInput as error:
            entered.wrong("duration_to", refusal_text(error))
            return []
    minutes = entered.whole("duration", needed=True)
    return [] if minutes is None else [minutes]


def _numbers(entered: Entered, name: str) -> list[int]:
    pieces = entered.text(name).replace(";", ",").replace(",", " ").split()
    if not pieces or any(not (one.isascii() and one.isdigit()) or len(one) > 5 for one in pieces):
        entered.wrong(name, _("Minutes with commas between them, such as 60, 90, 120."))
        return []
    return [int(one) for one in pieces]


def _starts(entered: Entered) -> list[int]:
    minutes = [minute_of(one) for one in entered.text("fixed_starts").replace(",", " ").split()]
    if not minutes or None in minutes:
        entered.wrong("fixed_starts", _("Times with commas between them, such as 10:00, 12:30."))
        return []
    return [one for one in minutes if one is not None]


def _deposit(entered: Entered, currency: str) -> int:
    match entered.text("prepayment"):
        case "deposit_percent":
            return entered.whole("deposit_percent", needed=True) or 0
        case "deposit_fixed":
            return entered.money("deposit_amount", currency, needed=True) or 0
        case _:
            return 0


def _typed_durations(durations: Sequence[int]) -> dict[str, Any]:
    if len(durations) == 1:
        return {"duration_kind": "fixed", "duration": durations[0]}
    step = durations[1] - durations[0]
    if len(durations) > 2 and list(durations) == list(range(durations[0], durations[-1] + 1, step)):
        ends = {"duration_from": durations[0], "duration_to": durations[-1]}
        return {"duration_kind": "range", **ends, "duration_step": step}
    return {"duration_kind": "several", "durations": ", ".join(str(one) for one in durations)}


def _typed_lead(minutes: int | None) -> dict[str, Any]:
    if minutes is None:
        return {"lead": "", "lead_unit": "hours"}
    unit = next((one for one in ("days", "hours") if minutes and minutes % UNITS[one] == 0), "minutes")
    return {"lead": minutes // UNITS[unit], "lead_unit": unit}

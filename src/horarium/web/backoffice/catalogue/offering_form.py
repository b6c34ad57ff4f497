"""The form of an offering: what stands in the catalogue as if it had been typed, and back.

What is of one mode only stands in `offering_modes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from django.db import transaction
from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.actions import (
    OfferingFields,
    create_offering,
    create_ticket_type,
    update_offering,
)
from horarium.modules.catalog.models import Mode, Offering
from horarium.modules.pricing.actions import PriceDraft, set_prices
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.queries import list_prices
from horarium.web.backoffice.entered import Entered, refusal_text
from horarium.web.backoffice.shell import Office

from .deposits import read_deposit, typed_deposit
from .languages import read_translations, typed_translations
from .offering_modes import UNITS, blank_mode, first_price, mode_of, read_mode, typed_mode
from .offering_parts import (
    TypedPrice,
    read_extras,
    read_needs,
    read_prices,
    typed_extras,
    typed_needs,
    typed_prices,
)
from .price_drafts import kept_prices

TEXTS: Final = ("name", "summary", "description")
_PLAIN: Final = (
    "mode", "slug", "buffer_before", "buffer_after", "horizon_days", "party_min", "party_max", "prepayment",
    "hold_minutes", "needs_approval", "approval_hours", "cancel_free_hours", "has_waiting_list", "is_public",
)  # fmt: skip
_NAMES: Final = {"lead_minutes": "lead", "check_in_minute": "check_in", "check_out_minute": "check_out"}


def blank_form(office: Office, mode: str) -> Entered:
    """A new offering, with one requirement and one price to fill in."""
    entered = Entered.of(
        {
            "mode": mode, "location": office.locations[0].public_id if office.locations else "",
            "buffer_before": 0, "buffer_after": 0, "party_min": 1, "party_max": 1, "prepayment": "none",
            "is_public": True, "has_waiting_list": True, "lead_unit": "hours", **blank_mode(mode),
        }
    )  # fmt: skip
    entered.add_row("needs", quantity="1")
    if mode == Mode.SLOT:
        entered.add_row("prices", basis="flat", priority="0")
    return entered


def form_of(offering: Offering, prices: Sequence[PriceRule], currency: str) -> Entered:
    values: dict[str, Any] = {name: getattr(offering, name) for name in (*TEXTS, *_PLAIN)}
    values |= {
        "location": offering.location.public_id,
        "category": offering.category.public_id if offering.category else "",
        "photo": offering.photo.public_id if offering.photo else "",
        "policy": offering.policy.public_id if offering.policy else "",
    }
    values |= typed_translations(offering.translations)
    values |= typed_mode(offering) | _typed_lead(offering.lead_minutes)
    values |= typed_deposit(offering.prepayment, offering.deposit_value, currency)
    extras = [one for one in offering.extras.all() if one.is_active]
    values |= typed_needs(offering, extras)
    values |= typed_extras(extras, prices, currency)
    if offering.mode == Mode.SLOT:
        values |= typed_prices(prices, extras, currency)
    return Entered.of(values)


def save(office: Office, entered: Entered, offering_id: str = "") -> Offering | None:
    """Create or change the offering with its prices, all or nothing. None when something is wrong."""
    fields = _read(entered, office)
    prices = read_prices(entered, office.business.currency, office.business.default_language)
    minor = None if offering_id else first_price(entered, office.business.currency)
    if entered.errors:
        return None
    business_id = office.business.pk
    try:
        with transaction.atomic():
            if offering_id:
                fields.pop("mode")
                offering = update_offering(business_id, offering_id, office.actor, **fields)
            else:
                offering = create_offering(business_id, office.actor, **fields)
                prices = [*prices, *_first_prices(office, entered, offering, minor)]
            _write_prices(office, offering, prices)
    except InvalidInput as error:
        entered.wrong(
            _place(error.field or "name", entered, [one.place for one in prices]), refusal_text(error)
        )
        return None
    return offering


def _write_prices(office: Office, offering: Offering, typed: Sequence[TypedPrice]) -> None:
    """Those of nights and tickets are changed elsewhere: here they stay as they are."""
    business_id = office.business.pk
    extras = list(offering.extras.filter(is_active=True).order_by("position", "id"))
    ids = [one.public_id for one in extras]
    drafts = [one.draft(ids) for one in typed]
    if offering.mode != Mode.SLOT:
        drafts += kept_prices(list_prices(business_id, [offering.pk])[offering.pk], extras)
    set_prices(business_id, offering.public_id, drafts, office.actor)


def _first_prices(
    office: Office, entered: Entered, offering: Offering, minor: int | None
) -> list[TypedPrice]:
    """The price of a night, or of the first kind of ticket, which is made here."""
    if offering.mode == Mode.STAY and minor is not None:
        return [TypedPrice("first_price", PriceDraft("per_night", minor))]
    if offering.mode != Mode.SESSION:
        return []
    name = entered.text("first_ticket") or _("Ticket")
    ticket = create_ticket_type(office.business.pk, offering.public_id, office.actor, name=name)
    if minor is None:
        return []
    return [TypedPrice("first_price", PriceDraft("per_person", minor, ticket_type=ticket.public_id))]


def _place(field: str, entered: Entered, places: Sequence[str]) -> str:
    """The control that a field of the actions stands for."""
    part, _dot, rest = field.partition(".")
    if part == "prices" and rest:
        number, _dot, name = rest.partition(".")
        place = places[int(number)] if int(number) < len(places) else "prices"
        return f"{place}.{'amount' if name == 'amount_minor' else name}" if "." in place else place
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
    fields |= {name: entered.text(name) for name in ("location", "category", "photo", "prepayment", "policy")}
    if entered.text("slug"):
        fields["slug"] = entered.text("slug")
    own = office.business.default_language
    fields["translations"] = read_translations(entered, own, TEXTS)
    for name in ("needs_approval", "has_waiting_list", "is_public"):
        fields[name] = entered.flag(name)
    for name in ("horizon_days", "hold_minutes", "approval_hours", "cancel_free_hours"):
        fields[name] = entered.whole(name)
    for name in ("buffer_before", "buffer_after"):
        fields[name] = entered.whole(name) or 0
    for name in ("party_min", "party_max"):
        fields[name] = entered.whole(name) or 1
    fields |= read_mode(entered)
    lead = entered.whole("lead")
    fields["lead_minutes"] = None if lead is None else lead * UNITS.get(entered.text("lead_unit"), 1)
    fields["deposit_value"] = read_deposit(entered, office.business.currency)
    fields["extras"] = read_extras(entered, own, with_time=mode_of(entered) == Mode.STAY)
    fields["needs"] = read_needs(entered)
    return cast(OfferingFields, fields)


def _typed_lead(minutes: int | None) -> dict[str, Any]:
    if minutes is None:
        return {"lead": "", "lead_unit": "hours"}
    unit = next((one for one in ("days", "hours") if minutes and minutes % UNITS[one] == 0), "minutes")
    return {"lead": minutes // UNITS[unit], "lead_unit": unit}

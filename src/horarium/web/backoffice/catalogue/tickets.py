"""Tickets of a session offering: its kinds with their prices, and the sheet of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.catalog.actions import (
    TicketTypeFields,
    archive_ticket_type,
    create_ticket_type,
    update_ticket_type,
)
from horarium.modules.catalog.models import Mode, Offering, TicketType
from horarium.modules.catalog.queries import get_offering
from horarium.modules.catalog.queries_parts import get_ticket_type, list_ticket_types
from horarium.modules.pricing.actions import PriceDraft, draft_of, set_prices
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.queries import list_prices
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.entered import Entered, Row, clock_of
from horarium.web.backoffice.shell import Office, member_page, show

from .answers import done
from .languages import languages_of, read_names, read_translations, typed_names, typed_translations
from .rate_words import dates_text, weekdays_text
from .tabs import places_of
from .wording import interval_text, weekday_choices

TEXTS = ("name", "summary")


@dataclass(frozen=True, slots=True)
class TicketLine:
    """`prices`: amounts with their conditions in words, in the order in which they are tried."""

    ticket: TicketType
    prices: list[tuple[Money, str]]


@require_GET
@member_page(Permission.CATALOG_READ)
def show_tickets(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_sessions(office, offering_id)
    archived = request.GET.get("show") == "archived"
    everything = list_ticket_types(office.business.pk, [offering.pk])
    prices = _prices(office, offering)
    context = {
        "offering": offering,
        "places": places_of(office, offering, "catalogue_tickets"),
        "lines": [_line(office, one, prices) for one in everything if one.is_active is not archived],
        "archived": archived,
        "archived_count": sum(1 for one in everything if not one.is_active),
    }
    template = "backoffice/catalogue/tickets.html"
    return show(request, office, template, context, active="catalogue", part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_sessions(office, offering_id)
    if request.method == "POST":
        return _changed(request, office, offering, None)
    entered = Entered.of({"places": 1, "max_per_order": 20})
    entered.add_row("prices")
    return _sheet(request, office, offering, entered)


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def edit(request: HttpRequest, office: Office, offering_id: str, ticket_id: str) -> HttpResponse:
    offering = get_sessions(office, offering_id)
    ticket = get_ticket_type(office.business.pk, ticket_id)
    if request.method == "POST":
        return _changed(request, office, offering, ticket)
    entered = _form_of(ticket, _prices(office, offering), office.business.currency)
    return _sheet(request, office, offering, entered, ticket)


@require_POST
@member_page(Permission.CATALOG_WRITE)
def archive(request: HttpRequest, office: Office, offering_id: str, ticket_id: str) -> HttpResponse:
    ticket = get_ticket_type(office.business.pk, ticket_id)
    if ticket.is_active:
        archive_ticket_type(office.business.pk, ticket_id, office.actor)
        text = _("%(name)s: archived")
    else:
        update_ticket_type(office.business.pk, ticket_id, office.actor, is_active=True)
        text = _("%(name)s: on offer again")
    return done(request, office.url("catalogue_tickets", offering_id), text % {"name": ticket.name})


def get_sessions(office: Office, offering_id: str) -> Offering:
    """404 for what has no sessions."""
    offering = get_offering(office.business.pk, offering_id)
    if offering.mode != Mode.SESSION:
        raise Http404("session")
    return offering


def _prices(office: Office, offering: Offering) -> list[PriceRule]:
    return list_prices(office.business.pk, [offering.pk])[offering.pk]


def _changed(
    request: HttpRequest, office: Office, offering: Offering, ticket: TicketType | None
) -> HttpResponse:
    entered = Entered.posted(request)
    if step := request.POST.get("step", ""):
        if step == "add:prices":
            entered.add_row("prices")
        elif step.startswith("remove:prices:") and step[14:].isdigit():
            entered.remove_row("prices", int(step[14:]))
        return _sheet(request, office, offering, entered, ticket)
    entered.renumber("prices")
    drafts = [_draft(entered, row, office) for row in entered.rows("prices")]
    fields: TicketTypeFields = {
        "name": entered.text("name"),
        "summary": entered.text("summary"),
        "translations": read_translations(entered, office.business.default_language, TEXTS),
        "places": _number(entered, "places", 1),
        "max_per_order": _number(entered, "max_per_order", 20),
    }
    if not entered.errors:
        _save(office, offering, ticket, fields, drafts, entered)
    if entered.errors:
        return _sheet(request, office, offering, entered, ticket, status=422)
    text = _("%(name)s: saved") % {"name": fields["name"]}
    return done(request, office.url("catalogue_tickets", offering.public_id), text)


def _save(
    office: Office,
    offering: Offering,
    ticket: TicketType | None,
    fields: TicketTypeFields,
    drafts: Sequence[PriceDraft],
    entered: Entered,
) -> None:
    """The ticket and its prices, or nothing. Prices of other tickets stay."""
    business_id = office.business.pk
    try:
        with transaction.atomic():
            if ticket is None:
                fields["position"] = len(list_ticket_types(business_id, [offering.pk]))
                made = create_ticket_type(business_id, offering.public_id, office.actor, **fields)
            else:
                made = update_ticket_type(business_id, ticket.public_id, office.actor, **fields)
            others = [draft_of(one) for one in _prices(office, offering) if one.ticket_type_id != made.pk]
            own = [PriceDraft(**(_as_fields(one) | {"ticket_type": made.public_id})) for one in drafts]
            set_prices(business_id, offering.public_id, [*own, *others], office.actor)
    except InvalidInput as error:
        field = (error.field or "name").replace("amount_minor", "amount")
        entered.refuse(error, otherwise="name", names={error.field or "": field})


def _as_fields(draft: PriceDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in draft.__slots__}


def _number(entered: Entered, name: str, otherwise: int) -> int:
    number = entered.whole(name)
    return otherwise if number is None else number


def _draft(entered: Entered, row: Row, office: Office) -> PriceDraft:
    at = row.prefix
    until = entered.minute(f"{at}.until_minute")
    return PriceDraft(
        "per_person",
        entered.money(f"{at}.amount", office.business.currency, needed=True) or 0,
        name=entered.text(f"{at}.name"),
        weekdays=tuple(int(one) for one in entered.many(f"{at}.weekdays") if one.isdigit()),
        from_minute=entered.minute(f"{at}.from_minute"),
        until_minute=1440 if until == 0 else until,
        valid_from=entered.day(f"{at}.valid_from"),
        valid_until=entered.day(f"{at}.valid_until"),
        translations=read_names(entered, f"{at}.", office.business.default_language),
    )


def _form_of(ticket: TicketType, prices: Sequence[PriceRule], currency: str) -> Entered:
    values: dict[str, Any] = {name: getattr(ticket, name) for name in (*TEXTS, "places", "max_per_order")}
    values |= typed_translations(ticket.translations)
    own = [one for one in prices if one.ticket_type_id == ticket.pk]
    for number, one in enumerate(own):
        row = {
            "id": "", "amount": Money(one.amount_minor, currency).as_text(), "name": one.name,
            "weekdays": one.weekdays, "valid_from": one.valid_from, "valid_until": one.valid_until,
            "from_minute": clock_of(one.from_minute), "until_minute": clock_of(one.until_minute),
            **typed_names(one.translations),
        }  # fmt: skip
        values |= {f"prices.{number}.{name}": value for name, value in row.items()}
    return Entered.of(values)


def _sheet(
    request: HttpRequest,
    office: Office,
    offering: Offering,
    entered: Entered,
    ticket: TicketType | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    name = ("catalogue_ticket", offering.public_id, ticket.public_id) if ticket else (
        "catalogue_ticket_new", offering.public_id,
    )  # fmt: skip
    context = {
        "form": entered,
        "offering": offering,
        "ticket": ticket,
        "prices": entered.rows("prices"),
        "languages": languages_of(entered, office.business.default_language),
        "weekday_options": weekday_choices(),
        "action": office.url(*name),
    }
    template = "backoffice/catalogue/ticket.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)


def _line(office: Office, ticket: TicketType, prices: Sequence[PriceRule]) -> TicketLine:
    """Rules without a ticket type price every kind."""
    fitting = [one for one in prices if one.extra_id is None and one.ticket_type_id in (None, ticket.pk)]
    currency = office.business.currency
    return TicketLine(ticket, [(Money(one.amount_minor, currency), _conditions(one)) for one in fitting])


def _conditions(rule: PriceRule) -> str:
    hours = ""
    if rule.from_minute is not None and rule.until_minute is not None:
        hours = interval_text(rule.from_minute, rule.until_minute)
    dates = dates_text(rule.valid_from, rule.valid_until)
    return ", ".join(one for one in (rule.name, dates, weekdays_text(rule.weekdays), hours) if one)

"""Tickets that staff want to book for somebody: sessions from a day on, and how many tickets of each type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.rules_limits import broken_limit
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office
from horarium.web.components.quantities import fit_extras, fit_tickets, read_extras, read_tickets
from horarium.workflows.items import SessionItem
from horarium.workflows.list_sessions import SessionSlot, TicketOffer, compute_sessions
from horarium.workflows.plan_bookings import inquire_items, plan_items
from horarium.workflows.planned import PlannedBooking
from horarium.workflows.sessions_asked import SessionWish, ask_sessions

from .wanted import Trouble, Wanted, is_usual, reachable, start_on
from .wanted_extras import ExtraChoice, extra_choices

AHEAD: Final = timedelta(days=92)
SHOWN: Final = 12
_REASONS: Final[dict[str, str | Promise]] = {
    Reason.CAPACITY: gettext_lazy("Not so many places are left."),
    Reason.CUTOFF: gettext_lazy("This session is over."),
    Reason.CANCELLED: gettext_lazy("This session is cancelled."),
}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """`problem`: why nothing can be booked on it, in words."""

    slot: SessionSlot
    is_chosen: bool
    problem: str


@dataclass(frozen=True, slots=True)
class TicketRow:
    offer: TicketOffer
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A wish with everything the form shows about it. Instants are aware, in the location's zone."""

    wanted: Wanted
    offering: OfferingFacts
    day: date
    rows: tuple[SessionRow, ...]
    chosen: SessionSlot | None
    tickets: tuple[TicketRow, ...]
    extras: tuple[ExtraChoice, ...]
    planned: PlannedBooking | None = None
    trouble: Trouble | None = None
    limit: Reason | None = None

    @property
    def mode(self) -> str:
        return "session"

    @property
    def zone(self) -> str:
        return self.offering.location.time_zone

    @property
    def resources(self) -> list[tuple[str, str]]:
        return []

    @property
    def price(self) -> Money | None:
        return self.planned.quote.total if self.planned else None

    @property
    def missing(self) -> dict[str, str]:
        if self.chosen is None:
            return {"session": _("Choose a session.")}
        return {} if self._count else {"tickets": _("Choose at least one ticket.")}

    @property
    def item(self) -> SessionItem | None:
        if self.chosen is None or not self._count:
            return None
        tickets = tuple((one.offer.ticket_type.public_id, one.number) for one in self.tickets if one.number)
        extras = tuple(one.extra.public_id for one in self.extras for _n in range(one.number))
        if self.offering.is_shared:
            return SessionItem(
                tickets, offering=self.offering.public_id, start=self.chosen.start, extras=extras
            )
        return SessionItem(tickets, session=self.chosen.session, extras=extras)

    @property
    def _count(self) -> int:
        return sum(one.number for one in self.tickets)

    def refused(self, office: Office, refusal: NotFree) -> Trouble:
        near: Any = refusal.params.get("alternatives", ())
        return Trouble(session_reason(refusal.reason), alternatives=tuple(near))


def session_of(query: QueryDict) -> str:
    """The public id of the session that an address or the form names; `near`: one of those offered instead."""
    text = (query.get("near") or query.get("session", ""))[:40]
    return text if text.isprintable() else ""


def session_reason(reason: Reason) -> str:
    return str(_REASONS.get(reason) or staff_reason(str(reason)))


def build_session_plan(
    office: Office,
    catalog: Catalog,
    offering: OfferingFacts,
    *,
    wanted: Wanted,
    query: QueryDict,
    now: datetime,
) -> SessionPlan:
    key = session_of(query)
    day = _first_day(catalog, offering, wanted, key, now, is_near="near" in query)
    slots = _slots(catalog, offering, day, now)
    start = start_on(day, wanted.at, offering) if offering.is_shared else None
    chosen = next((one for one in slots if _is_wanted(one, key, start)), None)
    shown = _shown(offering, slots, chosen)
    plan = SessionPlan(
        wanted=replace(wanted, offering=offering.public_id, on=day),
        offering=offering,
        day=day,
        rows=tuple(
            SessionRow(one, one is chosen, session_reason(one.reason) if one.reason else "") for one in shown
        ),
        chosen=chosen,
        tickets=_tickets(offering, query, chosen or next(iter(slots), None)),
        extras=extra_choices(offering, fit_extras(offering, read_extras(query))),
    )
    return _priced(office, plan, catalog, now)


def _first_day(
    catalog: Catalog, offering: OfferingFacts, wanted: Wanted, key: str, now: datetime, *, is_near: bool
) -> date:
    """The day asked for, else that of the session asked for, else today."""
    if key and (wanted.on is None or is_near):
        try:
            found = get_session_facts(catalog.business.id, key, now)
        except NotFound:
            return reachable(None, offering, now)
        local = local_date_of(found.starts_at, zone(offering.location.time_zone))
        return reachable(local if found.offering_id == offering.id else None, offering, now)
    return reachable(wanted.on, offering, now)


def _slots(catalog: Catalog, offering: OfferingFacts, day: date, now: datetime) -> list[SessionSlot]:
    """Of a shared slot the starts of the day; else the sessions of the next three months."""
    asked = ask_sessions(catalog, offering.public_id, SessionWish(), staff=True)
    last = day if offering.is_shared else day + AHEAD
    listing, _until = compute_sessions(asked, day, last, now)
    return [one for each in listing.days for one in each.sessions]


def _is_wanted(one: SessionSlot, key: str, start: datetime | None) -> bool:
    return one.start == start or (start is None and bool(key) and one.session == key)


def _shown(
    offering: OfferingFacts, slots: list[SessionSlot], chosen: SessionSlot | None
) -> list[SessionSlot]:
    if offering.is_shared:
        return [one for one in slots if one.session or one is chosen or is_usual(one.start, offering)]
    first = slots[:SHOWN]
    return first if chosen is None or chosen in first else [*first, chosen]


def _tickets(offering: OfferingFacts, query: QueryDict, slot: SessionSlot | None) -> tuple[TicketRow, ...]:
    """With the prices of the chosen session, else of the next; where nothing is said, one that takes a place."""
    if slot is None:
        return ()
    said = read_tickets(query)
    wanted = dict(fit_tickets(offering, None) if said is None else said)
    return tuple(
        TicketRow(
            one,
            wanted.get(one.ticket_type.public_id, 0),
            one.ticket_type.text("name", get_language() or "en"),
        )
        for one in slot.tickets
    )


def _priced(office: Office, plan: SessionPlan, catalog: Catalog, now: datetime) -> SessionPlan:
    item = plan.item
    if item is None:
        return plan
    try:
        planned = plan_items(inquire_items(catalog, [item], staff=True), [item], now)[0]
    except NotFree as refusal:
        return replace(plan, trouble=plan.refused(office, refusal))
    except InvalidInput as error:
        return replace(plan, trouble=Trouble(refusal_of(error)))
    if not isinstance(planned, PlannedBooking):
        return plan
    limit = broken_limit(plan.offering, (planned.starts_at, planned.ends_at), None, now)
    return replace(plan, planned=planned, limit=limit)


def refusal_of(error: InvalidInput) -> str:
    reason = error.params.get("reason")
    if reason == "too_many":
        return _("At most %(max)d tickets of this type in one booking.") % {"max": error.params["max"]}
    if (error.field or "").endswith("tickets"):
        return _("Choose at least one ticket with a place.")
    return problem_text(error)

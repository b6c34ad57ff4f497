"""What the door says to a ticket: a hue, an icon, a word, and whose ticket it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from horarium.kit.zones import local_date_of, zone
from horarium.modules.booking.models import Ticket
from horarium.modules.booking.queries_tickets import TicketRow
from horarium.modules.booking.rules_tickets import Entry
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.formats import localized, moment_text, time_text
from horarium.workflows.check_in_tickets import CheckIn

_LOOKS: Final[dict[Entry, tuple[str, str, str | Promise]]] = {
    Entry.OK: ("ok", "circle-check", gettext_lazy("Welcome")),
    Entry.ALREADY_IN: ("warn", "triangle-alert", gettext_lazy("Already in")),
    Entry.WRONG_DAY: ("warn", "calendar-x", gettext_lazy("For another day")),
    Entry.WRONG_SESSION: ("warn", "repeat", gettext_lazy("For another session")),
    Entry.CANCELLED: ("bad", "ban", gettext_lazy("Cancelled: not valid")),
    Entry.NOT_CONFIRMED: ("bad", "circle-dollar-sign", gettext_lazy("Not confirmed yet")),
    Entry.UNKNOWN: ("bad", "circle-help", gettext_lazy("Unknown ticket")),
}
_ADVICE: Final[dict[Entry, str | Promise]] = {
    Entry.CANCELLED: gettext_lazy(
        "The booking or the session was cancelled. Do not let in with this ticket."
    ),
    Entry.NOT_CONFIRMED: gettext_lazy(
        "The booking waits for its payment or for an answer. Look into it first."
    ),
    Entry.UNKNOWN: gettext_lazy("No ticket here has this code. Scan again, or find the guest by name."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`part`: which of the guests of the booking this one is, as they come, and of how many."""

    outcome: Entry
    hue: str
    icon: str
    title: str
    advice: str
    ticket: Ticket | None
    kind: str
    offering: str
    zone: str
    part: tuple[int, int] | None
    is_in: bool

    @property
    def can_enter(self) -> bool:
        """Of a ticket that was only looked at."""
        return self.outcome is Entry.OK and not self.is_in


def answer_of(business_id: int, found: CheckIn, now: datetime, guests: Sequence[TicketRow] = ()) -> Answer:
    """`guests`: who is expected to the ticket's session, as they are now."""
    ticket, outcome = found.ticket, found.outcome
    hue, icon, title = _LOOKS[outcome]
    offering = None if ticket is None else _offering(business_id, ticket)
    zone_name = "UTC" if offering is None else offering.location.time_zone
    if outcome is Entry.OK and found.since is None:
        title = _("Good ticket")
    if outcome is Entry.ALREADY_IN and found.since is not None:
        title = _("Already in since %(time)s") % {"time": _since(found.since, zone_name, now)}
    return Answer(
        outcome=outcome,
        hue=hue,
        icon=icon,
        title=str(title),
        advice=str(_ADVICE.get(outcome, "")),
        ticket=ticket,
        kind=kind_of(offering, ticket.ticket_type.public_id, ticket.ticket_type.name)
        if ticket and offering
        else "",
        offering=offering.text("name", get_language() or "en") if offering else "",
        zone=zone_name,
        part=None if ticket is None else _part(ticket, guests),
        is_in=ticket is not None and found.since is not None,
    )


def kind_of(offering: OfferingFacts, ticket_type_id: str, name: str) -> str:
    """The kind of a ticket in the reader's language; one that is no longer sold has only its `name`."""
    for one in offering.ticket_types:
        if one.public_id == ticket_type_id:
            return one.text("name", get_language() or "en")
    return name


def _offering(business_id: int, ticket: Ticket) -> OfferingFacts:
    return get_current_catalog(business_id).offering_of_key(ticket.booking.offering_id)


def _since(instant: datetime, zone_name: str, now: datetime) -> str:
    wall = localized(instant, zone_name)
    is_today = local_date_of(instant, zone(zone_name)) == local_date_of(now, zone(zone_name))
    return time_text(wall) if is_today else moment_text(wall)


def _part(ticket: Ticket, guests: Sequence[TicketRow]) -> tuple[int, int] | None:
    together = [one for one in guests if one.booking_id == ticket.booking.public_id]
    came = sum(one.checked_in_at is not None for one in together)
    return (came, len(together)) if came and together else None

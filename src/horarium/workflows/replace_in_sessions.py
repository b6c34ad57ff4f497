"""Somebody who leads sessions is away: which colleague could, and the exchange. Time, places and guests stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from horarium.kit.errors import HorariumError, NotFound
from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.actions_sessions import change_session, lock_session
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.queries import read_calendars
from horarium.modules.availability.queries_sessions import SessionFacts, get_session_facts
from horarium.modules.availability.rules.calendars import day_bounds, load_of, span_of, without
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.session_drafts import SessionChange
from horarium.modules.availability.rules.sessions import Gathering, own_needs, resources_of, seat
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.modules.resources.rules import ResourceFacts
from horarium.platform.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class SessionProposal:
    """Who can take the absent one's place in a session: a public id, or empty with the `reason` why nobody can."""

    session: SessionFacts
    instead: str = ""
    reason: str = ""

    @property
    def kind(self) -> str:
        return "colleague" if self.instead else "none"


@dataclass(frozen=True, slots=True)
class AcceptedSession:
    """A proposal for a session that staff said yes to, as it was shown. Public ids."""

    session: str
    instead: str


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """What became of an accepted proposal: `reason` None means that the colleague leads it."""

    session: str
    reason: str | None


def propose_for_session(
    catalog: Catalog, session: SessionFacts, resource: ResourceFacts, taken: Sequence[Claim], now: datetime
) -> tuple[SessionProposal, list[Claim]]:
    """The least loaded colleague of the same requirement who is free for all of it, buffers included; with what that
    takes. Everything else that the session has stays. One query. `taken` is not free, besides what is written.
    """
    offering = catalog.offering_of_key(session.offering_id)
    if resource.id not in resources_of(offering):
        return SessionProposal(session, reason="mode"), []
    stays = frozenset(session.resources) - {resource.id}
    seated = _seat(catalog, offering, session, stays, taken, now)
    if isinstance(seated, Reason):
        return SessionProposal(session, reason=str(seated)), []
    new = {one.resource_id for one in seated} - stays
    able = {
        key for need in own_needs(offering).needs if resource.id in need.candidates for key in need.candidates
    }
    if len(new) != 1 or not new <= able:
        return SessionProposal(session, reason=str(Reason.TAKEN)), []
    return SessionProposal(session, catalog.resources[new.pop()].public_id), list(seated)


def lock_sessions(business_id: int, session_ids: Collection[str], now: datetime) -> list[SessionFacts]:
    """The rows of those that are there, in the order of their keys: before the resources and places of any."""
    found = [one for each in set(session_ids) if (one := _find(business_id, each, now)) is not None]
    found.sort(key=lambda one: one.id)
    for one in found:
        lock_session(business_id, one.public_id, is_cancelled_too=True)
    return found


def exchange_in_session(
    catalog: Catalog, wanted: AcceptedSession, resource: ResourceFacts, actor: Actor, now: datetime
) -> SessionOutcome:
    """The colleague's time is taken and the absent one's given back, or nothing. Guests are not told."""
    try:
        with transaction.atomic():
            _exchange(catalog, wanted, resource, actor, now)
    except NotFree as refusal:
        return SessionOutcome(wanted.session, str(refusal.reason))
    except HorariumError as refusal:
        return SessionOutcome(wanted.session, str(refusal.params.get("reason", "state")))
    return SessionOutcome(wanted.session, None)


def _exchange(
    catalog: Catalog, wanted: AcceptedSession, resource: ResourceFacts, actor: Actor, now: datetime
) -> None:
    business_id = catalog.business.id
    session = get_session_facts(business_id, wanted.session, now)
    if session.is_scheduled and resource.id not in session.resources:
        raise IllegalTransition("led by somebody else by now", params={"reason": "state"})
    stay = {catalog.resources[key].public_id for key in session.resources if key != resource.id}
    wished = stay | {wanted.instead}
    change_session(business_id, wanted.session, SessionChange(resources=tuple(wished)), actor, now)
    after = get_session_facts(business_id, wanted.session, now)
    if {catalog.resources[key].public_id for key in after.resources} != wished:
        # Others could serve as well, but nobody said yes to them.
        raise NotFree(Reason.TAKEN)


def _find(business_id: int, session_id: str, now: datetime) -> SessionFacts | None:
    try:
        return get_session_facts(business_id, session_id, now)
    except NotFound:
        return None


def _seat(
    catalog: Catalog,
    offering: OfferingFacts,
    session: SessionFacts,
    stays: frozenset[int],
    taken: Sequence[Claim],
    now: datetime,
) -> tuple[Claim, ...] | Reason:
    """The resources it would have, those that it has first of all."""
    zone_name = offering.location.time_zone
    day = local_date_of(session.starts_at, zone(zone_name))
    margin = session.minutes + offering.buffer_before + offering.buffer_after + 60
    span = span_of(zone_name, day, day, margin_minutes=margin)
    own = [(OwnerKind.SESSION.value, session.id)]
    calendars = read_calendars(catalog, resources_of(offering), span, now, besides=own).calendars
    claims = [(one.resource_id, one.starts, one.ends) for one in taken if one.resource_id in calendars]
    calendars = without(calendars, claims)
    gathering = Gathering(int(session.starts_at.timestamp()), session.minutes, session.total, stays)
    return seat(offering, gathering, calendars, span, load_of(calendars, day_bounds(day, zone_name)))

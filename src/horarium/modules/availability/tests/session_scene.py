"""A tour operator with two guides: boat tours by schedule, tickets for adults, children and infants; a shared sauna."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django_scopes import scope

from horarium.modules.availability.actions_schedules import create_schedule
from horarium.modules.availability.actions_sessions import create_session
from horarium.modules.availability.actions_supplies import SupplyTaking, take_supplies
from horarium.modules.availability.models import Allocation, OwnerKind, Session
from horarium.modules.availability.queries_sessions import SessionFacts, get_session_facts
from horarium.modules.availability.rules.schedule_drafts import ScheduleDraft
from horarium.modules.availability.rules.session_drafts import SessionDraft
from horarium.modules.catalog.models import Offering, TicketType
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import Business
from tests.factories import make_business, make_location, make_offering, make_price, make_resource

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
"""A Monday."""
LAPSE = NOW + timedelta(minutes=15)
SYSTEM = Actor.system()
TOMORROW = date(2026, 12, 1)
# Tests that commit start the keys of rows anew, and the memory of catalogues knows a business by its key.
_revisions = count(5000, 1000)


@dataclass(frozen=True)
class Tours:
    business: Business
    offering: Offering
    guides: tuple[Resource, ...]
    adult: TicketType
    child: TicketType
    infant: TicketType

    @property
    def id(self) -> int:
        return self.business.pk


def at(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def make_tours(*, guides: int = 2, hours: str = "08:00-20:00", needs: bool = True, **offering: Any) -> Tours:
    """Two hours with a guide, ten places, in Lisbon, where it is UTC in winter. 50, 30 and 0 euros."""
    business = make_business(catalog_revision=next(_revisions))
    place = make_location(business, hours=hours)
    people = tuple(make_resource(place) for _ in range(guides))
    fields = {"mode": "session", "durations": [120], "capacity": 10, "horizon_days": 14, "lead_minutes": 60}
    made = make_offering(place, needs=[list(people)] if needs else [], **{**fields, **offering})
    adult, child, infant = (
        TicketType.objects.create(business=business, offering=made, name=name, places=places, position=number)
        for number, (name, places) in enumerate([("Adult", 1), ("Child", 1), ("Infant", 0)])
    )
    make_price(made, 5000, basis="per_person", ticket_type=adult)
    make_price(made, 3000, basis="per_person", ticket_type=child)
    make_price(made, 0, basis="per_person", ticket_type=infant)
    bump_catalog_revision(business.pk)
    return Tours(business, made, people, adult, child, infant)


def schedule_draft(tours: Tours, **fields: Any) -> ScheduleDraft:
    """Every day at ten, from tomorrow on."""
    plain = {"first_on": TOMORROW, "starts_minute": 600, "weekdays": tuple(range(7))}
    return ScheduleDraft(tours.offering.public_id, **{**plain, **fields})


def run_schedule(tours: Tours, now: datetime = NOW, **fields: Any) -> Any:
    return create_schedule(tours.id, schedule_draft(tours, **fields), SYSTEM, now)


def add_session(
    tours: Tours, starts_at: datetime | None = None, now: datetime = NOW, **fields: Any
) -> Session:
    draft = SessionDraft(tours.offering.public_id, at(10) if starts_at is None else starts_at, **fields)
    return create_session(tours.id, draft, SYSTEM, now)


def facts(session: Session, now: datetime = NOW) -> SessionFacts:
    return get_session_facts(session.business_id, session.public_id, now)


def sell(
    session: Session, places: int, owner: int = 1, *, until: datetime | None = None, now: datetime = NOW
) -> None:
    """Places for the booking of that key."""
    take_supplies(
        session.business_id,
        [SupplyTaking(session.supply_id, places, owner)],
        owner_kind=OwnerKind.BOOKING,
        now=now,
        expires_at=until,
    )


def sessions(tours: Tours) -> list[Session]:
    with scope(business=tours.id):
        return list(Session.objects.select_related("supply").order_by("starts_at", "id"))


def days(found: Iterable[Session]) -> list[int]:
    """Days of December of those that take place."""
    return [one.starts_at.day for one in found if one.state == "scheduled"]


def taken(tours: Tours) -> list[tuple[int, int, int]]:
    """`(number of the guide, day, hour)` of all live time of sessions."""
    number = {one.pk: place for place, one in enumerate(tours.guides)}
    with scope(business=tours.id):
        live = Allocation.objects.filter(owner_kind="session").exclude(state="released").order_by("during")
        return [(number[one.resource_id], one.during.lower.day, one.during.lower.hour) for one in live]


def ids(found: Sequence[Resource]) -> tuple[str, ...]:
    return tuple(one.public_id for one in found)

"""The plan of whatever is wanted: each way of selling has its own, and the form asks all of them the same."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.http import QueryDict
from django.utils.translation import get_language

from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries_sessions import find_offering_of_session
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.web.backoffice.shell import Office
from horarium.workflows.items import Item

from .wanted import Trouble, Wanted, build_plan
from .wanted_session import build_session_plan, session_of
from .wanted_stay import StayWanted, build_stay_plan


class AnyPlan(Protocol):
    """`item`: None as long as something needed is missing; then `missing` says what, or `trouble` why not. `limit`:
    what binds guests and would be broken.
    """

    @property
    def offering(self) -> OfferingFacts: ...
    @property
    def mode(self) -> str: ...
    @property
    def item(self) -> Item | None: ...
    @property
    def missing(self) -> dict[str, str]: ...
    @property
    def trouble(self) -> Trouble | None: ...
    @property
    def resources(self) -> list[tuple[str, str]]: ...
    @property
    def limit(self) -> Reason | None: ...

    def refused(self, office: Office, refusal: NotFree) -> Trouble | None: ...


def plan_wanted(office: Office, data: QueryDict, now: datetime, *, is_final: bool = False) -> AnyPlan | None:
    """None when nothing is on offer. `is_final`: nothing that was entered may be put right unseen."""
    catalog = get_current_catalog(office.business.pk)
    wanted = Wanted.of(data, office.zone_name)
    offering = choose_offering(catalog, wanted, session_of(data))
    if offering is None:
        return None
    if offering.mode == "stay":
        stay = StayWanted.of(data, wanted, offering, now, is_final=is_final)
        return build_stay_plan(office, catalog, offering, stay, now)
    if offering.mode == "session":
        return build_session_plan(office, catalog, offering, wanted=wanted, query=data, now=now)
    return build_plan(office, catalog, offering, wanted, now)


def choose_offering(catalog: Catalog, wanted: Wanted, session: str) -> OfferingFacts | None:
    """The one asked for, else that of the session, else the first that the resource can serve, else the first."""
    active = [one for one in catalog.offerings.values() if is_bookable(one)]
    asked = next((one for one in active if wanted.offering in (one.public_id, one.slug)), None)
    if asked is not None:
        return asked
    key = find_offering_of_session(catalog.business.id, session) if session else None
    resource = catalog.find_resource(wanted.resource) if wanted.resource else None
    able = [one for one in active if resource is not None and resource.id in one.resource_ids()]
    held = [one for one in active if one.id == key]
    return next(iter(held or able or active), None)


def is_bookable(offering: OfferingFacts) -> bool:
    """Sessions may take nothing but their places; everything else takes somebody's or something's time."""
    return offering.is_active and (offering.mode == "session" or bool(offering.needs))


def offering_options(office: Office) -> list[tuple[str, str]]:
    catalog, language = get_current_catalog(office.business.pk), get_language() or "en"
    return [
        (one.public_id, one.text("name", language)) for one in catalog.offerings.values() if is_bookable(one)
    ]

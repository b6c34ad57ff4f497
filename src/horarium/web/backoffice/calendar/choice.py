"""Which part of the calendar is shown. All of it stands in the address, so that it can be kept and sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.http import QueryDict
from django.utils.http import urlencode

from horarium.kit.zones import local_date_of, zone
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog, LocationFacts
from horarium.modules.resources.queries import list_resources
from horarium.modules.resources.rules import ResourceFacts
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.shell import Office
from horarium.web.components.typed_dates import read_date

VIEWS: Final = ("day", "week", "list", "agenda", "rooms", "sessions")
FACES: Final = ("agenda", "rooms", "sessions")
"""Views that are no grid of columns."""
KINDS: Final = ("person", "room", "hall", "vehicle", "equipment")
PAGE_SIZE: Final = 12
PAGE_ROOMS: Final = 60
DAY: Final = timedelta(days=1)
BEFORE_ROOMS: Final = 2 * DAY
"""Who is leaving and who came yesterday stays in sight: a month of rooms begins before its day."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown, fitted to what there is.

    `able`: all resources of the location that this member may see; `pool`: those of the kind; `columns`: those of
    the page. `views`: what can be looked at here. `sees_all`: not only what is one's own.
    """

    catalog: Catalog
    view: str
    day: date
    today: date
    time_zone: str
    location: LocationFacts | None
    locations: tuple[LocationFacts, ...]
    kind: str
    kinds: tuple[str, ...]
    resource: ResourceFacts | None
    pool: tuple[ResourceFacts, ...]
    page: int
    able: tuple[ResourceFacts, ...] = ()
    views: tuple[str, ...] = VIEWS
    usual_view: str = "day"
    sees_all: bool = True

    @property
    def is_face(self) -> bool:
        return self.view in FACES

    @property
    def columns(self) -> tuple[ResourceFacts, ...]:
        if self.resource is not None:
            return (self.resource,)
        first = (self.page - 1) * PAGE_SIZE
        return self.pool[first : first + PAGE_SIZE]

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.pool) // PAGE_SIZE))

    @property
    def is_week(self) -> bool:
        return self.view in ("week", "sessions")

    @property
    def first_on(self) -> date:
        if self.view == "rooms":
            return self.day - BEFORE_ROOMS
        return self.day - timedelta(days=self.day.weekday()) if self.is_week else self.day

    @property
    def last_on(self) -> date:
        if self.view == "rooms":
            return self.first_on + 30 * DAY
        return self.first_on + 6 * DAY if self.is_week else self.day

    @property
    def days(self) -> list[date]:
        return [self.first_on + number * DAY for number in range((self.last_on - self.first_on).days + 1)]

    @property
    def step(self) -> timedelta:
        if self.view == "rooms":
            return 28 * DAY
        return 7 * DAY if self.is_week else DAY

    def query(self, **changes: Any) -> str:
        """The address of the same part with some of it changed; what goes without saying is left out."""
        resource = self.resource.public_id if self.resource else ""
        values = {
            "view": self.view,
            "on": self.day,
            "location": self.location.public_id if self.location else "",
            "kind": self.kind,
            "resource": resource,
            "page": self.page,
            **changes,
        }
        usual = {
            "view": self.usual_view,
            "on": self.today,
            "kind": self.kinds[0] if self.kinds else "",
            "page": 1,
            "resource": "",
        }
        if len(self.locations) < 2:
            values["location"] = ""
        told = {key: one for key, one in values.items() if one and one != usual.get(key)}
        return urlencode(told)


def choose(office: Office, query: QueryDict, now: datetime) -> Choice:
    """Anything unknown in the address counts as not said."""
    catalog = get_current_catalog(office.business.pk)
    mine = own_resources(office)
    able = [one for one in catalog.resources.values() if one.is_active and (mine is None or one.id in mine)]
    locations = tuple(catalog.locations[key] for key in dict.fromkeys(one.location_id for one in able))
    location = _location(locations, query.get("location", ""))
    here = [one for one in able if location is None or one.location_id == location.id]
    # What the business has most of comes first: the masters of a spa, the halls of a studio.
    counts = Counter(one.kind for one in here)
    kinds = tuple(sorted((kind for kind in KINDS if counts[kind]), key=lambda kind: -counts[kind]))
    resource = next((one for one in here if one.public_id == query.get("resource")), None)
    kind = resource.kind if resource else query.get("kind", "")
    kind = kind if kind in kinds else next(iter(kinds), "")
    pool = tuple(one for one in here if one.kind == kind)
    clock_of = location or next(iter(locations), None)
    zone_name = clock_of.time_zone if clock_of else office.zone_name
    today = local_date_of(now, zone(zone_name))
    views = _views(catalog, here)
    usual = _usual_view(views, office.business.type)
    view = asked if (asked := query.get("view", "")) in views else usual
    return Choice(
        catalog=catalog,
        view=view,
        day=_near(read_date(query.get("on")), today),
        today=today,
        time_zone=zone_name,
        location=location,
        locations=locations,
        kind=kind,
        kinds=kinds,
        resource=resource,
        pool=pool,
        page=_page(query.get("page", ""), *_sizes(view, here, pool)),
        able=tuple(here),
        views=views,
        usual_view=usual,
        sees_all=mine is None,
    )


def own_resources(office: Office) -> frozenset[int] | None:
    """Keys of the resources that a specialist may see (T-42); None: all."""
    if office.can(Permission.BOOKINGS_READ):
        return None
    found = list_resources(office.business.pk)
    return frozenset(one.pk for one in found if one.member_id == office.member.pk)


def may_write(office: Office) -> bool:
    return office.can(Permission.BOOKINGS_WRITE)


def _views(catalog: Catalog, here: list[ResourceFacts]) -> tuple[str, ...]:
    """Rooms and sessions only where there are some."""
    offerings = [one for one in catalog.offerings.values() if one.is_active]
    rooms = {key for one in offerings if one.mode == "stay" for key in one.resource_ids()}
    has_rooms = any(one.id in rooms for one in here)
    has_sessions = any(one.mode == "session" or one.is_shared for one in offerings)
    there = {"rooms": has_rooms, "sessions": has_sessions}
    return tuple(one for one in VIEWS if there.get(one, True))


def _usual_view(views: tuple[str, ...], business_type: str) -> str:
    """What a business of this type looks at first."""
    wanted = {"hotel": "rooms", "tours": "sessions", "events": "sessions"}.get(business_type, "day")
    return wanted if wanted in views else "day"


def _location(locations: tuple[LocationFacts, ...], wanted: str) -> LocationFacts | None:
    """All locations together only where their clocks show the same time."""
    asked = next((one for one in locations if one.public_id == wanted), None)
    if asked is not None:
        return asked
    return None if len({one.time_zone for one in locations}) < 2 else locations[0]


def _near(day: date | None, today: date) -> date:
    return day if day and abs((day - today).days) <= 5 * 366 else today


def _sizes(view: str, here: list[ResourceFacts], pool: tuple[ResourceFacts, ...]) -> tuple[int, int]:
    """How many there are to turn pages through, and how many a page has."""
    return (len(here), PAGE_ROOMS) if view == "rooms" else (len(pool), PAGE_SIZE)


def _page(text: str, count: int, size: int) -> int:
    number = int(text) if text.isdigit() and len(text) < 6 else 1
    return min(max(1, number), max(1, -(-count // size)))

"""What staff want to book, as it stands in the form or in an address, fitted to what is on offer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries import list_blocks
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.queries import BookingFilters, PageWanted
from horarium.modules.booking.rules_limits import broken_limit
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.web.backoffice.problems import staff_reason
from horarium.web.backoffice.shell import Office
from horarium.web.components.quantities import fit_extras, read_extras
from horarium.web.components.typed_dates import read_date, read_instant
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import (
    Inquiry,
    Slot,
    WishInput,
    alternatives_to,
    compute,
    inquire,
    reason_at,
)
from horarium.workflows.list_sessions import SessionSlot
from horarium.workflows.list_stays import StayOffer

from .rows import Line, list_lines, resource_name
from .wanted_extras import ExtraChoice, extra_choices

_REACH = timedelta(days=3 * 366)
_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`at`: wall-clock time as `HH:MM`, of the location; everything else public ids, minutes and people."""

    offering: str = ""
    duration: int | None = None
    party: int | None = None
    resource: str = ""
    extras: tuple[str, ...] = ()
    on: date | None = None
    at: str = ""

    @classmethod
    def of(cls, query: QueryDict, zone_name: str) -> Wanted:
        """`start`: an instant, as the calendar gives it, instead of `on` and `at`."""
        on, at = read_date(query.get("on")), query.get("time") or query.get("at", "")
        if start := read_instant(query.get("start", "")):
            local = start.astimezone(zone(zone_name))
            on, at = local.date(), f"{local:%H:%M}"
        return cls(
            offering=query.get("offering", "")[:60],
            duration=_number(query.get("duration")),
            party=_number(query.get("party")),
            resource=query.get("resource", "")[:40],
            extras=read_extras(query),
            on=on,
            at=at[:5],
        )


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a wish cannot be had: in words, what is in the way, and the nearest starts or stays that can."""

    text: str
    lines: tuple[Line, ...] = ()
    blocks: tuple[str, ...] = ()
    alternatives: tuple[Slot | StayOffer | SessionSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A wish with everything the form shows about it. `start` is aware, in the location's zone."""

    wanted: Wanted
    offering: OfferingFacts
    inquiry: Inquiry
    day: date
    slots: tuple[Slot, ...]
    start: datetime | None
    price: Money | None
    trouble: Trouble | None
    limit: Reason | None = None

    @property
    def mode(self) -> str:
        return "slot"

    @property
    def zone(self) -> str:
        return self.offering.location.time_zone

    @property
    def item(self) -> SlotItem | None:
        """None while no time is chosen."""
        if self.start is None:
            return None
        return SlotItem(
            offering=self.offering.public_id,
            start=self.start,
            duration=self.duration,
            resource=self.wanted.resource or None,
            party=self.wanted.party,
            extras=self.wanted.extras,
        )

    @property
    def missing(self) -> dict[str, str]:
        return {} if self.start else {"at": _("Choose a time.")}

    @property
    def extras(self) -> tuple[ExtraChoice, ...]:
        return extra_choices(self.offering, self.wanted.extras)

    @property
    def resources(self) -> list[tuple[str, str]]:
        return resource_options(self.inquiry.catalog, self.offering)

    def refused(self, office: Office, refusal: NotFree) -> Trouble | None:
        near: Any = refusal.params.get("alternatives", ())
        if self.start is None:
            return None
        return trouble_of(office, self.inquiry, self.start, str(refusal.reason), tuple(near))

    @property
    def duration(self) -> int:
        return self.inquiry.wish.duration

    @property
    def end(self) -> datetime | None:
        return self.start and self.start + timedelta(minutes=self.duration)

    @property
    def is_listed(self) -> bool:
        """Whether the chosen start is one of those offered as buttons."""
        return any(one.start == self.start for one in self.slots)

    @property
    def parties(self) -> range:
        return range(self.offering.party_min, self.offering.party_max + 1)


def build_plan(
    office: Office, catalog: Catalog, offering: OfferingFacts, wanted: Wanted, now: datetime
) -> Plan:
    """Of an offering that is sold by time."""
    wanted = fitted(catalog, offering, wanted)
    wish = WishInput(wanted.duration, wanted.party, wanted.resource or None, wanted.extras)
    inquiry = inquire(catalog, offering.public_id, wish, staff=True)
    day = reachable(wanted.on, offering, now)
    listing, _until = compute(inquiry, day, day, now)
    start = start_on(day, wanted.at, offering)
    trouble = trouble_at(office, inquiry, start, now) if start else None
    return Plan(
        wanted=replace(wanted, on=day),
        offering=offering,
        inquiry=inquiry,
        day=day,
        slots=on_grid(listing.days[0].slots, offering),
        start=start,
        price=price_of(inquiry, start),
        trouble=trouble,
        limit=_limit_at(inquiry, start, now) if start and not trouble else None,
    )


def _limit_at(inquiry: Inquiry, start: datetime, now: datetime) -> Reason | None:
    return broken_limit(
        inquiry.offering, (start, start + timedelta(minutes=inquiry.wish.duration)), None, now
    )


def fitted(catalog: Catalog, offering: OfferingFacts, wanted: Wanted) -> Wanted:
    """Without what this offering does not have, so that changing the offering never ends in an error."""
    party = wanted.party or offering.party_min
    return replace(
        wanted,
        offering=offering.public_id,
        duration=wanted.duration if wanted.duration in offering.durations else offering.durations[0],
        party=min(max(party, offering.party_min), offering.party_max),
        resource=able_resource(catalog, offering, wanted.resource),
        extras=fit_extras(offering, wanted.extras),
    )


def able_resource(catalog: Catalog, offering: OfferingFacts, public_id: str) -> str:
    """The same, or none where it does not serve this offering."""
    resource = catalog.find_resource(public_id) if public_id else None
    return public_id if resource is not None and resource.id in offering.resource_ids() else ""


def reachable(day: date | None, offering: OfferingFacts, now: datetime) -> date:
    today = local_date_of(now, zone(offering.location.time_zone))
    return day if day and abs(day - today) <= _REACH else today


def start_on(day: date, at: str, offering: OfferingFacts) -> datetime | None:
    tz = zone(offering.location.time_zone)
    try:
        hour, minute = (int(part) for part in at.split(":"))
    except ValueError:
        return None
    if not (0 <= hour < 24 and 0 <= minute < 60):
        return None
    return instant_of(day, hour * 60 + minute, tz).astimezone(tz)


def is_usual(start: datetime, offering: OfferingFacts) -> bool:
    """Staff may start at any five minutes; as buttons stand only the starts that guests know."""
    minute = start.hour * 60 + start.minute
    if offering.fixed_starts:
        return minute in offering.fixed_starts
    return minute % offering.grid == 0


def on_grid(slots: tuple[Slot, ...], offering: OfferingFacts) -> tuple[Slot, ...]:
    return tuple(one for one in slots if is_usual(one.start, offering))


def price_of(inquiry: Inquiry, start: datetime | None) -> Money | None:
    if start is None:
        return None
    return inquiry.price_at(start.date(), start.hour * 60 + start.minute).total


def trouble_at(office: Office, inquiry: Inquiry, start: datetime, now: datetime) -> Trouble | None:
    reason = reason_at(inquiry, start, now)
    if reason is None:
        return None
    return trouble_of(office, inquiry, start, str(reason), alternatives_to(inquiry, start, now))


def trouble_of(
    office: Office, inquiry: Inquiry, start: datetime, reason: str, alternatives: tuple[Slot, ...]
) -> Trouble:
    offering = inquiry.offering
    first = start - timedelta(minutes=offering.buffer_before)
    last = start + timedelta(minutes=inquiry.wish.duration + offering.buffer_after)
    wanted = set(inquiry.wish.chosen) or set(inquiry.resource_ids())
    return Trouble(
        text=staff_reason(reason),
        lines=in_the_way(office, inquiry.catalog, wanted, first, last),
        blocks=tuple(
            one.reason
            for one in list_blocks(office.business.pk, first, last)
            if wanted & set(one.resource_ids)
        ),
        alternatives=alternatives,
    )


def in_the_way(
    office: Office, catalog: Catalog, wanted: set[int], first: datetime, last: datetime
) -> tuple[Line, ...]:
    """Bookings of the same people and places then; at most five, because more say no more."""
    ids = {catalog.resources[one].public_id for one in wanted}
    near = list_lines(
        office, BookingFilters(since=first - _BEFORE, until=last), PageWanted(size=100, order="-start")
    )
    found = [
        one
        for one in near
        if not one.is_void and one.end > first and ids & {resource.id for resource in one.row.resources}
    ]
    return tuple(found[:5])


def resource_options(catalog: Catalog, offering: OfferingFacts) -> list[tuple[str, str]]:
    """Who or what may serve it; none where there is nothing to choose."""
    resources = catalog.resources
    able = [resources[one] for one in sorted(offering.resource_ids()) if resources[one].is_active]
    able.sort(key=lambda one: (one.kind, one.position, one.id))
    return [(one.public_id, resource_name(one)) for one in able] if len(able) > 1 else []


def _number(text: Any) -> int | None:
    try:
        number = int(str(text))
    except ValueError:
        return None
    return number if 0 < number < 100_000 else None


def as_item_error(error: HorariumError) -> str:
    """The form's field that an error is about: `customer.email` → `email`, `items.0.party` → `party`."""
    return (error.field or "").rpartition(".")[2]

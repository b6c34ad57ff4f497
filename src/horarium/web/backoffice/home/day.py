"""The day at a glance: who comes when, who is free, what waits for somebody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from horarium.kit.money import Money
from horarium.kit.timeline import CELL
from horarium.kit.zones import local_date_of
from horarium.modules.availability.queries import list_blocks, read_calendars
from horarium.modules.availability.rules.calendars import Calendar, day_bounds, span_of
from horarium.modules.booking.queries import BookingFilters, PageWanted
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.modules.customers.queries import list_open_reviews
from horarium.modules.messaging.queries import count_failed
from horarium.modules.payments.queries import list_payments
from horarium.modules.resources.rules import ResourceFacts
from horarium.platform.jobs.queries import count_given_up
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.bookings.filters import days
from horarium.web.backoffice.bookings.rows import Line, list_lines, resource_name
from horarium.web.backoffice.shell import Office
from horarium.web.components.formats import time_text

MOST: Final = 200
LATE: Final = timedelta(minutes=15)
"""So long after its start a guest who has not arrived is asked about."""
_BARS: Final = {"held": "held", "pending": "pending", "no_show": "missed"}
_KINDS: Final = ("person", "room", "hall", "vehicle")


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a resource's day; `x` and `width` are minutes from the left edge."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The day of one resource."""

    resource: ResourceFacts
    name: str
    bars: tuple[Bar, ...]
    bookings: int
    free_minutes: int
    is_free_tonight: bool | None
    """Of a room that guests sleep in; None for all else."""

    @property
    def is_off(self) -> bool:
        return not self.bars


@dataclass(frozen=True, slots=True)
class Hour:
    at: datetime
    lines: tuple[Line, ...]
    is_over: bool


@dataclass(frozen=True, slots=True)
class Today:
    """Lines are in order of their start, without what is cancelled or lapsed."""

    day: date
    now: datetime
    lines: tuple[Line, ...]
    hours: tuple[Hour, ...]
    strips: tuple[Strip, ...]
    edges: tuple[int, int]
    now_x: int | None
    holds: tuple[Line, ...]
    pending: tuple[Line, ...]
    late: tuple[Line, ...]
    expected: Money
    paid: Money
    free_minutes: int
    free_tonight: int
    rooms: int
    """How many rooms guests sleep in, and how many of them are free tonight."""

    @property
    def width(self) -> int:
        return self.edges[1] - self.edges[0]

    @property
    def earlier(self) -> list[Hour]:
        """Hours whose guests have all left."""
        return [one for one in self.hours if one.is_over]

    @property
    def earlier_count(self) -> int:
        return sum(len(one.lines) for one in self.earlier)

    @property
    def ahead(self) -> list[Hour]:
        return [one for one in self.hours if not one.is_over]

    @property
    def first_hour(self) -> str:
        return _wall(self.edges[0])

    @property
    def middle_hour(self) -> str:
        return _wall((self.edges[0] + self.edges[1]) // 2)

    @property
    def last_hour(self) -> str:
        return _wall(self.edges[1])

    @property
    def marks(self) -> list[dict[str, Any]]:
        """Whole hours along the strips, as places in minutes."""
        first, last = self.edges
        step = 120 if last - first > 600 else 60
        return [{"x": minute - first} for minute in range(-(-first // step) * step, last, step)]


def _wall(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return time_text(time(minute // 60 % 24, minute % 60))


def read_today(office: Office, now: datetime) -> Today:
    today = local_date_of(now, office.tz)
    since, until = days(office, today, today)
    found = list_lines(office, BookingFilters(since=since, until=until), PageWanted(size=MOST, order="start"))
    lines = tuple(one for one in found if not one.is_void)
    catalog = get_current_catalog(office.business.pk)
    tonight = _tonight(office, catalog, today, now) if office.can(Permission.BOOKINGS_READ) else {}
    edges, strips = _strips(office, catalog, lines, now, tonight)
    minute = int((now.timestamp() - day_bounds(today, office.zone_name)[0]) // 60)
    sold = {one.row.order_id: one for one in lines if one.state != "held"}
    zero = Money.zero(office.business.currency)
    return Today(
        day=today,
        now=now,
        lines=lines,
        hours=_hours(lines, now),
        strips=strips,
        edges=edges,
        now_x=minute - edges[0] if edges[0] <= minute < edges[1] else None,
        holds=_waiting(office, "held", now),
        pending=_waiting(office, "pending", now),
        late=tuple(one for one in lines if one.state == "confirmed" and one.start + LATE <= now),
        expected=sum((one.price for one in lines if one.state not in ("held", "no_show")), zero),
        paid=sum((min(one.row.paid, one.row.order_total) for one in sold.values()), zero),
        free_minutes=sum(one.free_minutes for one in strips if one.resource.kind in _KINDS),
        free_tonight=sum(tonight.values()),
        rooms=len(tonight),
    )


def _waiting(office: Office, state: str, now: datetime) -> tuple[Line, ...]:
    """Of any day to come: those who are about to pay, or who wait for an answer."""
    since = now - timedelta(days=1)
    found = list_lines(
        office, BookingFilters(states=(state,), since=since), PageWanted(size=20, order="start")
    )
    return tuple(found)


def _hours(lines: tuple[Line, ...], now: datetime) -> tuple[Hour, ...]:
    """Arrivals by the hour of the wall clock."""
    found: dict[datetime, list[Line]] = {}
    for line in lines:
        found.setdefault(line.start.replace(minute=0, second=0, microsecond=0), []).append(line)
    return tuple(
        Hour(at, tuple(of_hour), all(one.end <= now for one in of_hour))
        for at, of_hour in sorted(found.items())
    )


def _strips(
    office: Office, catalog: Catalog, lines: tuple[Line, ...], now: datetime, tonight: dict[int, bool]
) -> tuple[tuple[int, int], tuple[Strip, ...]]:
    today = local_date_of(now, office.tz)
    shown = _resources(office, catalog, lines)
    span = span_of(office.zone_name, today, today, margin_minutes=0)
    snapshot = read_calendars(catalog, [one.id for one in shown], span, now)
    first, end = day_bounds(today, office.zone_name)
    blocks = list_blocks(office.business.pk, *days_of(office, today)) if shown else []
    edges = _edges(snapshot.calendars, lines, first)
    strips = []
    for resource in shown:
        calendar = snapshot.calendars[resource.id]
        own = [one for one in lines if resource.public_id in {each.id for each in one.row.resources}]
        # Who slept here last night is none of the day's arrivals.
        nights = (~calendar.unbooked).ranges() if resource.id in tonight else []
        bars = [
            *(_bar("open", starts, ends, first, edges) for starts, ends in calendar.open.ranges()),
            *(_bar("booked", starts, ends, first, edges) for starts, ends in nights),
            *(
                _bar("block", int(one.starts_at.timestamp()), int(one.ends_at.timestamp()), first, edges)
                for one in blocks
                if resource.id in one.resource_ids
            ),
            *(
                _bar(_BARS.get(one.state, "booked"), _second(one.start), _second(one.end), first, edges)
                for one in own
            ),
        ]
        strips.append(
            Strip(
                resource=resource,
                name=resource_name(resource),
                bars=tuple(one for one in bars if one.width > 0),
                bookings=len(own),
                free_minutes=_free(calendar, max(first, int(now.timestamp())), end),
                is_free_tonight=tonight.get(resource.id),
            )
        )
    return edges, tuple(strips)


def days_of(office: Office, day: date) -> tuple[datetime, datetime]:
    since, until = days(office, day, day)
    if since is None or until is None:
        raise ValueError("a day has two ends")
    return since, until


def _resources(office: Office, catalog: Catalog, lines: tuple[Line, ...]) -> list[ResourceFacts]:
    """All that is at work; for a specialist only what serves their own bookings."""
    active = [one for one in catalog.resources.values() if one.is_active]
    if not office.can(Permission.BOOKINGS_READ):
        own = {each.id for one in lines for each in one.row.resources}
        active = [one for one in active if one.public_id in own]
    order = {kind: place for place, kind in enumerate((*_KINDS, "equipment"))}
    return sorted(active, key=lambda one: (order.get(one.kind, 9), one.position, one.id))[:24]


def _tonight(office: Office, catalog: Catalog, today: date, now: datetime) -> dict[int, bool]:
    """Each room that guests sleep in, and whether nobody has any of this evening, from check-in on."""
    first, end = day_bounds(today, office.zone_name)
    evenings = {
        key: max(first + offering.check_in * 60, int(now.timestamp()))
        for offering in catalog.offerings.values()
        if offering.mode == "stay" and offering.is_active
        for need in offering.needs
        if need.extra_id is None
        for key in need.candidates
    }
    if not evenings:
        return {}
    span = span_of(office.zone_name, today, today, margin_minutes=0)
    calendars = read_calendars(catalog, list(evenings), span, now).calendars
    return {
        key: not any(low < end and high > starts for low, high in (~calendars[key].untaken).ranges())
        for key, starts in evenings.items()
    }


def _edges(calendars: dict[int, Calendar], lines: tuple[Line, ...], first: int) -> tuple[int, int]:
    """From the whole hour before the first opening or booking to the one after the last, in minutes."""
    found = [bound for one in calendars.values() for pair in one.open.ranges() for bound in pair]
    found += [second for one in lines for second in (_second(one.start), _second(one.end))]
    inside = [min(max((second - first) // 60, 0), 1440) for second in found] or [540, 1080]
    low, high = min(inside) // 60 * 60, -(-max(inside) // 60) * 60
    return low, max(high, low + 60)


def _bar(kind: str, starts: int, ends: int, first: int, edges: tuple[int, int]) -> Bar:
    low = min(max((starts - first) // 60, edges[0]), edges[1])
    high = min(max((ends - first) // 60, edges[0]), edges[1])
    return Bar(kind, low - edges[0], high - low)


def _second(instant: datetime) -> int:
    return int(instant.timestamp())


def _free(calendar: Calendar, starts: int, end: int) -> int:
    """Open minutes that nobody has taken, from now to midnight."""
    free = calendar.open & calendar.untaken
    cells = sum(max(0, min(last, end) - max(begin, starts)) for begin, last in free.ranges())
    return cells // 60 // (CELL // 60) * (CELL // 60)


def attention(office: Office) -> list[dict[str, Any]]:
    """What went wrong and waits for a person, each with the place to settle it."""
    business_id = office.business.pk
    found: Counter[str] = Counter()
    if office.can(Permission.PAYMENTS_READ):
        found["payments"] = len(list_payments(business_id, flagged=True))
    if office.can(Permission.CUSTOMERS_READ):
        found["reviews"] = len(list_open_reviews(business_id))
    if office.can(Permission.MESSAGES_READ):
        found["messages"] = count_failed(business_id)
    if office.can(Permission.EVENTS_READ):
        found["jobs"] = count_given_up(business_id)
    words = _attention_words(office, found)
    return [{"icon": icon, "text": text, "url": url} for key, icon, text, url in words if found[key]]


def _attention_words(office: Office, found: Counter[str]) -> list[tuple[str, str, str, str]]:
    payments = ngettext("%(count)d payment to look at", "%(count)d payments to look at", found["payments"])
    reviews = ngettext(
        "%(count)d possible duplicate of a customer",
        "%(count)d possible duplicates of customers",
        found["reviews"],
    )
    letters = ngettext(
        "%(count)d message was not delivered", "%(count)d messages were not delivered", found["messages"]
    )
    given_up = ngettext("%(count)d job was given up", "%(count)d jobs were given up", found["jobs"])
    return [
        ("payments", "flag", payments % {"count": found["payments"]}, office.url("flagged")),
        ("reviews", "users", reviews % {"count": found["reviews"]}, office.url("reviews")),
        (
            "messages",
            "mail",
            letters % {"count": found["messages"]},
            f"{office.url('messages')}?state=failed",
        ),
        ("jobs", "circle-alert", given_up % {"count": found["jobs"]}, office.url("failures")),
    ]


def greeting(now: datetime, office: Office) -> str:
    hour = now.astimezone(office.tz).hour
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")

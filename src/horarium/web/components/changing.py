"""The form of a change, for guests and staff alike: what a booking has now, what may be chosen, what was chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from horarium.kit.errors import HorariumError
from horarium.kit.zones import instant_of, zone
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import ExtraFacts, OfferingFacts, RatePlanFacts, TicketTypeFacts
from horarium.modules.resources.rules import ResourceFacts
from horarium.platform.tenancy.scope import business_scope
from horarium.web.components.guests import OLDEST
from horarium.web.components.typed_dates import read_date
from horarium.workflows.change_booking import list_change_starts
from horarium.workflows.items import Guests
from horarium.workflows.list_availability import Slot
from horarium.workflows.list_sessions import SessionSlot, list_sessions
from horarium.workflows.order_view import BookingView
from horarium.workflows.plan_again import Change, agreed_extras
from horarium.workflows.sessions_asked import SessionWish

SESSION_DAYS = 60
_MOST = 99


@dataclass(frozen=True, slots=True)
class Present:
    """A booking as it is, with what may be chosen for it. `session`: the public id of the one that it is for."""

    view: BookingView
    extras: dict[str, int]
    resources: tuple[ResourceFacts, ...]
    session: str = ""

    @property
    def offering(self) -> OfferingFacts:
        return self.view.offering

    @property
    def mode(self) -> str:
        return self.offering.mode

    @property
    def minutes(self) -> int:
        return int((self.view.end - self.view.start).total_seconds() // 60)

    @property
    def guests(self) -> Guests:
        kept = self.view.guests
        return Guests(kept.get("adults", self.view.party), tuple(kept.get("child_ages", ())))

    @property
    def tickets(self) -> dict[str, int]:
        return dict(self.view.guests.get("tickets", {}))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says. `on`: the day whose times are shown; `change` has only what differs from the present."""

    on: date
    change: Change
    duration: int
    party: int
    extras: dict[str, int]
    resource: str
    check_in: date
    check_out: date
    guests: Guests
    rate_plan: str
    session: str
    tickets: dict[str, int]

    @property
    def ages(self) -> str:
        return ", ".join(str(age) for age in self.guests.child_ages)

    @property
    def is_something(self) -> bool:
        return self.change != Change()


def present_of(business_id: int, view: BookingView, *, staff: bool) -> Present:
    """Resources are those that may be asked for by name: by guests only where the offering lets them."""
    with business_scope(business_id):
        booking = get_booking(business_id, view.id)
        extras = {one.public_id: one.quantity for one in agreed_extras(booking)}
        session = booking.session.public_id if booking.session else ""
        catalog = get_current_catalog(business_id)
    needs = [need for need in view.offering.needs if need.is_choosable or staff]
    keys = sorted({key for need in needs for key in need.candidates})
    found = tuple(catalog.resources[key] for key in keys if catalog.resources[key].is_active)
    return Present(view, extras, found if len(found) > 1 else (), session)


def read_wanted(present: Present, data: Any) -> Wanted:
    """From a QueryDict; what is missing or makes no sense stays as it is."""
    view, mode = present.view, present.mode
    sent = "on" in data or "check_in" in data or "session" in data
    on = read_date(data.get("on")) or view.start.date()
    extras = _extras(present, data) if sent else dict(present.extras)
    wanted = Wanted(
        on=on,
        change=Change(),
        duration=_choice(data.get("duration"), present.offering.durations, present.minutes),
        party=_number(data.get("party"), view.party),
        extras=extras,
        resource=_resource(present, data.get("resource", "")),
        check_in=read_date(data.get("check_in")) or view.start.date(),
        check_out=read_date(data.get("check_out")) or view.end.date(),
        guests=_guests(present, data),
        rate_plan=data.get("rate_plan", "") or (view.rate_plan.public_id if view.rate_plan else ""),
        session="" if data.get("session") == present.session else data.get("session", ""),
        tickets=_tickets(present, data),
    )
    start = _start(on, data.get("time") or data.get("at") or "", view) if mode != "stay" else None
    return replace(wanted, change=_change(present, wanted, start))


def free_starts(
    business_id: int, present: Present, wanted: Wanted, now: datetime, *, staff: bool
) -> tuple[Slot, ...]:
    """Free starts of the chosen day for what is chosen besides; none when that cannot be had at all."""
    if present.mode != "slot":
        return ()
    change = replace(wanted.change, start=None)
    try:
        return list_change_starts(business_id, present.view.id, wanted.on, change, now, staff=staff)
    except HorariumError:
        return ()


def other_sessions(slug: str, present: Present, wanted: Wanted, now: datetime) -> tuple[SessionSlot, ...]:
    """Sessions of the next weeks with room for the tickets, the present one left out."""
    if present.mode != "session":
        return ()
    first = max(now.astimezone(zone(present.view.location.time_zone)).date(), wanted.on - timedelta(days=7))
    places = sum(one.places * wanted.tickets.get(one.public_id, 0) for one in present.offering.ticket_types)
    listing = list_sessions(
        slug,
        present.offering.public_id,
        first_on=first,
        last_on=first + timedelta(days=SESSION_DAYS),
        wish=SessionWish(max(1, places)),
        now=now,
    )
    return tuple(
        one
        for day in listing.days
        for one in day.sessions
        if one.reason is None and one.session and one.start != present.view.start
    )


def _change(present: Present, wanted: Wanted, start: datetime | None) -> Change:
    view = present.view
    change = Change(
        resource=wanted.resource or None,
        extras=None if wanted.extras == present.extras else tuple(_named(wanted.extras)),
    )
    if present.mode == "slot":
        return replace(
            change,
            start=None if start == view.start else start,
            duration=None if wanted.duration == present.minutes else wanted.duration,
            party=None if wanted.party == view.party else wanted.party,
        )
    if present.mode == "session":
        is_same = wanted.tickets == present.tickets or not wanted.tickets
        return replace(
            change,
            session=wanted.session or None,
            tickets=None if is_same else tuple(wanted.tickets.items()),
        )
    plan = view.rate_plan.public_id if view.rate_plan else ""
    return replace(
        change,
        check_in=None if wanted.check_in == view.start.date() else wanted.check_in,
        check_out=None if wanted.check_out == view.end.date() else wanted.check_out,
        guests=None if wanted.guests == present.guests else wanted.guests,
        rate_plan=None if wanted.rate_plan in ("", plan) else wanted.rate_plan,
    )


def extra_options(present: Present, wanted: Wanted) -> list[tuple[ExtraFacts, int]]:
    """Extras on offer, with how many are chosen."""
    return [(one, wanted.extras.get(one.public_id, 0)) for one in present.offering.extras]


def ticket_options(present: Present, wanted: Wanted) -> list[tuple[TicketTypeFacts, int]]:
    return [(one, wanted.tickets.get(one.public_id, 0)) for one in present.offering.ticket_types]


def plan_options(present: Present) -> list[RatePlanFacts]:
    return list(present.offering.rate_plans) if len(present.offering.rate_plans) > 1 else []


def _named(counts: dict[str, int]) -> Iterator[str]:
    return (name for name, count in counts.items() for _ in range(count))


def _extras(present: Present, data: Any) -> dict[str, int]:
    """Those on offer as the form says; those that are not offered any more stay."""
    offered = {one.public_id: one for one in present.offering.extras}
    found = {name: count for name, count in present.extras.items() if name not in offered}
    for name, one in offered.items():
        count = min(_number(data.get(f"extra_{name}"), 0), one.max_quantity)
        if count:
            found[name] = count
    return found


def _tickets(present: Present, data: Any) -> dict[str, int]:
    names = [one.public_id for one in present.offering.ticket_types]
    if not any(f"tickets_{name}" in data for name in names):
        return present.tickets
    counts = {name: _number(data.get(f"tickets_{name}"), 0) for name in names}
    return {name: count for name, count in counts.items() if count}


def _guests(present: Present, data: Any) -> Guests:
    if "adults" not in data:
        return present.guests
    ages = tuple(min(int(age), OLDEST) for age in re.findall(r"\d+", data.get("ages", ""))[:20])
    return Guests(max(1, _number(data.get("adults"), present.guests.adults)), ages)


def _resource(present: Present, public_id: str) -> str:
    return public_id if public_id in {one.public_id for one in present.resources} else ""


def _start(day: date, at: str, view: BookingView) -> datetime | None:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?", at)
    if found is None:
        return None
    tz = zone(view.location.time_zone)
    return instant_of(day, int(found[1]) * 60 + int(found[2]), tz).astimezone(tz)


def _number(text: Any, default: int) -> int:
    return min(int(text), _MOST) if isinstance(text, str) and re.fullmatch(r"\d{1,4}", text) else default


def _choice(text: Any, allowed: tuple[int, ...], default: int) -> int:
    number = int(text) if isinstance(text, str) and re.fullmatch(r"\d{1,5}", text) else None
    return number if number in allowed else default

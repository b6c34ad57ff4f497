"""What stands in the way, as staff read it: whose it is, when, and the way to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from horarium.modules.catalog.rules import Catalog
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.shell import Office
from horarium.web.components.formats import day_text, localized, time_text
from horarium.workflows.collisions import Collision

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A booking, session or block in the way. `status`: a key of the looks of statuses."""

    title: str
    what: str
    time: str
    places: str
    status: str
    url: str


def lines_of(office: Office, catalog: Catalog, found: Iterable[Collision]) -> list[ConflictLine]:
    """By start, at most fifty."""
    return [_line(office, catalog, one) for one in list(found)[:MOST_SHOWN]]


def absence_links(
    office: Office, catalog: Catalog, found: Iterable[Collision], span: tuple[datetime, datetime]
) -> list[dict[str, str]]:
    """For each resource with bookings or sessions in the way: the screen that moves them."""
    keys = {key: None for one in found if one.kind != "block" for key in one.resource_ids}
    links = []
    for key in keys:
        resource = catalog.resources[key]
        zone_name = catalog.locations[resource.location_id].time_zone
        first, last = (localized(one, zone_name) for one in span)
        told: dict[str, Any] = {
            "resource": resource.public_id,
            "on": first.date(),
            "at": f"{first:%H:%M}",
            "until_on": last.date(),
            "until": f"{last:%H:%M}",
        }
        url = f"{office.url('calendar_replace')}?{urlencode(told)}"
        links.append({"name": resource_name(resource), "url": url})
    return links


def short_names(catalog: Catalog, found: Iterable[Collision], zone_name: str) -> list[str]:
    """`Rita Costa, 12:00–13:00`: for a line of text; of what lasts over midnight the dates."""
    return [f"{_title(catalog, one)}, {_short_time(one, zone_name)}" for one in found]


def _short_time(one: Collision, zone_name: str) -> str:
    starts, ends = localized(one.starts_at, zone_name), localized(one.ends_at, zone_name)
    if starts.date() == ends.date():
        return f"{time_text(starts)}\u2013{time_text(ends)}"
    return f"{day_text(starts.date())} \u2013 {day_text(ends.date())}"


def _line(office: Office, catalog: Catalog, one: Collision) -> ConflictLine:
    known = [catalog.resources[key] for key in one.resource_ids if key in catalog.resources]
    zone_name = catalog.locations[known[0].location_id].time_zone if known else office.zone_name
    return ConflictLine(
        title=_title(catalog, one),
        what=_offering(catalog, one) if one.kind == "booking" else "",
        time=_time(one, zone_name),
        places=", ".join(resource_name(each) for each in known),
        status=one.state if one.kind == "booking" else "blocked" if one.kind == "block" else "active",
        url=_url(office, one),
    )


def _title(catalog: Catalog, one: Collision) -> str:
    if one.kind == "session":
        return _offering(catalog, one)
    return one.title or _("Blocked")


def _offering(catalog: Catalog, one: Collision) -> str:
    if one.offering_key is None:
        return ""
    return catalog.offering_of_key(one.offering_key).text("name", get_language() or "en")


def _time(one: Collision, zone_name: str) -> str:
    starts, ends = localized(one.starts_at, zone_name), localized(one.ends_at, zone_name)
    if starts.date() == ends.date():
        return f"{day_text(starts.date())}, {time_text(starts)}\u2013{time_text(ends)}"
    return f"{day_text(starts.date())}, {time_text(starts)} \u2013 {day_text(ends.date())}, {time_text(ends)}"


def _url(office: Office, one: Collision) -> str:
    if one.kind == "booking":
        return office.url("booking", one.id)
    return office.url("calendar_block", one.id) if one.kind == "block" else ""

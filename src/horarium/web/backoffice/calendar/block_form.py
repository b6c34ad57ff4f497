"""What stands in the form of a block, and the signed way back of what was done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput
from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.queries import BlockRow
from horarium.modules.availability.rules.blocks import Repeat, WallTime
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.queries import list_pools
from horarium.modules.resources.rules import ResourceFacts
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.shell import Office
from horarium.web.components.typed_dates import read_date
from horarium.workflows.place_blocks import EVERYTHING, BlockWish, resolve_resources, spans_of

from .choice import KINDS
from .words import kind_word

UNDO_SECONDS: Final = 90
"""The button is there for a minute; the rest is for a slow line."""
_SALT: Final = "horarium.backoffice.undo-block"
_SAME: Final = "same"
_WEEKDAYS: Final = frozenset("0123456")
LONGEST_CHOICE: Final = 600


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it came: wall-clock times as `HH:MM` in `zone`.

    `resource`: ids of resources with commas between, of a pool or location, `kind:<kind>`, `all` or `same`.
    `last_on` makes it repeat every week on `weekdays`.
    """

    on: date
    at: str
    until_on: date
    until: str
    resource: str
    reason: str
    zone: str
    weekdays: tuple[int, ...] = ()
    last_on: date | None = None

    @property
    def tz(self) -> ZoneInfo:
        return zone(self.zone)

    @property
    def repeat(self) -> Repeat | None:
        return Repeat(self.weekdays, self.last_on) if self.last_on else None

    @classmethod
    def of(cls, office: Office, catalog: Catalog, data: QueryDict, now: datetime) -> Typed:
        resource = catalog.find_resource(data.get("resource", "").partition(",")[0])
        zones = {one.time_zone for one in catalog.locations.values()}
        asked = data.get("zone", "")
        zone_name = catalog.locations[resource.location_id].time_zone if resource else office.zone_name
        zone_name = asked if asked in zones and resource is None else zone_name
        on = read_date(data.get("on")) or local_date_of(now, zone(zone_name))
        at = data.get("at", "")[:5]
        until_on = read_date(data.get("until_on")) or on
        until = data.get("until", "")[:5]
        if not until and (minute := minute_of(at)) is not None:
            until_on, until = _after(on, minute + 60)
        return cls(
            on=on,
            at=at,
            until_on=until_on,
            until=until,
            resource=data.get("resource", "")[:LONGEST_CHOICE],
            reason=_line(data.get("reason")),
            zone=zone_name,
            weekdays=tuple(sorted({int(one) for one in data.getlist("weekdays") if one in _WEEKDAYS})),
            last_on=read_date(data.get("last_on")) if data.get("repeat") else None,
        )


def as_typed(catalog: Catalog, row: BlockRow) -> Typed:
    resource = catalog.resources[row.resource_ids[0]]
    zone_name = catalog.locations[resource.location_id].time_zone
    starts, ends = row.starts_at.astimezone(zone(zone_name)), row.ends_at.astimezone(zone(zone_name))
    return Typed(
        on=starts.date(),
        at=f"{starts:%H:%M}",
        until_on=ends.date(),
        until=f"{ends:%H:%M}",
        resource=resource.public_id if len(row.resource_ids) == 1 else _SAME,
        reason=row.reason,
        zone=zone_name,
    )


def read_time(typed: Typed) -> WallTime:
    """Raises InvalidInput for what is no time. An end that does not come after the start is refused later."""
    starts, ends = minute_of(typed.at), minute_of(typed.until)
    if starts is None or ends is None:
        raise InvalidInput("no time", field="at", params={"reason": "required"})
    return WallTime(typed.on, starts, typed.until_on, ends)


def read_span(typed: Typed) -> tuple[datetime, datetime]:
    """The first time as instants, by the clock of the form. Raises InvalidInput."""
    time = read_time(typed)
    return instant_of(time.on, time.minute, typed.tz), instant_of(time.until_on, time.until_minute, typed.tz)


def read_wish(catalog: Catalog, typed: Typed, row: BlockRow | None, *, around: bool = False) -> BlockWish:
    """What the form asks for. Raises InvalidInput."""
    keys = kept_resources(catalog, typed, row)
    spans = spans_of(catalog, keys, read_time(typed), typed.repeat)
    return BlockWish(spans, typed.reason, typed.repeat, around)


def kept_resources(catalog: Catalog, typed: Typed, row: BlockRow | None) -> tuple[int, ...]:
    """Keys of the resources that were chosen. Raises InvalidInput where there are none."""
    if row is not None and typed.resource == _SAME:
        return row.resource_ids
    kind = typed.resource.partition("kind:")[2]
    if kind:
        names = [one.public_id for one in _here(catalog, typed) if one.kind == kind]
    else:
        names = [one for one in typed.resource.split(",") if one]
    return resolve_resources(catalog, names)


def choices_of(office: Office, catalog: Catalog, typed: Typed, names: list[str]) -> list[tuple[str, str]]:
    """Every resource whose clock shows the same time, all of a kind or pool together, a location, and everything."""
    here = sorted(_here(catalog, typed), key=lambda one: (KINDS.index(one.kind), one.position, one.id))
    found = [(_SAME, ", ".join(names))] if len(names) > 1 else []
    if "," in typed.resource:
        several = [catalog.find_resource(one) for one in typed.resource.split(",")]
        found.append((typed.resource, ", ".join(resource_name(one) for one in several if one)))
    found += [(one.public_id, resource_name(one)) for one in here]
    for kind in dict.fromkeys(one.kind for one in here):
        if sum(one.kind == kind for one in here) > 1:
            found.append(
                (f"kind:{kind}", _("All: %(kind)s") % {"kind": kind_word(office.business.type, kind)})
            )
    pools = list_pools(office.business.pk)
    found += [(one.public_id, _("Pool: %(name)s") % {"name": one.name}) for one in pools]
    if len(catalog.locations) > 1:
        found += [
            (one.public_id, _("Whole location: %(name)s") % {"name": one.name})
            for one in catalog.locations.values()
        ]
    return [*found, (EVERYTHING, _("Everything and everybody"))]


def undo_token(office: Office, told: dict[str, Any]) -> str:
    return signing.dumps({**told, "business": office.business.pk}, salt=_SALT, compress=True)


def read_undo(office: Office, token: str) -> dict[str, Any] | None:
    try:
        told = signing.loads(token, salt=_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return None
    return told if told["business"] == office.business.pk else None


def _here(catalog: Catalog, typed: Typed) -> list[ResourceFacts]:
    zones = {key: one.time_zone for key, one in catalog.locations.items()}
    return [
        one for one in catalog.resources.values() if one.is_active and zones[one.location_id] == typed.zone
    ]


def minute_of(text: str) -> int | None:
    hour, _colon, minute = text.partition(":")
    if not (hour.isdigit() and minute.isdigit()):
        return None
    found = int(hour) * 60 + int(minute)
    return found if found < 1440 and int(minute) < 60 else None


def _after(on: date, minute: int) -> tuple[date, str]:
    days, rest = divmod(minute, 1440)
    return on + timedelta(days=days), f"{rest // 60:02}:{rest % 60:02}"


def _line(text: Any) -> str:
    return " ".join(str(text or "").replace("\x00", "").split())[:120]

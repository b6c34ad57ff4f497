"""What stands in the form of a block, and the signed way back of what was done with it."""

from __future__ import annotations

from collections.abc import Collection
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
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.rules import ResourceFacts
from horarium.web.backoffice.bookings.filters import read_date
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.shell import Office

from .choice import KINDS
from .words import kind_word

UNDO_SECONDS: Final = 90
"""The button is there for a minute; the rest is for a slow line."""
_SALT: Final = "horarium.backoffice.undo-block"
_SAME: Final = "same"


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it came: wall-clock times as `HH:MM` in `zone`; `resource` is an id, `kind:<kind>` or `same`."""

    on: date
    at: str
    until_on: date
    until: str
    resource: str
    reason: str
    zone: str

    @property
    def tz(self) -> ZoneInfo:
        return zone(self.zone)

    @classmethod
    def of(cls, office: Office, catalog: Catalog, data: QueryDict, now: datetime) -> Typed:
        resource = catalog.find_resource(data.get("resource", ""))
        zones = {one.time_zone for one in catalog.locations.values()}
        asked = data.get("zone", "")
        zone_name = catalog.locations[resource.location_id].time_zone if resource else office.zone_name
        zone_name = asked if asked in zones and resource is None else zone_name
        on = read_date(data.get("on")) or local_date_of(now, zone(zone_name))
        at = data.get("at", "")[:5]
        until_on = read_date(data.get("until_on")) or on
        until = data.get("until", "")[:5]
        if not until and (minute := _minute(at)) is not None:
            until_on, until = _after(on, minute + 60)
        return cls(
            on, at, until_on, until, data.get("resource", "")[:60], _line(data.get("reason")), zone_name
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


def read_span(typed: Typed) -> tuple[datetime, datetime]:
    """Raises InvalidInput for what is no time. An end that does not come after the start is refused later."""
    starts, ends = _minute(typed.at), _minute(typed.until)
    if starts is None or ends is None:
        raise InvalidInput("no time", field="at", params={"reason": "required"})
    return instant_of(typed.on, starts, typed.tz), instant_of(typed.until_on, ends, typed.tz)


def kept_resources(catalog: Catalog, typed: Typed, row: BlockRow | None) -> Collection[int]:
    """Keys of the resources that were chosen. Raises InvalidInput where there are none."""
    if row is not None and typed.resource == _SAME:
        return row.resource_ids
    kind = typed.resource.partition("kind:")[2]
    found = [one.id for one in _here(catalog, typed) if one.public_id == typed.resource or one.kind == kind]
    if not found:
        raise InvalidInput("no resource", field="resource", params={"reason": "required"})
    return found


def choices_of(office: Office, catalog: Catalog, typed: Typed, names: list[str]) -> list[tuple[str, str]]:
    """Every resource whose clock shows the same time, and all of a kind together."""
    here = sorted(_here(catalog, typed), key=lambda one: (KINDS.index(one.kind), one.position, one.id))
    found = [(_SAME, ", ".join(names))] if len(names) > 1 else []
    found += [(one.public_id, resource_name(one)) for one in here]
    for kind in dict.fromkeys(one.kind for one in here):
        if sum(one.kind == kind for one in here) > 1:
            found.append(
                (f"kind:{kind}", _("All: %(kind)s") % {"kind": kind_word(office.business.type, kind)})
            )
    return found


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


def _minute(text: str) -> int | None:
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

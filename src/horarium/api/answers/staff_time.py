"""Blocks, free time for several, and people who are away, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from horarium.kit.zones import zone
from horarium.modules.catalog.rules import Catalog
from horarium.workflows.collisions import Collision
from horarium.workflows.find_time import FoundTimes
from horarium.workflows.replace_in_sessions import SessionProposal
from horarium.workflows.replace_specialist import Proposal, Replaced, Replacement


def resource_json(catalog: Catalog, key: int) -> dict[str, Any]:
    one = catalog.resources[key]
    return {"id": one.public_id, "name": one.name, "kind": one.kind}


def collision_json(catalog: Catalog, one: Collision) -> dict[str, Any]:
    tz = _zone(catalog, one.resource_ids)
    return {
        "kind": one.kind,
        "id": one.id,
        "title": one.title,
        "state": one.state,
        "start": one.starts_at.astimezone(tz),
        "end": one.ends_at.astimezone(tz),
        "offering": None if one.offering_key is None else _offering(catalog, one.offering_key),
        "resources": [resource_json(catalog, key) for key in one.resource_ids],
    }


def collisions_json(catalog: Catalog, found: Iterable[Collision]) -> list[dict[str, Any]]:
    return [collision_json(catalog, one) for one in found]


def found_times_json(catalog: Catalog, found: FoundTimes) -> dict[str, Any]:
    return {
        "time_zone": found.time_zone,
        "items": [
            {
                "start": one.start,
                "end": one.end,
                "resources": [[resource_json(catalog, key) for key in keys] for keys in one.resources],
            }
            for one in found.starts
        ],
        "is_cut": found.is_cut,
    }


def replacement_json(catalog: Catalog, found: Replacement) -> dict[str, Any]:
    return {
        "resource": resource_json(catalog, found.resource.id),
        "items": [_proposal(catalog, one) for one in found.proposals],
        "sessions": [_session_proposal(catalog, one) for one in found.sessions],
        "is_cut": found.is_cut,
    }


def replaced_json(catalog: Catalog, done: Replaced) -> dict[str, Any]:
    return {
        "items": [{"booking": one.booking, "code": one.reason} for one in done.outcomes],
        "sessions": [{"session": one.session, "code": one.reason} for one in done.sessions],
        "blocks": list(done.blocks),
        "left": collisions_json(catalog, done.left),
    }


def _proposal(catalog: Catalog, one: Proposal) -> dict[str, Any]:
    offering = catalog.offering_of_key(one.booking.offering_key)
    tz = zone(offering.location.time_zone)
    instead = catalog.find_resource(one.instead)
    return {
        "booking": one.booking.id,
        "name": one.booking.contact_name,
        "state": one.booking.state,
        "offering": {"id": offering.public_id, "name": offering.name},
        "start": one.booking.starts_at.astimezone(tz),
        "end": one.booking.ends_at.astimezone(tz),
        "is_resource_chosen": one.booking.is_resource_chosen,
        "kind": one.kind,
        "reason": one.reason or None,
        "new_start": _at(one.start, tz),
        "resource": resource_json(catalog, instead.id) if instead else None,
    }


def _session_proposal(catalog: Catalog, one: SessionProposal) -> dict[str, Any]:
    offering = catalog.offering_of_key(one.session.offering_id)
    tz = zone(offering.location.time_zone)
    instead = catalog.find_resource(one.instead)
    return {
        "session": one.session.public_id,
        "offering": {"id": offering.public_id, "name": offering.name},
        "start": one.session.starts_at.astimezone(tz),
        "end": one.session.ends_at.astimezone(tz),
        "taken": one.session.taken,
        "total": one.session.total,
        "kind": one.kind,
        "reason": one.reason or None,
        "resource": resource_json(catalog, instead.id) if instead else None,
    }


def _at(instant: datetime | None, tz: ZoneInfo) -> datetime | None:
    return None if instant is None else instant.astimezone(tz)


def _zone(catalog: Catalog, keys: Iterable[int]) -> ZoneInfo:
    first = next((catalog.resources[key] for key in keys if key in catalog.resources), None)
    return zone(catalog.locations[first.location_id].time_zone if first else "UTC")


def _offering(catalog: Catalog, key: int) -> dict[str, Any]:
    found = catalog.offering_of_key(key)
    return {"id": found.public_id, "name": found.name}

"""Reads of resources. The snapshot is a fragment of the catalogue's single query."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from horarium.kit.errors import NotFound

from .models import Opening, OpeningException, Pool, Resource
from .rules import DatedRule, OpeningRules, ResourceFacts, WeeklyRule

SNAPSHOT_SQL = """
    (SELECT coalesce(json_agg(json_build_array(
        r.id, r.public_id, r.kind, r.name, r.title, r.location_id, r.follows_location, r.position, r.is_active,
        coalesce(f.name, ''), r.color, r.translations) ORDER BY r.position, r.id), '[]')
     FROM resources_resource r LEFT JOIN files_storedfile f ON f.id = r.photo_id
     WHERE r.business_id = b.id) AS resources,
    (SELECT coalesce(json_agg(json_build_array(
        o.resource_id, o.location_id, o.weekday, o.starts_minute, o.ends_minute, o.valid_from, o.valid_until)), '[]')
     FROM resources_opening o WHERE o.business_id = b.id) AS weekly,
    (SELECT coalesce(json_agg(json_build_array(
        e.resource_id, e.location_id, e.first_on, e.last_on, e.starts_minute, e.ends_minute)), '[]')
     FROM resources_openingexception e WHERE e.business_id = b.id) AS dated,
    (SELECT coalesce(json_agg(json_build_array(p.pool_id, p.resource_id) ORDER BY p.resource_id), '[]')
     FROM resources_poolresource p WHERE p.business_id = b.id) AS pools
"""

Owner = tuple[int | None, int | None]


def is_of_member(business_id: int, member_id: int, resource_ids: Collection[int]) -> bool:
    """Whether any of these resources (by key) belongs to the member. One query, or none for no resources."""
    mine = Resource.objects.filter(business_id=business_id, member_id=member_id, pk__in=list(resource_ids))
    return bool(resource_ids) and mine.exists()


def parse_rules(weekly: list[Any], dated: list[Any]) -> dict[Owner, OpeningRules]:
    """Opening rules by `(resource_id, location_id)`, one of which is None."""
    weeks: dict[Owner, list[WeeklyRule]] = {}
    days: dict[Owner, list[DatedRule]] = {}
    for (
        resource_id,
        location_id,
        weekday,
        starts,
        ends,
        valid_from,
        valid_until,
    ) in weekly:
        weeks.setdefault((resource_id, location_id), []).append(
            WeeklyRule(weekday, starts, ends, _date(valid_from), _date(valid_until))
        )
    for resource_id, location_id, first_on, last_on, starts, ends in dated:
        days.setdefault((resource_id, location_id), []).append(
            DatedRule(date.fromisoformat(first_on), date.fromisoformat(last_on), starts, ends)
        )
    return {
        owner: OpeningRules(tuple(weeks.get(owner, ())), tuple(days.get(owner, ())))
        for owner in weeks.keys() | days.keys()
    }


def parse_resources(rows: list[Any], rules: dict[Owner, OpeningRules]) -> dict[int, ResourceFacts]:
    return {row[0]: ResourceFacts(*(*row, rules.get((row[0], None), OpeningRules()))) for row in rows}


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def list_resources(business_id: int) -> list[Resource]:
    """All of them, archived ones too, with location, photo and member. One query."""
    rows = Resource.objects.filter(business_id=business_id).select_related("location", "photo", "member")
    return list(rows.order_by("position", "id"))


def get_resource(business_id: int, resource_id: str) -> Resource:
    """Raises NotFound."""
    found = Resource.objects.filter(business_id=business_id, public_id=resource_id)
    resource = found.select_related("location", "photo", "member").first()
    if resource is None:
        raise NotFound("resource", params={"kind": "resource"})
    return resource


def list_pools(business_id: int) -> list[Pool]:
    """With their resources. Two queries."""
    return list(Pool.objects.filter(business_id=business_id).prefetch_related("resources"))


def keys_of_choices(business_id: int, public_ids: Collection[str]) -> tuple[list[int], list[int]]:
    """Keys of the resources and of the pools among these public ids. Two queries, inside a scope."""
    resources = Resource.objects.filter(business_id=business_id, public_id__in=public_ids)
    pools = Pool.objects.filter(business_id=business_id, public_id__in=public_ids)
    return list(resources.values_list("pk", flat=True)), list(pools.values_list("pk", flat=True))


def list_week(business_id: int, owner_id: str) -> list[Opening]:
    """Weekly hours of a resource or location, named by its public id."""
    owner = {f"{'resource' if owner_id.startswith('res_') else 'location'}__public_id": owner_id}
    return list(Opening.objects.filter(business_id=business_id, **owner))


def list_exceptions(business_id: int, owner_id: str, since: date) -> list[OpeningException]:
    """Dated rules of a resource or location that are not over on `since`."""
    owner = {f"{'resource' if owner_id.startswith('res_') else 'location'}__public_id": owner_id}
    return list(OpeningException.objects.filter(business_id=business_id, last_on__gte=since, **owner)[:500])

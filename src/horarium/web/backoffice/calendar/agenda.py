"""The calendar as a list: what is on, by day and column, in the order of time."""

from __future__ import annotations

from typing import Any


def agenda_of(feed: dict[str, Any]) -> list[dict[str, Any]]:
    """Days with their columns; an item that several columns share stands in each of them."""
    found = []
    for day in feed["days"]:
        columns = [_column(feed, day["on"], resource) for resource in feed["resources"]]
        found.append({"day": day, "columns": columns, "count": sum(len(one["items"]) for one in columns)})
    return found


def _column(feed: dict[str, Any], on: str, resource: dict[str, Any]) -> dict[str, Any]:
    here = [
        (part["from"], number, item)
        for number, item in enumerate(feed["items"])
        for part in item["parts"]
        if part["on"] == on and part["resource"] == resource["id"]
    ]
    return {
        "resource": resource,
        "hours": [
            (clock_text(first), clock_text(last)) for first, last in feed["hours"][f"{resource['id']}|{on}"]
        ],
        "items": [item for _from, _number, item in sorted(here, key=lambda one: one[:2])],
    }


def clock_text(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"

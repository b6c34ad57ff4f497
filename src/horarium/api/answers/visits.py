"""Plans of visits as JSON."""

from __future__ import annotations

from typing import Any

from horarium.workflows.plan_visits import PlannedItem, PlannedVisit, VisitPlans


def visit_plans_json(found: VisitPlans) -> dict[str, Any]:
    return {"plans": [_plan(one) for one in found.plans], "is_complete": found.is_complete}


def _plan(plan: PlannedVisit) -> dict[str, Any]:
    return {
        "start": plan.start,
        "end": plan.end,
        "length": plan.length,
        "idle": plan.idle,
        "total": plan.total.as_json(),
        "items": [_item(one) for one in plan.items],
    }


def _item(one: PlannedItem) -> dict[str, Any]:
    return {
        "item": {
            "offering": one.item.offering,
            "start": one.item.start,
            "duration": one.item.duration,
            "party": one.item.party,
            "resource": one.item.resource,
            "extras": list(one.item.extras),
        },
        "step": one.step,
        "people": list(one.people),
        "end": one.end,
        "price": one.price.as_json(),
        "served_by": list(one.served_by),
    }

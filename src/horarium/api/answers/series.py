"""Recurring series as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from horarium.modules.booking.rules import CancellationTerms
from horarium.workflows.change_series import ChangedOccurrence, ChangedSeries, SeriesMoney, SeriesView
from horarium.workflows.order_view import BookingView
from horarium.workflows.place_series import Occurrence, SeriesPlan

from .listings import alternative_json
from .orders import cancellation_json


def plan_json(plan: SeriesPlan) -> dict[str, Any]:
    return {
        "occurrences": [occurrence_json(one) for one in plan.occurrences],
        "total": plan.total.as_json(),
    }


def occurrence_json(one: Occurrence) -> dict[str, Any]:
    return {
        "number": one.number,
        "on": one.on.isoformat(),
        "start": one.start,
        "end": one.end,
        "price": one.price.as_json() if one.price is not None else None,
        "code": one.reason,
        "is_skipped": one.is_skipped,
        "alternatives": [alternative_json(each) for each in one.alternatives],
    }


def series_json(view: SeriesView) -> dict[str, Any]:
    return {
        "id": view.id,
        "order": view.order.id,
        "rule": {"unit": "week", **view.rule},
        "bookings": [
            {
                "id": one.id,
                "state": one.state,
                "start": one.start,
                "end": one.end,
                "price": one.price.as_json(),
            }
            for one in view.bookings
        ],
    }


def changed_json(changed: ChangedSeries) -> dict[str, Any]:
    return {
        "occurrences": [changed_occurrence_json(one) for one in changed.occurrences],
        "money": _money_json(changed.money),
    }


def changed_occurrence_json(one: ChangedOccurrence) -> dict[str, Any]:
    return {
        "booking": one.booking,
        "was": one.was,
        "start": one.start,
        "code": one.reason,
        "alternatives": [alternative_json(each) for each in one.alternatives],
    }


def going_json(going: Iterable[BookingView], terms: CancellationTerms) -> dict[str, Any]:
    return {"bookings": [one.id for one in going], **cancellation_json(terms)}


def _money_json(money: SeriesMoney) -> dict[str, Any]:
    return {
        "before": money.before.as_json(),
        "after": money.after.as_json(),
        "fee": money.fee.as_json(),
        "refund": money.refund.as_json(),
        "rest": money.due.as_json(),
    }

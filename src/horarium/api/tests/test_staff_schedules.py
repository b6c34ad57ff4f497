"""Schedules and sessions through the staff's API."""

from __future__ import annotations

from typing import Any

import pytest

from .bed import Api, Salon, problem_of
from .test_staff import ROOT, key_of

SPAN = "?from=2026-12-01T00:00:00Z&to=2027-01-01T00:00:00Z"


@pytest.fixture
def key(salon: Salon) -> dict[str, str]:
    return key_of(salon, "catalog.read", "catalog.write")


@pytest.fixture
def walk(api: Api, salon: Salon, key: dict[str, str]) -> str:
    """A class that Anna gives for an hour, for six; the salon is open from ten to one."""
    wanted = {
        "mode": "session", "name": "Class", "location": salon.location.public_id, "durations": [60],
        "capacity": 6, "party_max": 6, "needs": [{"choices": [salon.anna.public_id]}],
    }  # fmt: skip
    return str(api.post(ROOT + "/offerings", wanted, **key).json()["id"])


def mondays(**fields: Any) -> dict[str, Any]:
    base = {"first_on": "2026-12-01", "last_on": "2026-12-31", "starts_minute": 600, "weekdays": [0]}
    return base | fields


def starts(api: Api, key: dict[str, str], walk: str) -> list[str]:
    found = api.get(f"{ROOT}/offerings/{walk}/sessions{SPAN}", **key)
    assert found.status_code == 200
    return [one["start"][:16] for one in found.json()["items"] if one["state"] == "scheduled"]


def test_a_schedule_makes_sessions_and_is_changed_from_a_date_on(
    api: Api, salon: Salon, key: dict[str, str], walk: str
) -> None:
    path = f"{ROOT}/offerings/{walk}/schedules"
    made = api.post(path, mondays(except_on=["2026-12-14"], dates=["2026-12-31"]), **key)
    assert made.status_code == 201
    saved = made.json()
    assert (saved["created"], saved["sold"], saved["unseated"], saved["following"]) == (4, [], [], None)
    assert starts(api, key, walk) == [f"2026-12-{day}T10:00" for day in ("07", "21", "28", "31")]
    schedule = saved["schedule"]
    assert api.get(path, **key).json() == {"items": [schedule]}
    change = mondays(starts_minute=660, capacity=4, from_on="2026-12-21")
    changed = api.send("put", f"{ROOT}/schedules/{schedule['id']}", change, **key).json()
    assert changed["following"]["capacity"] == 4
    assert starts(api, key, walk) == ["2026-12-07T10:00", "2026-12-21T11:00", "2026-12-28T11:00"]
    ended = api.send("delete", f"{ROOT}/schedules/{changed['following']['id']}?from=2026-12-28", **key)
    assert ended.json()["dropped"] == 1
    assert starts(api, key, walk) == ["2026-12-07T10:00", "2026-12-21T11:00"]


def test_one_session_is_added_moved_and_cancelled(
    api: Api, salon: Salon, key: dict[str, str], walk: str
) -> None:
    path = f"{ROOT}/offerings/{walk}/sessions"
    one = api.post(path, {"start": "2026-12-02T10:00:00Z", "note": "Trial"}, **key).json()
    assert (one["total"], one["taken"], one["resources"], one["note"]) == (
        6,
        0,
        [salon.anna.public_id],
        "Trial",
    )
    refused = problem_of(api.post(path, {"start": "2026-12-02T10:30:00Z"}, **key))
    assert refused["status"] == 409
    assert refused["reason"] in ("taken", "resource_unavailable")
    url = f"{ROOT}/sessions/{one['id']}"
    moved = api.send("patch", url, {"start": "2026-12-02T11:30:00Z", "capacity": 8}, **key).json()
    assert (moved["start"][:16], moved["total"], moved["note"]) == ("2026-12-02T11:30", 8, "Trial")
    cancelled = api.post(f"{url}/cancellation", {"reason": "ill"}, **key).json()
    assert (cancelled["state"], cancelled["cancel_reason"]) == ("cancelled", "ill")
    assert problem_of(api.send("patch", url, {"capacity": 9}, **key))["status"] in (404, 409)


def test_what_a_schedule_cannot_be_is_named(api: Api, salon: Salon, key: dict[str, str], walk: str) -> None:
    path = f"{ROOT}/offerings/{walk}/schedules"

    def wrong(body: dict[str, Any]) -> list[tuple[str, str]]:
        return [(one["field"], one["code"]) for one in problem_of(api.post(path, body, **key))["errors"]]

    assert wrong(mondays(weekdays=[])) == [("weekdays", "required")]
    assert wrong(mondays(starts_minute=601)) == [("starts_minute", "not_five_minutes")]
    assert wrong(mondays(last_on="2026-11-01")) == [("last_on", "end_before_start")]
    assert wrong(mondays(min_places=7)) == [("min_places", "out_of_range")]
    assert wrong(mondays(resources=["res_none"])) == [("resources", "resource_unavailable")]
    haircut = f"{ROOT}/offerings/{salon.haircut.public_id}/schedules"
    assert problem_of(api.post(haircut, mondays(), **key))["errors"][0]["code"] == "mode"
    years = "?from=2026-12-01T00:00:00Z&to=2029-01-01T00:00:00Z"
    refused = problem_of(api.get(f"{ROOT}/offerings/{walk}/sessions{years}", **key))
    assert refused["errors"] == [
        {"field": "to", "code": "range_too_long", "message": "This range is too long."}
    ]
    reading = key_of(salon, "catalog.read")
    assert problem_of(api.post(path, mondays(), **reading))["status"] == 403


def test_a_copy_rests_until_it_is_started(api: Api, salon: Salon, key: dict[str, str], walk: str) -> None:
    api.post(f"{ROOT}/offerings/{walk}/schedules", mondays(), **key)
    made = api.post(f"{ROOT}/offerings/{walk}/copies", {"name": "Evening class"}, **key)
    assert made.status_code == 201
    copy = made.json()
    assert (copy["name"], copy["is_public"], copy["capacity"]) == ("Evening class", False, 6)
    assert made.headers["Location"] == f"/api/v1/manage/salon/offerings/{copy['id']}"
    path = f"{ROOT}/offerings/{copy['id']}/schedules"
    assert api.get(path, **key).json() == {"items": []}
    [resting] = api.get(f"{path}?resting=true", **key).json()["items"]
    assert starts(api, key, copy["id"]) == []
    api.send("put", f"{ROOT}/schedules/{resting['id']}", mondays(starts_minute=720), **key)
    started = api.post(f"{ROOT}/schedules/{resting['id']}/start", {}, **key)
    assert (started.status_code, started.json()["created"]) == (200, 4)
    assert starts(api, key, copy["id"])[0] == "2026-12-07T12:00"
    assert api.get(f"{path}?resting=true", **key).json() == {"items": []}
    nothing = api.post(f"{ROOT}/offerings/{walk}/copies", {"name": ""}, **key)
    assert nothing.status_code == 422

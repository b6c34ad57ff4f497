"""`items[].repeat` over the public API: several dates of one offering in one order."""

from __future__ import annotations

from typing import Any

import pytest
from django_scopes import scope

from horarium.modules.booking.models import Booking, Order
from horarium.platform.tenancy.actions import bump_catalog_revision

from .bed import Api, Salon, item, order_body, problem_of

pytestmark = pytest.mark.django_db
DATES = ["2026-12-01", "2026-12-08", "2026-12-15"]


@pytest.fixture(autouse=True)
def weekly(salon: Salon) -> None:
    """The haircut may be booked for three dates at once."""
    with scope(business=salon.business.pk):
        type(salon.haircut).objects.filter(pk=salon.haircut.pk).update(repeats_up_to=3)
    bump_catalog_revision(salon.business.pk)


def repeated(times: int = 3, every: str = "week", **fields: Any) -> dict[str, Any]:
    repeat = {"every": every, "times": times, **fields.pop("repeat", {})}
    return item(repeat=repeat, **fields)


def placed(salon: Salon) -> list[Booking]:
    with scope(business=salon.business.pk):
        return list(Booking.objects.order_by("id"))


def test_an_offering_tells_how_often_it_repeats(api: Api, salon: Salon) -> None:
    assert api.get(f"{salon.root}/offerings/haircut").json()["repeats_up_to"] == 3
    assert api.get(f"{salon.root}/offerings/colouring").json()["repeats_up_to"] == 1


def test_all_dates_are_quoted_and_booked_in_one_order(api: Api, salon: Salon) -> None:
    quote = api.post(f"{salon.root}/quotes", {"items": [repeated()]}).json()
    (only,) = quote["items"]
    assert (quote["total"]["minor"], only["price"]["minor"], only["lines"]) == (9000, 9000, [])
    assert [one["on"] for one in only["occurrences"]] == DATES
    assert [one["price"]["minor"] for one in only["occurrences"]] == [3000, 3000, 3000]
    answer = api.post(f"{salon.root}/orders", order_body(repeated()))
    assert answer.status_code == 201, answer.content
    assert [one["start"][:10] for one in answer.json()["bookings"]] == DATES
    assert answer.json()["total"]["minor"] == 9000
    assert len({one.series_id for one in placed(salon)} - {None}) == 1


def test_a_clash_lists_every_date_with_what_is_free_near_it(api: Api, salon: Salon) -> None:
    who = salon.anna.public_id
    taken = order_body(item(start="2026-12-08T10:00:00+00:00", resource=who))
    assert api.post(f"{salon.root}/orders", taken).status_code == 201
    refused = api.post(f"{salon.root}/orders", order_body(repeated(resource=who)))
    found = problem_of(refused)
    assert (refused.status_code, found["code"], found["item"]) == (409, "series.clash", 0)
    assert [one["code"] for one in found["occurrences"]] == [None, "resource_unavailable", None]
    assert len(placed(salon)) == 1
    quoted = api.post(f"{salon.root}/quotes", {"items": [repeated(resource=who)]})
    assert problem_of(quoted)["occurrences"] == found["occurrences"]
    same, *others = found["occurrences"][1]["alternatives"]
    assert (same["start"][:16], same["resources"]) == ("2026-12-08T10:00", [salon.boris.public_id])
    near = next(one["start"] for one in others if who in one["resources"])
    chosen = repeated(resource=who, repeat={"starts": [{"number": 1, "start": near}]})
    assert api.post(f"{salon.root}/orders", order_body(chosen)).status_code == 201
    assert len(placed(salon)) == 4


def test_one_date_may_be_left_out_or_served_by_anyone(api: Api, salon: Salon) -> None:
    who, second = salon.anna.public_id, "2026-12-08T10:00:00+00:00"
    assert api.post(f"{salon.root}/orders", order_body(item(start=second, resource=who))).status_code == 201
    anyone = {"starts": [{"number": 1, "start": second, "resource": None}]}
    answer = api.post(f"{salon.root}/orders", order_body(repeated(resource=who, repeat=anyone)))
    served = [one["resources"][0]["name"] for one in answer.json()["bookings"]]
    assert served == ["Anna", "Boris", "Anna"]
    less = repeated(start="2026-12-01T11:00:00+00:00", resource=who, repeat={"skip": [1]})
    answer = api.post(f"{salon.root}/orders", order_body(less))
    assert [one["start"][:10] for one in answer.json()["bookings"]] == [DATES[0], DATES[2]]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"repeat": {"every": "week", "times": 4}}, "items.0.repeat.times", "too_many"),
        ({"repeat": {"every": "week", "times": 1}}, "items.0.repeat.times", "out_of_range"),
        ({"repeat": {"every": "day", "times": 2}}, "items.0.repeat.every", "not_allowed"),
        ({"repeat": {"every": "week"}}, "items.0.repeat.times", "required"),
        ({"repeat": {"every": "week", "times": 2, "until": "x"}}, "items.0.repeat.until", "unknown_field"),
        (
            {"offering": "colouring", "repeat": {"every": "week", "times": 2}},
            "items.0.repeat.times",
            "too_many",
        ),
        (
            {"repeat": {"every": "week", "times": 2, "skip": [0, 1]}},
            "items.0.repeat.skip",
            "required",
        ),
    ],
)
def test_what_cannot_be_repeated_names_its_field(
    api: Api, salon: Salon, changes: dict[str, Any], field: str, code: str
) -> None:
    refused = api.post(f"{salon.root}/orders", order_body(item(**changes)))
    found = problem_of(refused)
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in found["errors"]] == [(field, code)]
    with scope(business=salon.business.pk):
        assert not Order.objects.exists()


def test_other_kinds_do_not_repeat(api: Api, salon: Salon) -> None:
    goods = {"product": "prd_0123456789abcdefghjk", "repeat": {"every": "week", "times": 2}}
    refused = api.post(f"{salon.root}/orders", order_body(goods))
    assert refused.status_code == 422
    assert [one["field"] for one in problem_of(refused)["errors"]] == ["items.0.repeat"]


def test_an_attempt_sent_twice_is_one_series(api: Api, salon: Salon) -> None:
    body, key = order_body(repeated()), {"Idempotency-Key": "once"}
    first, again = (api.post(f"{salon.root}/orders", body, **key) for _ in range(2))
    assert (first.json()["id"], len(placed(salon))) == (again.json()["id"], 3)

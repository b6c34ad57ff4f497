"""Waiting lists, offers, approval and series over the API."""

from __future__ import annotations

from typing import Any

import pytest
from django_scopes import scope

from horarium.modules.booking.models import WaitingEntry
from horarium.modules.booking.tokens import order_token
from horarium.platform.tenancy.models import Role
from horarium.workflows.waiting_list import run_waiting_list
from tests.factories import make_member

from .bed import NOW, Api, Salon, item, order_body, problem_of

pytestmark = pytest.mark.django_db
DAY = "2026-12-01"
WAITER = {"name": "Grace Hopper", "email": "grace@example.org"}


def at(clock: str, day: str = DAY) -> str:
    return f"{day}T{clock}:00+00:00"


@pytest.fixture
def staff(api: Api, salon: Salon) -> Any:
    """Requests of the owner, signed in."""
    api.client.force_login(make_member(salon.business, Role.OWNER).user)
    root = f"/api/v1/manage/{salon.business.slug}"

    def send(method: str, path: str, body: Any = None) -> Any:
        return api.send(method, f"{root}/{path}", body)

    return send


def wait(api: Api, salon: Salon, **changes: Any) -> Any:
    body = {"offering": item()["offering"], "from": DAY, "to": DAY, "customer": WAITER, **changes}
    return api.post(f"{salon.root}/waiting-list", body)


def entries(salon: Salon) -> list[WaitingEntry]:
    with scope(business=salon.business.pk):
        return list(WaitingEntry.objects.select_related("order").order_by("id"))


def test_joining_says_the_same_to_everybody_and_opens_nothing(api: Api, salon: Salon) -> None:
    first, again = wait(api, salon), wait(api, salon)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()
    assert first.json() == {"offering": item()["offering"], "from": DAY, "to": DAY, "email": WAITER["email"]}
    assert len(entries(salon)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to": "2026-11-01"}, "to"),
        ({"nights": 2}, "nights"),
        ({"customer": {"name": "Grace"}}, "customer.email"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_what_cannot_be_waited_for_names_its_field(
    api: Api, salon: Salon, changes: dict[str, Any], field: str
) -> None:
    refused = wait(api, salon, **changes)
    found = problem_of(refused)
    assert (refused.status_code, [one["field"] for one in found["errors"]]) == (422, [field])


def test_an_offer_is_taken_by_its_token_once(api: Api, salon: Salon) -> None:
    wait(api, salon)
    assert run_waiting_list(salon.business.pk, NOW) == 1
    order = entries(salon)[0].order
    assert order is not None
    path = f"/api/v1/public/orders/{order.public_id}/acceptance"
    assert api.post(path, {}).status_code == 401
    key = f"Bearer {order_token(order)}"
    answers = [api.post(path, {}, Authorization=key) for _ in range(2)]
    assert [one.json()["status"] for one in answers] == ["confirmed"] * 2
    assert entries(salon)[0].state == "taken"


def test_an_offer_with_something_due_is_not_merely_accepted(api: Api, salon: Salon) -> None:
    assert wait(api, salon, offering="colouring").status_code == 202
    run_waiting_list(salon.business.pk, NOW)
    order = entries(salon)[0].order
    assert order is not None
    path = f"/api/v1/public/orders/{order.public_id}/acceptance"
    refused = api.post(path, {}, Authorization=f"Bearer {order_token(order)}")
    assert (refused.status_code, problem_of(refused)["code"]) == (409, "order.payment_due")


def test_staff_see_offer_and_remove_who_waits(api: Api, salon: Salon, staff: Any) -> None:
    wait(api, salon)
    wait(api, salon, customer={"name": "Alan Turing", "email": "alan@example.org"})
    listed = staff("get", "waiting-list?state=waiting&q=alan").json()
    (row,) = listed["items"]
    assert (row["name"], row["from"], row["party"]) == ("Alan Turing", DAY, 1)
    assert staff("get", "waiting-list?on=2026-12-02").json()["items"] == []
    offered = staff("post", f"waiting-list/{row['id']}/offer")
    assert (offered.status_code, offered.json()["status"]) == (201, "held")
    assert [one.state for one in entries(salon)] == ["waiting", "offered"]
    removed = staff("delete", f"waiting-list/{row['id']}")
    assert (removed.status_code, removed.json()["state"]) == (200, "left")


def series(**changes: Any) -> dict[str, Any]:
    return {"item": item(start=at("10:00")), "rule": {"count": 3}, "customer": WAITER, **changes}


def test_a_series_is_previewed_booked_moved_and_cancelled(api: Api, salon: Salon, staff: Any) -> None:
    body = series()
    preview = staff("post", "series/preview", {"item": body["item"], "rule": body["rule"]}).json()
    assert [one["on"] for one in preview["occurrences"]] == ["2026-12-01", "2026-12-08", "2026-12-15"]
    placed = staff("post", "series", body)
    assert placed.status_code == 201, placed.content
    assert placed.json()["total"] == preview["total"]
    second = placed.json()["bookings"][1]["id"]
    found = staff("get", f"bookings/{second}/series").json()
    assert (found["id"], found["rule"]["count"], len(found["bookings"])) == (placed.json()["series"], 3, 3)
    change = {"reach": "following", "start": at("12:00", "2026-12-08")}
    shown = staff("post", f"bookings/{second}/series/change/preview", change)
    done = staff("post", f"bookings/{second}/series/change", change)
    assert (done.status_code, done.json()["money"]) == (200, shown.json()["money"])
    moved = staff("get", f"bookings/{second}/series").json()["bookings"]
    assert [one["start"][:16] for one in moved] == [
        "2026-12-01T10:00",
        "2026-12-08T12:00",
        "2026-12-15T12:00",
    ]
    ending = {"reach": "following"}
    terms = staff("post", f"bookings/{second}/series/cancellation/preview", ending).json()
    assert terms["bookings"] == [one["id"] for one in moved[1:]]
    after = staff("post", f"bookings/{second}/series/cancellation", ending).json()
    assert [one["state"] for one in after["bookings"]] == ["confirmed", "cancelled", "cancelled"]


def test_what_clashes_is_listed_and_can_be_left_out(api: Api, salon: Salon, staff: Any) -> None:
    who = salon.anna.public_id
    taken = order_body(item(start=at("10:00", "2026-12-08"), resource=who))
    assert api.post(f"{salon.root}/orders", taken).status_code == 201
    body = series(item=item(start=at("10:00"), resource=who))
    refused = staff("post", "series", body)
    assert (refused.status_code, problem_of(refused)["code"]) == (409, "series.clash")
    assert [one["code"] for one in refused.json()["occurrences"]] == [None, "resource_unavailable", None]
    assert refused.json()["occurrences"][1]["alternatives"]
    placed = staff("post", "series", {**body, "skip": [1]})
    assert (placed.status_code, len(placed.json()["bookings"])) == (201, 2)

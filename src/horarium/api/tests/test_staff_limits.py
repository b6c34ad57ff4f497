"""Bookings of staff beyond what binds guests, over the API: with a reason, or 422 at its field."""

from __future__ import annotations

from typing import Any

import pytest
from django_scopes import scope

from horarium.modules.booking.models import Booking
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.models import Role
from tests.factories import make_member

from .bed import Api, Salon, item, order_body, problem_of

pytestmark = pytest.mark.django_db
FAR = "2027-05-03T10:00:00+00:00"
"""More than ninety days ahead."""


@pytest.fixture
def root(api: Api, salon: Salon) -> str:
    api.client.force_login(make_member(salon.business, Role.OPERATOR).user)
    return f"/api/v1/manage/{salon.business.slug}"


def noted(salon: Salon) -> list[dict[str, Any]]:
    with scope(business=salon.business.pk):
        return [one.after or {} for one in AuditEntry.objects.filter(action="terms.overridden")]


def test_a_booking_beyond_a_limit_needs_a_reason(api: Api, salon: Salon, root: str) -> None:
    refused = api.post(f"{root}/bookings", order_body(item(start=FAR)))
    assert refused.status_code == 422
    (error,) = problem_of(refused)["errors"]
    assert (error["field"], error["code"]) == ("reason", "required")
    with scope(business=salon.business.pk):
        assert not Booking.objects.exists()
    done = api.post(f"{root}/bookings", order_body(item(start=FAR), reason=" A wedding "))
    assert done.status_code == 201, done.content
    assert noted(salon) == [
        {
            "action": "book",
            "limit": "horizon",
            "price_minor": 3000,
            "usual_price_minor": 3000,
            "fee_minor": 0,
            "usual_fee_minor": 0,
            "reason": "A wedding",
        }
    ]


def test_a_series_beyond_a_limit_needs_one_reason_for_all_of_it(api: Api, salon: Salon, root: str) -> None:
    customer = order_body()["customer"]
    body = {"item": item(), "rule": {"unit": "month", "count": 5}, "customer": customer}
    refused = api.post(f"{root}/series", body)
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in problem_of(refused)["errors"]] == [("reason", "required")]
    with scope(business=salon.business.pk):
        assert not Booking.objects.exists()
    done = api.post(f"{root}/series", {**body, "reason": "A course"})
    assert done.status_code == 201, done.content
    assert [(one["limit"], one["reason"]) for one in noted(salon)] == [("horizon", "A course")] * 2


def test_within_the_limits_no_reason_is_asked_for(api: Api, salon: Salon, root: str) -> None:
    assert api.post(f"{root}/bookings", order_body(item())).status_code == 201
    assert noted(salon) == []


def test_guests_cannot_go_beyond_a_limit_with_a_reason(api: Api, salon: Salon) -> None:
    assert api.post(f"{salon.root}/orders", order_body(item(start=FAR))).status_code == 409
    assert api.post(f"{salon.root}/orders", order_body(item(start=FAR), reason="Please")).status_code == 422

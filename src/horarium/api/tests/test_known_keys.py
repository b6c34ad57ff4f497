"""A key that is known is asked after by the statement that reads for it, and never believed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from horarium.api.auth import ApiKey as Door
from horarium.api.definition import STAFF
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import create_api_key, revoke_api_key
from horarium.platform.tenancy.models import ApiKey, Business

from .bed import Api, Salon, item, order_body, problem_of

LIST = "/api/v1/manage/salon/bookings"


class Known:
    """A key with which bookings were listed often enough to be remembered."""

    def __init__(self, api: Api, salon: Salon) -> None:
        self.api = api
        self.row, secret = create_api_key(salon.business.pk, "Site", ["bookings.read"], Actor.system())
        self.headers = {"authorization": f"Bearer {secret}"}
        api.post(salon.root + "/orders", order_body(item()))
        for _ in range(3):
            assert len(self.list().json()["items"]) == 1

    def list(self, query: str = "") -> Any:
        return self.api.get(LIST + query, **self.headers)

    def change(self, **fields: object) -> None:
        with scopes_disabled():
            ApiKey.objects.filter(pk=self.row.pk).update(**fields)


@pytest.fixture
def known(api: Api, salon: Salon) -> Known:
    return Known(api, salon)


def test_no_other_view_lets_a_key_in_unasked() -> None:
    found = {
        (path, door.permissions[0].value)
        for module in STAFF
        for path, view in module.router.path_operations.items()
        for operation in view.operations
        for door in operation.auth_callbacks
        if isinstance(door, Door) and door.asking is not None
    }
    assert found == {("/bookings", "bookings.read")}


def test_a_list_costs_one_statement_whose_key_is_known(known: Known) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert len(known.list().json()["items"]) == 1
    assert len(queries) == 1


def test_an_empty_list_asks_by_itself_whether_the_key_stands(known: Known) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = known.list("?state=cancelled")
    assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert len(queries) == 3


def test_a_revoked_key_lists_nothing_any_more(known: Known, salon: Salon) -> None:
    revoke_api_key(salon.business.pk, known.row.public_id, Actor.system())
    for _ in range(2):
        assert problem_of(known.list())["code"] == "auth.required"


def test_a_deleted_key_lists_nothing_any_more(known: Known) -> None:
    with scopes_disabled():
        ApiKey.objects.filter(pk=known.row.pk).delete()
    assert problem_of(known.list())["code"] == "auth.required"


def test_a_key_whose_scopes_were_taken_away_is_refused(known: Known) -> None:
    known.change(scopes=["payments.read"])
    assert problem_of(known.list())["code"] == "tenancy.permission_missing"
    known.change(scopes=["bookings.read"])
    assert len(known.list().json()["items"]) == 1


def test_another_secret_makes_the_former_one_worthless(known: Known) -> None:
    known.change(secret_hash="0" * 64)
    assert problem_of(known.list())["code"] == "auth.required"


def test_a_closed_business_lists_nothing(known: Known, salon: Salon) -> None:
    Business.objects.filter(pk=salon.business.pk).update(is_active=False)
    assert problem_of(known.list())["code"] == "auth.required"


def test_a_business_that_has_moved_is_not_found_at_its_former_address(known: Known, salon: Salon) -> None:
    Business.objects.filter(pk=salon.business.pk).update(slug="moved")
    assert problem_of(known.list())["code"] == "not_found"
    moved = known.api.get("/api/v1/manage/moved/bookings", **known.headers)
    assert len(moved.json()["items"]) == 1


def test_what_a_key_opens_is_read_for_it_after_a_change(known: Known, salon: Salon) -> None:
    Business.objects.filter(pk=salon.business.pk).update(name="Another name")
    with CaptureQueriesContext(connection) as changed:
        assert len(known.list().json()["items"]) == 1
    with CaptureQueriesContext(connection) as again:
        assert len(known.list().json()["items"]) == 1
    assert (len(changed), len(again)) == (4, 1)

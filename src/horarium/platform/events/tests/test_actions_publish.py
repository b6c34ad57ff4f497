"""The outbox."""

from dataclasses import dataclass

import pytest
from django.db import connection

from horarium.platform.events.actions import publish
from horarium.platform.events.event import Event, event_type
from tests.factories import make_business


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(Event):
    kettle: str


def test_an_event_is_found_by_its_name() -> None:
    assert event_type("KettleBoiled") is KettleBoiled
    assert KettleBoiled(business_id=7, kettle="k").payload() == {"kettle": "k"}


@pytest.mark.django_db
def test_an_event_that_nobody_hears_costs_one_insert() -> None:
    from django.test.utils import CaptureQueriesContext

    business = make_business()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        publish(KettleBoiled(business_id=business.pk, kettle="k"))
    assert len(queries) == 1

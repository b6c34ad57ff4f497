"""The outbox: written with the change, delivered once to each handler."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from horarium.platform.events import actions
from horarium.platform.events.actions import HandlerMissing, deliver, publish, subscribe, subscriptions
from horarium.platform.events.event import Event, event_type
from horarium.platform.events.models import InboxEntry, OutboxEvent
from horarium.platform.events.queries import list_events
from horarium.platform.tenancy.models import Location
from tests.factories import make_business, make_location

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(Event):
    kettle: str
    degrees: int = 100


@pytest.fixture
def heard() -> Iterator[list[KettleBoiled]]:
    """One handler of KettleBoiled, which keeps what it hears."""
    found: list[KettleBoiled] = []
    subscribe(KettleBoiled, found.append, name="tests.keep")
    yield found
    del actions._handlers["KettleBoiled"]


def jobs() -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs WHERE task_name = 'events.deliver' ORDER BY id"
        )
        return [json.loads(args) for (args,) in cursor.fetchall()]


def only_event() -> OutboxEvent:
    with scopes_disabled():
        return OutboxEvent.objects.get()


def test_an_event_is_found_by_its_name() -> None:
    assert event_type("KettleBoiled") is KettleBoiled
    assert KettleBoiled(business_id=7, kettle="k").payload() == {"kettle": "k", "degrees": 100}


def test_two_events_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="two events are called KettleBoiled"):
        type("KettleBoiled", (Event,), {"__module__": "elsewhere"})


def test_an_event_that_nobody_hears_costs_one_insert() -> None:
    business = make_business()
    with CaptureQueriesContext(connection) as queries:
        publish(KettleBoiled(business_id=business.pk, kettle="k"))
    assert len(queries) == 1
    assert jobs() == []


def test_an_event_with_handlers_costs_one_statement_more(heard: list[KettleBoiled]) -> None:
    subscribe(KettleBoiled, heard.remove, name="tests.other")
    business = make_business()
    with CaptureQueriesContext(connection) as queries:
        publish(KettleBoiled(business_id=business.pk, kettle="k"))
    assert len(queries) == 2
    assert [job["handler"] for job in jobs()] == ["tests.keep", "tests.other"]
    assert subscriptions()["KettleBoiled"] == ["tests.keep", "tests.other"]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_leaves_neither_event_nor_job(heard: list[KettleBoiled]) -> None:
    business = make_business()
    with transaction.atomic():
        publish(KettleBoiled(business_id=business.pk, kettle="k"))
        transaction.set_rollback(True)
    assert list_events(business.pk) == []
    assert jobs() == []


def test_a_handler_takes_effect_once_however_often_it_is_delivered(heard: list[KettleBoiled]) -> None:
    business = make_business()
    publish(KettleBoiled(business_id=business.pk, kettle="k"))
    event_id = only_event().pk
    assert [deliver(business.pk, event_id, "tests.keep") for _ in range(3)] == [True, False, False]
    assert heard == [KettleBoiled(business_id=business.pk, kettle="k")]


def test_a_handler_that_fails_leaves_no_trace_and_can_be_delivered_again() -> None:
    business = make_business()

    def fail(event: KettleBoiled) -> None:
        make_location(business)
        raise ZeroDivisionError

    subscribe(KettleBoiled, fail, name="tests.fail")
    try:
        publish(KettleBoiled(business_id=business.pk, kettle="k"))
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                deliver(business.pk, only_event().pk, "tests.fail")
    finally:
        del actions._handlers["KettleBoiled"]
    with scopes_disabled():
        assert Location.objects.count() == 0
        assert InboxEntry.objects.count() == 0


def test_a_handler_runs_in_the_scope_of_its_business() -> None:
    business, other = make_business(), make_business()
    make_location(business, name="Mine")
    make_location(other, name="Theirs")
    seen: list[str] = []

    def look(event: KettleBoiled) -> None:
        seen.extend(Location.objects.values_list("name", flat=True))

    subscribe(KettleBoiled, look, name="tests.look")
    try:
        publish(KettleBoiled(business_id=business.pk, kettle="k"))
        deliver(business.pk, only_event().pk, "tests.look")
    finally:
        del actions._handlers["KettleBoiled"]
    assert seen == ["Mine"]


def test_a_delivery_to_a_handler_that_is_gone_fails_visibly() -> None:
    business = make_business()
    publish(KettleBoiled(business_id=business.pk, kettle="k"))
    with pytest.raises(HandlerMissing):
        deliver(business.pk, only_event().pk, "tests.gone")


def test_the_events_of_another_business_are_not_listed() -> None:
    business, other = make_business(), make_business()
    publish(KettleBoiled(business_id=business.pk, kettle="mine"))
    publish(KettleBoiled(business_id=other.pk, kettle="theirs"))
    publish(KettleBoiled(business_id=business.pk, kettle="newer"))
    newest, oldest = list_events(business.pk)
    assert [newest.payload["kettle"], oldest.payload["kettle"]] == ["newer", "mine"]
    assert list_events(business.pk, before=newest.public_id) == [oldest]

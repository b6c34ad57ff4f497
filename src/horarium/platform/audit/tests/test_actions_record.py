"""The audit log: complete, append-only, of one business."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from django_scopes.exceptions import ScopeError

from horarium.kit.clock import frozen
from horarium.kit.ids import new_id
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.audit.queries import AuditFilters, list_entries
from tests.factories import make_business, make_member

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_an_entry_tells_who_what_before_after_and_from_where() -> None:
    business = make_business()
    member = make_member(business)
    booking = new_id("bk")
    with frozen(NOON), CaptureQueriesContext(connection) as queries:
        record(
            business.pk,
            Actor.member(member.user_id, ip="203.0.113.9"),
            "booking.moved",
            booking,
            before={"starts_at": NOON},
            after={"price": Decimal("12.50")},
        )
    assert len(queries) == 1
    [entry] = list_entries(business.pk).entries
    assert (entry.at, entry.actor_kind, entry.user, entry.ip) == (NOON, "member", member.user, "203.0.113.9")
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("booking.moved", "bk", booking)
    assert (entry.before, entry.after) == ({"starts_at": "2026-12-01T12:00:00Z"}, {"price": "12.50"})
    assert entry.channel == "backoffice"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_an_entry(change: str) -> None:
    business = make_business()
    record(business.pk, Actor.system(), "business.created", business.public_id)
    [entry] = list_entries(business.pk).entries
    with scopes_disabled(), transaction.atomic():
        entries = AuditEntry.objects.filter(pk=entry.pk)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            entries.update(action="other") if change == "update" else entries.delete()
    assert list_entries(business.pk).entries == (entry,)


def test_a_subject_is_named_by_its_public_id() -> None:
    with pytest.raises(ValueError, match="not a public id"):
        record(make_business().pk, Actor.system(), "booking.moved", "17")


def test_entries_are_filtered_and_paged_in_one_query_of_one_business() -> None:
    business, other = make_business(), make_business()
    first, second = new_id("bk"), new_id("bk")
    for number in range(60):
        record(business.pk, Actor.guest("widget"), "booking.moved", first if number % 2 else second)
    record(business.pk, Actor.system(), "order.expired", new_id("ord"))
    record(other.pk, Actor.system(), "booking.moved", first)

    with CaptureQueriesContext(connection) as queries:
        page = list_entries(business.pk)
    assert len(queries) == 1
    assert (len(page.entries), page.has_next) == (50, True)
    assert page.entries[0].action == "order.expired"
    assert len(list_entries(business.pk, page=2).entries) == 11
    assert len(list_entries(business.pk, AuditFilters(subject_id=first)).entries) == 30
    assert len(list_entries(business.pk, AuditFilters(action="order")).entries) == 1
    assert list_entries(business.pk, AuditFilters(until=NOON.replace(year=2020))).entries == ()


def test_a_query_outside_of_a_scope_is_refused() -> None:
    """T-125"""
    with pytest.raises(ScopeError):
        AuditEntry.objects.count()

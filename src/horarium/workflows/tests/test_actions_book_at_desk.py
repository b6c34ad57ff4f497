"""Staff book beyond what binds guests: with a reason that the log keeps, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.tests.session_scene import add_session, make_tours
from horarium.modules.availability.tests.session_scene import at as utc
from horarium.modules.catalog.models import Restriction
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.book_at_desk import book_at_desk, book_series_at_desk
from horarium.workflows.checkout import Checkout
from horarium.workflows.items import Item, SessionItem, SlotItem, StayItem
from horarium.workflows.order_view import OrderView
from horarium.workflows.place_series import SeriesClash
from horarium.workflows.recurrence import SeriesRule
from horarium.workflows.recurrence_items import SeriesWish
from tests.factories import make_offering, make_resource

from .rows import counts
from .stage import ANNA_WRITES, NOW, STAFF, TUESDAY, at, make_place

pytestmark = pytest.mark.django_db


def book(slug: str, *items: Item, reason: str = "", now: Any = NOW) -> OrderView:
    return book_at_desk(slug, Checkout(ANNA_WRITES, items), STAFF, now, reason=reason)


def noted(business_id: int) -> list[tuple[str, dict[str, Any]]]:
    with scope(business=business_id):
        found = AuditEntry.objects.filter(action="terms.overridden").order_by("id")
        return [(one.subject_id, one.after or {}) for one in found]


def refused(*args: Any, **fields: Any) -> InvalidInput:
    """Without a reason nothing is written."""
    before = counts()
    with pytest.raises(InvalidInput) as refusal:
        book(*args, **fields)
    assert counts() == before
    return refusal.value


def test_within_the_limits_nothing_is_asked_and_nothing_noted() -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000)
    view = book(place.business.slug, SlotItem(cut.public_id, at("10:00")), reason="Not needed")
    assert view.bookings[0].state == "confirmed"
    assert noted(place.business_id) == []


def test_far_ahead_a_slot_needs_a_reason_and_at_short_notice_none() -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000, lead_minutes=120, horizon_days=10)
    soon = SlotItem(cut.public_id, at("10:00"))
    now = at("09:00")
    later = SlotItem(cut.public_id, at("10:00", TUESDAY + timedelta(days=30)))
    error = refused(place.business.slug, soon, later, now=now)
    assert (error.field, error.params["reason"], error.params["limit"]) == ("reason", "required", "horizon")
    view = book(place.business.slug, soon, later, now=now, reason="A regular guest")
    assert noted(place.business_id) == [
        (
            view.bookings[1].id,
            {
                "action": "book",
                "limit": "horizon",
                "price_minor": 3000,
                "usual_price_minor": 3000,
                "fee_minor": 0,
                "usual_fee_minor": 0,
                "reason": "A regular guest",
            },
        )
    ]


def test_a_stay_that_breaks_a_restriction_needs_a_reason() -> None:
    place = make_place()
    room = make_resource(place, kind="room")
    double = make_offering(
        place, needs=[[room]], mode="stay", durations=[1440], price=9000, basis="per_night"
    )
    with scope(business=place.business_id):
        Restriction.objects.create(
            business=place.business,
            offering=double,
            first_on=TUESDAY,
            last_on=TUESDAY + timedelta(days=6),
            min_nights=3,
        )
    bump_catalog_revision(place.business_id)
    nights = StayItem(double.public_id, TUESDAY, TUESDAY + timedelta(days=2))
    error = refused(place.business.slug, nights)
    assert (error.field, error.params["limit"]) == ("reason", "min_stay")
    book(place.business.slug, nights, reason="A storm")
    assert [(one["limit"], one["reason"]) for _, one in noted(place.business_id)] == [("min_stay", "A storm")]


def test_a_session_whose_sale_is_over_needs_no_reason() -> None:
    tours = make_tours()
    session = add_session(tours, utc(10))
    tickets = SessionItem(((tours.adult.public_id, 2),), session=session.public_id)
    view = book(tours.business.slug, tickets, now=utc(9, 30))
    assert view.bookings[0].state == "confirmed"
    assert noted(tours.id) == []


def test_one_reason_serves_all_dates_of_a_series_that_are_too_far_ahead() -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000, horizon_days=10)
    wish = SeriesWish(SlotItem(cut.public_id, at("10:00")), SeriesRule(1, (), 3, None, "week"))
    before = counts()
    with pytest.raises(InvalidInput) as refusal:
        book_series_at_desk(place.business_id, wish, ANNA_WRITES, STAFF, NOW)
    assert (refusal.value.field, refusal.value.params["limit"]) == ("reason", "horizon")
    assert counts() == before
    view = book_series_at_desk(place.business_id, wish, ANNA_WRITES, STAFF, NOW, reason="A course")
    assert [one.start.day for one in view.bookings] == [1, 8, 15], "the tenth is the last day for guests"
    assert [(subject, one["limit"]) for subject, one in noted(place.business_id)] == [
        (view.bookings[2].id, "horizon")
    ]
    with pytest.raises(SeriesClash):
        book_series_at_desk(place.business_id, wish, ANNA_WRITES, STAFF, NOW, reason="Again")

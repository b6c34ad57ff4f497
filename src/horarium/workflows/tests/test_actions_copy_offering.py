"""An offering is copied with all that belongs to it; the original stays as it was, and nothing is sold by surprise."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions_schedules import create_schedule, start_schedule
from horarium.modules.availability.models import Schedule, Session
from horarium.modules.availability.queries_schedules import list_paused_schedules, list_schedules
from horarium.modules.availability.tests.session_scene import (
    NOW,
    SYSTEM,
    TOMORROW,
    make_tours,
    schedule_draft,
)
from horarium.modules.catalog import actions
from horarium.modules.catalog.actions import ExtraDraft, NeedDraft
from horarium.modules.catalog.models import Offering, RatePlan, Restriction, TicketType
from horarium.modules.catalog.queries import get_current_catalog, get_offering
from horarium.modules.pricing.actions import PriceDraft, set_prices
from horarium.modules.pricing.queries import list_prices
from horarium.platform.audit.models import AuditEntry
from horarium.workflows.copy_offering import copy_offering
from tests.factories import (
    make_business,
    make_location,
    make_offering,
    make_pool,
    make_product,
    make_resource,
)

pytestmark = pytest.mark.django_db


def copy(offering: Offering, name: str = "Twin", **more: Any) -> Offering:
    return copy_offering(offering.business_id, offering.public_id, SYSTEM, NOW, name=name, **more)


def prices(offering: Offering) -> list[tuple[str, int, str, str, str]]:
    """What is priced, by names."""
    with scope(business=offering.business_id):
        return [
            (
                one.basis,
                one.amount_minor,
                one.extra.name if one.extra else "",
                one.rate_plan.name if one.rate_plan else "",
                one.ticket_type.name if one.ticket_type else "",
            )
            for one in list_prices(offering.business_id, [offering.pk])[offering.pk]
        ]


def restrict(offering: Offering, first_on: date, plan: str = "") -> None:
    """Three nights at least over ten days."""
    actions.create_restriction(
        offering.business_id,
        offering.public_id,
        SYSTEM,
        first_on=first_on,
        last_on=first_on + timedelta(days=9),
        rate_plan=plan,
        min_nights=3,
    )


def make_double() -> tuple[Offering, RatePlan]:
    """A room type with breakfast out of stock, a plan of its own price and terms, and restrictions past and to come."""
    business = make_business()
    location = make_location(business)
    rooms = make_pool([make_resource(location, kind="room") for _ in range(2)])
    double = make_offering(
        location, mode="stay", durations=[], name="Double", party_max=4, included_guests=2, summary="A room",
        translations={"ru": {"name": "Двухместный"}, "es": {"summary": "Una habitación"}},
    )  # fmt: skip
    of_double = business.pk, double.public_id
    policy = actions.create_policy(business.pk, SYSTEM, name="Strict")
    jam = make_product(business, stock=10, name="Jam")
    actions.update_offering(
        *of_double,
        SYSTEM,
        policy=policy.public_id,
        extras=[ExtraDraft("Breakfast", product=jam.public_id), ExtraDraft("Gone")],
        needs=[NeedDraft((rooms.public_id,)), NeedDraft((rooms.public_id,), extra="#1", label="Of Gone")],
    )
    with scope(business=business.pk):
        breakfast = get_offering(*of_double).extras.get(name="Breakfast")
    saver = actions.create_rate_plan(*of_double, SYSTEM, name="Saver", policy=policy.public_id)
    old = actions.create_rate_plan(*of_double, SYSTEM, name="Old")
    drafts = [
        PriceDraft("per_night", 8000, rate_plan=saver.public_id),
        PriceDraft("per_night", 7000, rate_plan=old.public_id),
        PriceDraft("per_night", 10000),
        PriceDraft("per_person_night", 1500, extra=breakfast.public_id),
    ]
    set_prices(business.pk, double.public_id, drafts, SYSTEM)
    actions.archive_rate_plan(business.pk, old.public_id, SYSTEM)
    kept = ExtraDraft("Breakfast", product=jam.public_id, id=breakfast.public_id)
    actions.update_offering(*of_double, SYSTEM, extras=[kept], needs=[NeedDraft((rooms.public_id,))])
    for plan in ("", saver.public_id, old.public_id):
        restrict(double, date(2026, 12, 24), plan)
    restrict(double, date(2026, 1, 1))
    return double, saver


def test_a_room_type_is_copied_with_plans_prices_extras_and_restrictions_to_come() -> None:
    double, saver = make_double()
    before = prices(double)
    twin = copy(double, names={"ru": "Твин"})
    with scope(business=twin.business_id):
        found = get_offering(twin.business_id, twin.public_id)
        assert (found.name, found.slug, found.mode, found.summary) == ("Twin", "twin", "stay", "A room")
        assert (found.is_public, found.is_active, found.included_guests, found.party_max) == (
            False,
            True,
            2,
            4,
        )
        assert found.translations == {"ru": {"name": "Твин"}, "es": {"summary": "Una habitación"}}
        assert found.policy is not None
        [breakfast] = found.extras.all()
        assert (breakfast.name, breakfast.product.name if breakfast.product else "") == ("Breakfast", "Jam")
        [need] = found.requirements.all()
        assert [choice.pool is not None for choice in need.choices.all()] == [True]
    with scope(business=double.business_id):
        [plan] = RatePlan.objects.filter(offering=twin)
        restrictions = Restriction.objects.filter(offering=twin).order_by("id")
        assert [one.rate_plan_id for one in restrictions] == [None, plan.pk]
        assert (plan.name, plan.policy_id) == ("Saver", saver.policy_id)
        assert plan.pk != saver.pk
    assert prices(twin) == [
        ("per_night", 8000, "", "Saver", ""),
        ("per_night", 10000, "", "", ""),
        ("per_person_night", 1500, "Breakfast", "", ""),
    ]
    assert prices(double) == before
    with scope(business=double.business_id):
        [entry] = AuditEntry.objects.filter(action="offering.copied")
    assert entry.subject_id == twin.public_id
    assert entry.after == {"original": double.public_id, "name": "Twin"}


def test_a_tour_is_copied_with_tickets_and_with_schedules_that_rest() -> None:
    tours = make_tours()
    draft = schedule_draft(tours, resources=(tours.guides[0].public_id,))
    create_schedule(tours.id, draft, SYSTEM, NOW)
    over = schedule_draft(tours, first_on=date(2026, 1, 1), last_on=date(2026, 2, 1))
    create_schedule(tours.id, over, SYSTEM, NOW)
    twin = copy(tours.offering)
    with scope(business=tours.id):
        assert list(TicketType.objects.filter(offering=twin).values_list("name", "places")) == [
            ("Adult", 1), ("Child", 1), ("Infant", 0),
        ]  # fmt: skip
        assert list_schedules(tours.id, twin.pk) == []
        [resting] = list_paused_schedules(tours.id, twin.pk, TOMORROW)
        assert (resting.starts_minute, resting.resources) == (600, [tours.guides[0].public_id])
        assert not Session.objects.filter(offering=twin).exists()
    assert sorted(one[1:] for one in prices(twin)) == sorted(one[1:] for one in prices(tours.offering))
    saved = start_schedule(tours.id, resting.public_id, SYSTEM, NOW)
    # The wished guide gives the original then; the other one is free.
    assert saved.filled.created == 14
    assert start_schedule(tours.id, resting.public_id, SYSTEM, NOW).filled.created == 0
    with scope(business=tours.id):
        assert Schedule.objects.filter(is_active=True).count() == 3
        assert AuditEntry.objects.filter(action="schedule.started").count() == 1


def test_two_copies_have_two_addresses() -> None:
    double, _saver = make_double()
    assert [copy(double).slug, copy(double).slug] == ["twin", "twin-2"]


def test_a_copy_that_cannot_be_named_leaves_nothing() -> None:
    double, _saver = make_double()
    revision = get_current_catalog(double.business_id).revision
    with pytest.raises(InvalidInput):
        copy(double, name=" ")
    with pytest.raises(NotFound):
        copy_offering(make_business().pk, double.public_id, SYSTEM, NOW, name="Theirs")
    with scope(business=double.business_id):
        assert Offering.objects.count() == 1
    assert get_current_catalog(double.business_id).revision == revision

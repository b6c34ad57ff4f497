"""Weeks and exceptions: replaced as a whole, refused as a whole, of this business only."""

from __future__ import annotations

from datetime import date

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.resources.actions import DatedHours, Hours, add_exception, remove_exception, set_week
from horarium.modules.resources.models import Opening, OpeningException, Resource
from horarium.modules.resources.queries import list_exceptions, list_week
from horarium.modules.resources.rules import open_intervals
from horarium.platform.audit.actor import Actor
from tests.factories import make_business, make_location, make_resource

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
TUESDAY = date(2026, 12, 1)


@pytest.fixture
def anna() -> Resource:
    return make_resource(make_location(make_business(), hours="10:00-20:00"))


def opened(resource: Resource, day: date = TUESDAY) -> list[tuple[int, int]]:
    """As the engine sees it now."""
    catalog = get_current_catalog(resource.business_id)
    facts = catalog.resources[resource.pk]
    return open_intervals(
        facts.rules, catalog.locations[facts.location_id].rules, facts.follows_location, day
    )


def test_own_hours_count_once_the_resource_no_longer_follows_its_location(anna: Resource) -> None:
    business = anna.business_id
    set_week(business, anna.public_id, [Hours(1, 600, 720), Hours(1, 780, 900)], SYSTEM)
    assert opened(anna) == [(600, 1200)]
    week = [Hours(1, 600, 720), Hours(1, 1320, 1560)]
    set_week(business, anna.public_id, week, SYSTEM, follows_location=False)
    assert opened(anna) == [(600, 720), (1320, 1560)]
    with scope(business=business):
        assert [(one.starts_minute, one.ends_minute) for one in list_week(business, anna.public_id)] == [
            (600, 720),
            (1320, 1560),
        ]


def test_a_week_that_overlaps_itself_is_refused_and_the_old_one_stays(anna: Resource) -> None:
    place = anna.location.public_id
    with pytest.raises(InvalidInput):
        set_week(anna.business_id, place, [Hours(1, 600, 720), Hours(1, 700, 800)], SYSTEM)
    with pytest.raises(InvalidInput):
        set_week(anna.business_id, place, [Hours(day % 7, 600, 720) for day in range(201)], SYSTEM)
    assert opened(anna) == [(600, 1200)]


def test_hours_hold_from_their_first_to_their_last_date(anna: Resource) -> None:
    week = [Hours(1, 600, 720, valid_until=TUESDAY), Hours(1, 660, 780, valid_from=date(2026, 12, 2))]
    set_week(anna.business_id, anna.location.public_id, week, SYSTEM)
    assert opened(anna) == [(600, 720)]
    assert opened(anna, date(2026, 12, 8)) == [(660, 780)]


def test_an_exception_replaces_its_dates_until_it_is_removed(anna: Resource) -> None:
    business = anna.business_id
    short = add_exception(business, anna.public_id, DatedHours(TUESDAY, TUESDAY, 720, 780), SYSTEM)
    closed = add_exception(business, anna.location.public_id, DatedHours(TUESDAY, date(2026, 12, 2)), SYSTEM)
    assert opened(anna) == [(720, 780)]
    assert opened(anna, date(2026, 12, 2)) == []
    with scope(business=business):
        assert [one.public_id for one in list_exceptions(business, anna.public_id, TUESDAY)] == [
            short.public_id
        ]
        assert list_exceptions(business, anna.public_id, date(2026, 12, 2)) == []
    remove_exception(business, closed.public_id, SYSTEM)
    assert opened(anna, date(2026, 12, 2)) == [(600, 1200)]
    with pytest.raises(NotFound):
        remove_exception(business, closed.public_id, SYSTEM)


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (DatedHours(TUESDAY, date(2026, 11, 30)), "last_on"),
        (DatedHours(TUESDAY, TUESDAY, 600), "ends"),
        (DatedHours(TUESDAY, TUESDAY, 600, 600), "starts"),
        (DatedHours(TUESDAY, TUESDAY, 601, 660), "starts"),
        (DatedHours(TUESDAY, TUESDAY, reason="r" * 121), "reason"),
    ],
)
def test_an_exception_that_cannot_be_is_refused(anna: Resource, hours: DatedHours, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_exception(anna.business_id, anna.public_id, hours, SYSTEM)
    assert refused.value.field == field
    with scope(business=anna.business_id):
        assert OpeningException.objects.count() == 0


def test_hours_of_another_business_cannot_be_changed(anna: Resource) -> None:
    other = make_business()
    exception = add_exception(anna.business_id, anna.public_id, DatedHours(TUESDAY, TUESDAY), SYSTEM)
    for owner in (anna.public_id, anna.location.public_id):
        with pytest.raises(NotFound):
            set_week(other.pk, owner, [], SYSTEM)
        with pytest.raises(NotFound):
            add_exception(other.pk, owner, DatedHours(TUESDAY, TUESDAY), SYSTEM)
    with pytest.raises(NotFound):
        remove_exception(other.pk, exception.public_id, SYSTEM)
    with scope(business=anna.business_id):
        assert Opening.objects.count() == 7

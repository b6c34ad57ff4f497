"""The factories make what the engine can read."""

import pytest

from horarium.modules.catalog.queries import get_catalog
from tests.factories import make_business, make_location, make_offering, make_pool, make_resource, open_week


@pytest.mark.django_db
def test_a_made_offering_stands_in_the_catalogue_with_its_needs() -> None:
    location = make_location(make_business(), hours="10:00-14:00, 15:00-20:00")
    anna, boris = make_resource(location), make_resource(location)
    cabin = make_resource(location, kind="room")
    open_week(boris, "22:00-02:00", weekdays=[5])
    offering = make_offering(location, needs=[[make_pool([anna, boris])], [cabin]], price=4500)

    catalog = get_catalog(location.business_id)

    facts = catalog.get_offering(offering.public_id)
    assert [need.candidates for need in facts.needs] == [(anna.pk, boris.pk), (cabin.pk,)]
    assert not catalog.resources[boris.pk].follows_location
    [night] = catalog.resources[boris.pk].rules.weekly
    assert (night.weekday, night.starts, night.ends) == (5, 1320, 1560)
    assert len(catalog.locations[location.pk].rules.weekly) == 14

"""Businesses and locations change with a trace, and the catalogue's revision tells."""

import pytest
from django_scopes import scopes_disabled

from horarium.kit.errors import InvalidInput, NotFound
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.actions import (
    create_business,
    create_location,
    update_business,
    update_location,
)
from horarium.platform.tenancy.errors import CurrencyFixed, SlugTaken
from horarium.platform.tenancy.models import Business
from horarium.platform.tenancy.queries import catalog_revision, find_business_by_slug, list_locations
from tests.factories import make_business, make_location

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def trace(business: Business) -> list[tuple[str, object, object]]:
    with scopes_disabled():
        entries = AuditEntry.objects.filter(business=business).order_by("id")
        return list(entries.values_list("action", "before", "after"))


def test_a_business_is_created_with_a_trace() -> None:
    business = create_business(
        SYSTEM, slug="spa", name="Spa", type="services", currency="CLP", country="CL", default_language="es"
    )
    assert find_business_by_slug("spa") == business
    assert [action for action, _, _ in trace(business)] == ["business.created"]


def test_an_address_belongs_to_one_business() -> None:
    make_business(slug="spa")
    with pytest.raises(SlugTaken) as refusal:
        create_business(SYSTEM, slug="spa", name="Spa", type="services", currency="CLP", country="CL")
    assert refusal.value.field == "slug"
    assert Business.objects.count() == 1


def test_a_change_is_traced_and_raises_the_revision_once() -> None:
    business = make_business(name="Spa")
    update_business(business.pk, SYSTEM, name="Spa Sol", tagline="")
    assert trace(business) == [("business.changed", {"name": "Spa"}, {"name": "Spa Sol"})]
    assert catalog_revision(business.pk) == business.catalog_revision + 1


def test_a_change_of_nothing_leaves_no_trace() -> None:
    business = make_business(name="Spa")
    update_business(business.pk, SYSTEM, name="Spa")
    assert trace(business) == []
    assert catalog_revision(business.pk) == business.catalog_revision


def test_a_refused_change_changes_nothing() -> None:
    business = make_business(name="Spa", currency="EUR")
    with pytest.raises(CurrencyFixed):
        update_business(business.pk, SYSTEM, name="Other", currency="USD")
    with pytest.raises(InvalidInput):
        update_business(business.pk, SYSTEM, name="Other", brand_color="#ffffff")
    business.refresh_from_db()
    assert (business.name, business.currency) == ("Spa", "EUR")
    assert trace(business) == []


def test_an_inactive_business_is_not_found_by_its_address() -> None:
    business = make_business(slug="spa")
    update_business(business.pk, SYSTEM, is_active=False)
    assert find_business_by_slug("spa") is None


def test_a_location_is_created_and_changed_with_a_trace() -> None:
    business = make_business()
    location = create_location(business.pk, SYSTEM, name="Centro", country="CL", time_zone="America/Santiago")
    update_location(business.pk, location.public_id, SYSTEM, city="Santiago")
    assert [(one.name, one.city) for one in list_locations(business.pk)] == [("Centro", "Santiago")]
    assert [action for action, _, _ in trace(business)] == ["location.created", "location.changed"]
    assert catalog_revision(business.pk) == business.catalog_revision + 2


def test_the_location_of_another_business_is_not_found() -> None:
    mine, other = make_business(), make_business()
    location = make_location(other, name="Theirs")
    with pytest.raises(NotFound):
        update_location(mine.pk, location.public_id, SYSTEM, name="Mine")
    location.refresh_from_db()
    assert location.name == "Theirs"

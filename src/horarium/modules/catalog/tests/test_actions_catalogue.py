"""Changing the catalogue: what is written, what is refused, and that the engine sees it at once."""

from __future__ import annotations

from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import Conflict, InvalidInput, NotFound
from horarium.modules.catalog.actions import (
    ExtraDraft,
    NeedDraft,
    archive_offering,
    create_category,
    create_offering,
    remove_pool,
    update_booking_rules,
    update_offering,
)
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.pricing.actions import PriceDraft, set_prices
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.resources.actions import (
    DatedHours,
    Hours,
    add_exception,
    create_pool,
    create_resource,
    remove_exception,
    set_week,
    update_resource,
)
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.models import Business, Location
from tests.factories import make_business, make_location

SYSTEM = Actor.system()


@pytest.fixture
def place(db: None) -> Location:
    return make_location(make_business(), hours="10:00-20:00")


def audited(business: Business) -> list[str]:
    with scope(business=business.pk):
        return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_an_offering_is_made_with_all_its_parts(place: Location) -> None:
    business = place.business_id
    anna = create_resource(business, SYSTEM, name="Anna", kind="person", location=place.public_id)
    boris = create_resource(business, SYSTEM, name="Boris", kind="person", location=place.public_id)
    light = create_resource(business, SYSTEM, name="Light", kind="equipment", location=place.public_id)
    pool = create_pool(business, "Masters", [anna.public_id, boris.public_id], SYSTEM)
    offering = create_offering(
        business,
        SYSTEM,
        name="Portrait",
        location=place.public_id,
        durations=[90, 60],
        extras=[ExtraDraft("Light set")],
        needs=[
            NeedDraft((pool.public_id,), label="Master", is_choosable=True),
            NeedDraft((light.public_id,), extra="#0"),
        ],
    )
    facts = get_current_catalog(business).get_offering("portrait")
    assert facts.public_id == offering.public_id
    assert facts.durations == (60, 90)
    assert [need.candidates for need in facts.needs] == [(anna.pk, boris.pk), (light.pk,)]
    assert facts.needs[1].extra_id == facts.extras[0].id
    assert audited(place.business) == ["resource.created"] * 3 + ["pool.created", "offering.created"]
    with pytest.raises(Conflict):
        remove_pool(business, pool.public_id, SYSTEM)


def test_requirements_that_stay_keep_their_ids(place: Location) -> None:
    business = place.business_id
    anna = create_resource(business, SYSTEM, name="Anna", kind="person", location=place.public_id)
    offering = make(place, needs=[NeedDraft((anna.public_id,)), NeedDraft((anna.public_id,), from_minute=30)])
    with scope(business=business):
        kept = offering.requirements.first()
    assert kept is not None
    update_offering(
        business,
        offering.public_id,
        SYSTEM,
        needs=[NeedDraft((anna.public_id,), id=kept.public_id, quantity=1)],
    )
    [need] = get_current_catalog(business).get_offering(offering.public_id).needs
    assert need.id == kept.pk


def make(place: Location, **fields: Any) -> Any:
    given = {"name": "Haircut", "location": place.public_id, "durations": [60], **fields}
    return create_offering(place.business_id, SYSTEM, **given)


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"name": " "}, "name", "required"),
        ({"location": "loc_none"}, "location", "unknown"),
        ({"durations": [61]}, "durations", "not_five_minutes"),
        ({"durations": []}, "durations", "required"),
        ({"party_min": 3, "party_max": 2}, "party_max", "end_before_start"),
        ({"prepayment": "half"}, "prepayment", "unknown"),
        ({"prepayment": "deposit_percent", "deposit_value": 101}, "deposit_value", "out_of_range"),
        ({"needs": [NeedDraft(())]}, "needs.0.choices", "required"),
        ({"needs": [NeedDraft(("res_none",))]}, "needs.0.choices", "unknown"),
        ({"extras": [ExtraDraft("")]}, "extras.0.name", "required"),
        ({"category": "cat_none"}, "category", "unknown"),
        ({"grid_minutes": 7}, "grid_minutes", "not_five_minutes"),
    ],
)
def test_a_wrong_offering_names_the_field_and_leaves_nothing(
    place: Location, fields: dict[str, Any], field: str, reason: str
) -> None:
    revision = get_current_catalog(place.business_id).revision
    with pytest.raises(InvalidInput) as refusal:
        make(place, **fields)
    assert (refusal.value.field, refusal.value.params["reason"]) == (field, reason)
    after = get_current_catalog(place.business_id)
    assert (after.revision, after.offerings) == (revision, {})
    assert audited(place.business) == []


def test_addresses_of_offerings_do_not_collide(place: Location) -> None:
    assert [make(place).slug, make(place).slug, make(place).slug] == ["haircut", "haircut-2", "haircut-3"]
    with pytest.raises(InvalidInput) as refusal:
        make(place, slug="haircut")
    assert refusal.value.params["reason"] == "taken"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"party_min": 9}, "party_max"), ({"prepayment": "deposit_percent"}, "deposit_value")],
)
def test_a_change_is_judged_together_with_what_stays(
    place: Location, change: dict[str, Any], field: str
) -> None:
    offering = make(place, party_max=4)
    with pytest.raises(InvalidInput) as refusal:
        update_offering(place.business_id, offering.public_id, SYSTEM, **change)
    assert refusal.value.field == field
    offering.refresh_from_db()
    assert (offering.party_min, offering.prepayment) == (1, "none")


def test_an_archived_offering_is_not_listed(place: Location) -> None:
    offering = make(place)
    archive_offering(place.business_id, offering.public_id, SYSTEM)
    assert get_current_catalog(place.business_id).listed_offerings() == []


def test_nothing_of_another_business_can_be_used_or_changed(place: Location) -> None:
    other = make_location(make_business())
    theirs = create_resource(other.business_id, SYSTEM, name="Cleo", kind="person", location=other.public_id)
    with pytest.raises(InvalidInput):
        make(place, needs=[NeedDraft((theirs.public_id,))])
    with pytest.raises(InvalidInput):
        make(place, location=other.public_id)
    with pytest.raises(NotFound):
        update_resource(place.business_id, theirs.public_id, SYSTEM, name="Mine")
    with pytest.raises(NotFound):
        set_week(place.business_id, theirs.public_id, [], SYSTEM)
    theirs.refresh_from_db()
    assert theirs.name == "Cleo"


def test_a_week_is_replaced_as_a_whole_and_a_dated_rule_beats_it(place: Location) -> None:
    from datetime import date

    business = place.business_id
    anna = create_resource(business, SYSTEM, name="Anna", kind="person", location=place.public_id)
    week = [Hours(0, 600, 840), Hours(0, 900, 1200), Hours(4, 1320, 1560)]
    set_week(business, anna.public_id, week, SYSTEM, follows_location=False)
    facts = get_current_catalog(business).resources[anna.pk]
    assert not facts.follows_location
    assert [(one.weekday, one.starts, one.ends) for one in facts.rules.weekly] == [
        (0, 600, 840),
        (0, 900, 1200),
        (4, 1320, 1560),
    ]
    day = date(2026, 12, 25)
    closed = add_exception(business, place.public_id, DatedHours(day, day, reason="Holiday"), SYSTEM)
    assert get_current_catalog(business).locations[place.pk].rules.dated_intervals(day) == []
    remove_exception(business, closed.public_id, SYSTEM)
    assert get_current_catalog(business).locations[place.pk].rules.dated_intervals(day) is None
    with pytest.raises(InvalidInput):
        set_week(business, anna.public_id, [Hours(0, 600, 840), Hours(0, 800, 900)], SYSTEM)


def test_of_two_fitting_prices_the_first_of_the_list_counts(place: Location) -> None:
    offering = make(place)
    drafts = [PriceDraft("flat", 2000, "Weekend", weekdays=(5, 6)), PriceDraft("flat", 1000)]
    set_prices(place.business_id, offering.public_id, drafts, SYSTEM)
    catalog = get_current_catalog(place.business_id)
    rules = get_price_list(place.business_id, catalog.revision)[offering.pk]
    assert [rule.amount_minor for rule in rules] == [2000, 1000]
    with pytest.raises(InvalidInput) as refusal:
        set_prices(place.business_id, offering.public_id, [PriceDraft("free", 0)], SYSTEM)
    assert refusal.value.field == "prices.0.basis"


def test_booking_rules_change_what_offerings_start_from(place: Location) -> None:
    make(place, category=create_category(place.business_id, "Hair", SYSTEM).public_id)
    update_booking_rules(place.business_id, SYSTEM, grid_minutes=30, needs_phone=True)
    catalog = get_current_catalog(place.business_id)
    assert catalog.business.needs_phone
    assert catalog.get_offering("haircut").grid == 30
    assert [one.name for one in catalog.categories] == ["Hair"]

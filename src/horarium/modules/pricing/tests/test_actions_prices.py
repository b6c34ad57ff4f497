"""Replacing a price list: order, refusals, and nothing half-written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.catalog.models import Extra, Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.pricing.actions import MAX_MINOR, MAX_RULES, PriceDraft, set_prices
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.queries import get_price_list, list_prices
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from tests.factories import make_business, make_location, make_offering, make_price

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def cut() -> Offering:
    return make_offering(make_location(make_business()), price=3000)


def tried(offering: Offering) -> list[int]:
    """Amounts in the order in which the engine tries them."""
    catalog = get_current_catalog(offering.business_id)
    return [
        rule.amount_minor
        for rule in get_price_list(offering.business_id, catalog.revision).get(offering.pk, ())
    ]


def test_the_list_is_tried_by_priority_and_then_as_it_was_given(cut: Offering) -> None:
    drafts = [PriceDraft("flat", 1), PriceDraft("flat", 2, priority=5), PriceDraft("flat", 3)]
    set_prices(cut.business_id, cut.public_id, drafts, SYSTEM)
    assert tried(cut) == [2, 1, 3]
    with scope(business=cut.business_id):
        assert [one.amount_minor for one in list_prices(cut.business_id, [cut.pk])[cut.pk]] == [2, 1, 3]


def test_of_equal_priority_the_newer_rule_wins(cut: Offering) -> None:
    make_price(cut, 4000)
    make_price(cut, 500, priority=-1)
    assert tried(cut) == [4000, 3000, 500]


def test_a_change_is_audited_and_raises_the_revision(cut: Offering) -> None:
    before = get_current_catalog(cut.business_id).revision
    set_prices(cut.business_id, cut.public_id, [], SYSTEM)
    assert tried(cut) == []
    assert get_current_catalog(cut.business_id).revision == before + 1
    with scope(business=cut.business_id):
        [entry] = AuditEntry.objects.filter(action="prices.changed")
    assert entry.before is not None
    assert entry.before["prices"][0]["amount_minor"] == 3000


def test_an_extra_of_the_offering_may_be_priced_and_no_other(cut: Offering) -> None:
    tea = Extra.objects.create(business_id=cut.business_id, offering=cut, name="Tea")
    set_prices(cut.business_id, cut.public_id, [PriceDraft("flat", 200, extra=tea.public_id)], SYSTEM)
    other = make_offering(cut.location)
    with pytest.raises(InvalidInput) as refused:
        set_prices(cut.business_id, other.public_id, [PriceDraft("flat", 200, extra=tea.public_id)], SYSTEM)
    assert refused.value.field == "prices.0.extra"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"basis": "per_week"}, "basis"),
        ({"amount_minor": -1}, "amount_minor"),
        ({"amount_minor": MAX_MINOR + 1}, "amount_minor"),
        ({"weekdays": (7,)}, "weekdays"),
        ({"from_minute": 600}, "until_minute"),
        ({"from_minute": 600, "until_minute": 600}, "until_minute"),
        ({"from_minute": 600, "until_minute": 1441}, "until_minute"),
        ({"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 31)}, "valid_until"),
        ({"priority": 1001}, "priority"),
        ({"name": "n" * 81}, "name"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_its_number_and_nothing_changes(
    cut: Offering, fields: dict[str, Any], field: str
) -> None:
    drafts = [PriceDraft("flat", 1), PriceDraft(**{"basis": "flat", "amount_minor": 1, **fields})]
    with pytest.raises(InvalidInput) as refused:
        set_prices(cut.business_id, cut.public_id, drafts, SYSTEM)
    assert refused.value.field == f"prices.1.{field}"
    assert tried(cut) == [3000]


def test_too_many_rules_and_an_offering_of_another_business_are_refused(cut: Offering) -> None:
    with pytest.raises(InvalidInput):
        set_prices(cut.business_id, cut.public_id, [PriceDraft("flat", 1)] * (MAX_RULES + 1), SYSTEM)
    other = make_business()
    with pytest.raises(NotFound):
        set_prices(other.pk, cut.public_id, [], SYSTEM)
    with scope(business=cut.business_id):
        assert PriceRule.objects.count() == 1

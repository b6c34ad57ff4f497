"""Replacing a price list: order, refusals, and nothing half-written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.catalog.models import Extra, Offering, RatePlan, TicketType
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.pricing.actions import MAX_MINOR, MAX_RULES, PriceDraft, set_prices
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.queries import get_price_list, list_prices
from horarium.modules.pricing.rules import Rule
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


def test_names_in_other_languages_are_kept_and_told_to_the_engine(cut: Offering) -> None:
    told = {"ru": {"name": " Тихое утро "}, "es": {"name": ""}}
    drafts = [
        PriceDraft("flat", 10, "Quiet morning", translations=told),
        PriceDraft("flat", 20, translations=told),
    ]
    first, second = set_prices(cut.business_id, cut.public_id, drafts, SYSTEM)
    assert (first.translations, second.translations) == ({"ru": {"name": "Тихое утро"}}, {})
    catalog = get_current_catalog(cut.business_id)
    rules = get_price_list(cut.business_id, catalog.revision)[cut.pk]
    assert [one.names for one in rules] == [(("ru", "Тихое утро"),), ()]


@pytest.mark.parametrize(
    ("told", "field", "reason"),
    [
        ({"fr": {"name": "Matin"}}, "translations", "unknown"),
        ({"ru": {"name": "а" * 81}}, "prices.0.name_ru", "too_long"),
    ],
)
def test_names_that_cannot_be_are_refused(
    cut: Offering, told: dict[str, dict[str, str]], field: str, reason: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        set_prices(
            cut.business_id, cut.public_id, [PriceDraft("flat", 1, "Morning", translations=told)], SYSTEM
        )
    assert (refusal.value.field, refusal.value.params["reason"]) == (field, reason)
    assert tried(cut) == [3000]


def ids(offering: Offering) -> list[str]:
    with scope(business=offering.business_id):
        return [one.public_id for one in list_prices(offering.business_id, [offering.pk])[offering.pk]]


def test_a_line_keeps_its_id_when_it_says_the_same_or_names_it(cut: Offering) -> None:
    same, weekend = PriceDraft("flat", 10), PriceDraft("flat", 20, weekdays=(5,))
    set_prices(cut.business_id, cut.public_id, [same, weekend], SYSTEM)
    first, second = ids(cut)
    set_prices(cut.business_id, cut.public_id, [weekend, same], SYSTEM)
    assert (ids(cut), tried(cut)) == ([second, first], [20, 10])
    dearer = PriceDraft("flat", 30, name="Weekend", weekdays=(5, 6), id=second)
    set_prices(cut.business_id, cut.public_id, [dearer, weekend, same], SYSTEM)
    kept, new, last = ids(cut)
    assert (kept, last, tried(cut)) == (second, first, [30, 20, 10])
    assert new not in (first, second)


def test_an_id_of_another_offering_is_not_taken_over(cut: Offering) -> None:
    other = make_offering(cut.location, price=700)
    [foreign] = ids(other)
    set_prices(cut.business_id, cut.public_id, [PriceDraft("flat", 1, id=foreign)], SYSTEM)
    assert ids(other) == [foreign]
    assert ids(cut) != [foreign]


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
        ({"basis": "per_night"}, "basis"),
        ({"min_nights": 2}, "min_nights"),
        ({"min_nights": 367}, "min_nights"),
        ({"from_age": 12, "until_age": 11}, "until_age"),
        ({"until_age": 121}, "until_age"),
        ({"rate_plan": "plan_x"}, "rate_plan"),
        ({"ticket_type": "tkt_x"}, "ticket_type"),
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


def test_rules_of_stays_name_plans_nights_and_ages() -> None:
    room = make_offering(make_location(make_business()), mode="stay", durations=[])
    plan = RatePlan.objects.create(business_id=room.business_id, offering=room, name="Saver")
    bed = Extra.objects.create(business_id=room.business_id, offering=room, name="Bed")
    drafts = [
        PriceDraft("per_night", 9000, rate_plan=plan.public_id, min_nights=7, max_nights=27),
        PriceDraft("per_person_night", 1000, from_age=3, until_age=11),
        PriceDraft("per_person", 500, extra=bed.public_id),
    ]
    set_prices(room.business_id, room.public_id, drafts, SYSTEM)
    revision = get_current_catalog(room.business_id).revision
    assert get_price_list(room.business_id, revision)[room.pk] == (
        Rule("", "per_night", 9000, rate_plan_id=plan.pk, min_nights=7, max_nights=27),
        Rule("", "per_person_night", 1000, from_age=3, until_age=11),
        Rule("", "per_person", 500, extra_id=bed.pk),
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"basis": "flat"}, "basis"),
        ({"basis": "per_hour"}, "basis"),
        ({"duration": 60}, "duration"),
        ({"from_minute": 600, "until_minute": 660}, "from_minute"),
        ({"ticket_type": "tkt_x"}, "ticket_type"),
    ],
)
def test_a_stay_has_no_rules_of_hours(fields: dict[str, Any], field: str) -> None:
    room = make_offering(make_location(make_business()), mode="stay", durations=[])
    draft = PriceDraft(**{"basis": "per_night", "amount_minor": 1, **fields})
    with pytest.raises(InvalidInput) as refused:
        set_prices(room.business_id, room.public_id, [draft], SYSTEM)
    assert refused.value.field == f"prices.0.{field}"


def test_tickets_are_priced_by_their_type() -> None:
    tour = make_offering(make_location(make_business()), mode="session")
    adult = TicketType.objects.create(business_id=tour.business_id, offering=tour, name="Adult")
    drafts = [PriceDraft("per_person", 5000, ticket_type=adult.public_id)]
    [rule] = set_prices(tour.business_id, tour.public_id, drafts, SYSTEM)
    assert rule.ticket_type_id == adult.pk


def test_too_many_rules_and_an_offering_of_another_business_are_refused(cut: Offering) -> None:
    with pytest.raises(InvalidInput):
        set_prices(cut.business_id, cut.public_id, [PriceDraft("flat", 1)] * (MAX_RULES + 1), SYSTEM)
    other = make_business()
    with pytest.raises(NotFound):
        set_prices(other.pk, cut.public_id, [], SYSTEM)
    with scope(business=cut.business_id):
        assert PriceRule.objects.count() == 1

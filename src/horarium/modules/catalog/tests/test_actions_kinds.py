"""Stays, sessions, policies and products: what is written, what is refused and at which field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import Conflict, InvalidInput, NotFound
from horarium.modules.catalog import actions
from horarium.modules.catalog.actions import ExtraDraft, NeedDraft
from horarium.modules.catalog.models import Offering, Restriction
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Dates, OfferingFacts, Terms, Tier
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.models import Location
from tests.factories import make_business, make_location, make_resource

SYSTEM = Actor.system()
DECEMBER = Dates(date(2026, 12, 1), date(2026, 12, 31))
TIERS = (Tier(0, percent=100), Tier(48 * 60), Tier(24 * 60, percent=50))


@pytest.fixture
def place(db: None) -> Location:
    return make_location(make_business(), hours="00:00-24:00")


def make(place: Location, mode: str, **fields: Any) -> Offering:
    room = make_resource(place, kind="room", name="Room")
    given: dict[str, Any] = {
        "mode": mode,
        "name": "Double room",
        "location": place.public_id,
        "needs": [NeedDraft((room.public_id,))],
        **({} if mode == "stay" else {"durations": [60]}),
    }
    return actions.create_offering(place.business_id, SYSTEM, **(given | fields))


def facts(place: Location, offering: Offering) -> OfferingFacts:
    return get_current_catalog(place.business_id).get_offering(offering.public_id)


def refusal(kind: type[InvalidInput] | type[Conflict], *args: Any, **fields: Any) -> tuple[Any, Any]:
    action, *rest = args
    with pytest.raises(kind) as refused:
        action(*rest, **fields)
    return refused.value.field, refused.value.params.get("reason")


def audited(place: Location) -> list[str]:
    with scope(business=place.business_id):
        return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_a_stay_has_nights_and_no_durations(place: Location) -> None:
    times = {"check_in_minute": 14 * 60, "check_out_minute": 11 * 60, "buffer_after": 120}
    stay = make(place, "stay", **times, party_max=4, included_guests=2)
    found = facts(place, stay)
    assert (found.mode, found.durations) == ("stay", ())
    assert (found.check_in, found.check_out, found.buffer_after) == (840, 660, 120)
    assert (found.included_guests, found.party_max) == (2, 4)


def test_a_session_offering_has_a_length_and_places(place: Location) -> None:
    tour = make(place, "session", capacity=12, is_shared=True, has_waiting_list=False)
    found = facts(place, tour)
    assert (found.mode, found.durations, found.capacity) == ("session", (60,), 12)
    assert (found.is_shared, found.has_waiting_list) == (True, False)


def test_a_slot_says_how_many_dates_guests_may_book_at_once(place: Location) -> None:
    assert facts(place, make(place, "slot", name="Lesson", repeats_up_to=12)).repeats_up_to == 12
    assert facts(place, make(place, "slot", name="Trial")).repeats_up_to == 1


@pytest.mark.parametrize(
    ("mode", "fields", "field", "reason"),
    [
        ("night", {}, "mode", "unknown"),
        ("stay", {"durations": [60]}, "durations", "mode"),
        ("stay", {"grid_minutes": 30}, "grid_minutes", "mode"),
        ("stay", {"capacity": 5}, "capacity", "mode"),
        ("stay", {"included_guests": 3, "party_max": 2}, "included_guests", "too_many_included"),
        ("stay", {"check_out_minute": 16 * 60}, "check_out_minute", "after_check_in"),
        ("stay", {"check_in_minute": 14 * 60 + 1}, "check_in_minute", "not_five_minutes"),
        ("stay", {"policy": "pol_none"}, "policy", "unknown"),
        ("stay", {"approval_hours": 0}, "approval_hours", "out_of_range"),
        ("slot", {"durations": []}, "durations", "required"),
        ("slot", {"check_in_minute": 600, "check_out_minute": 540}, "check_in_minute", "mode"),
        ("slot", {"is_shared": True}, "is_shared", "mode"),
        ("stay", {"repeats_up_to": 4}, "repeats_up_to", "mode"),
        ("slot", {"repeats_up_to": 0}, "repeats_up_to", "out_of_range"),
        ("slot", {"repeats_up_to": 53}, "repeats_up_to", "out_of_range"),
        ("session", {"durations": [60, 90]}, "durations", "only_one"),
        ("session", {"capacity": 0}, "capacity", "out_of_range"),
        ("slot", {"extras": [ExtraDraft("Late", extends_after=60)]}, "extras.0.extends_after", "mode"),
        ("stay", {"extras": [ExtraDraft("Late", extends_after=61)]}, "extras.0.extends_after", "not_five_minutes"),
        ("stay", {"extras": [ExtraDraft("Cot", max_quantity=0)]}, "extras.0.max_quantity", "out_of_range"),
        ("stay", {"extras": [ExtraDraft("Wine", product="prd_none")]}, "extras.0.product", "unknown"),
        ("stay", {"extras": [ExtraDraft("Tub", needs_offering="off_none")]}, "extras.0.needs_offering", "unknown"),
    ],
)  # fmt: skip
def test_what_does_not_belong_to_a_mode_is_refused_at_its_field(
    place: Location, mode: str, fields: dict[str, Any], field: str, reason: str
) -> None:
    assert refusal(InvalidInput, make, place, mode, **fields) == (field, reason)
    assert get_current_catalog(place.business_id).offerings == {}


def test_an_offering_keeps_its_mode(place: Location) -> None:
    stay = make(place, "stay")
    args = (actions.update_offering, place.business_id, stay.public_id, SYSTEM)
    assert refusal(InvalidInput, *args, mode="slot", durations=[60]) == ("mode", "mode_fixed")
    actions.update_offering(place.business_id, stay.public_id, SYSTEM, mode="stay", name="Suite")
    assert facts(place, stay).name == "Suite"


def test_extras_take_time_stock_and_company(place: Location) -> None:
    business = place.business_id
    wine = actions.create_product(business, SYSTEM, name="Wine", price_minor=1500)
    tub = make(place, "slot", name="Hot tub")
    late = ExtraDraft("Late departure", extends_after=180)
    party = ExtraDraft("Party", max_quantity=3, product=wine.public_id, needs_offering=tub.public_id)
    found = facts(place, make(place, "stay", extras=[late, party])).extras
    assert [(one.extends_after, one.max_quantity) for one in found] == [(180, 1), (0, 3)]
    assert (found[1].product_id, found[1].needs_offering_id) == (wine.pk, tub.pk)


def test_a_requirement_can_be_for_each_person(place: Location) -> None:
    bike = make_resource(place, kind="equipment")
    ride = make(place, "slot", needs=[NeedDraft((bike.public_id,), is_per_person=True)])
    assert facts(place, ride).needs[0].is_per_person


def test_terms_come_from_plan_then_offering_then_business(place: Location) -> None:
    business = place.business_id
    strict, fair, easy = (
        actions.create_policy(business, SYSTEM, name=name, cancellation=tiers)
        for name, tiers in (("Strict", [Tier(0, 100)]), ("Fair", TIERS), ("Easy", [Tier(0)]))
    )
    stay = make(place, "stay")
    plan = actions.create_rate_plan(business, stay.public_id, SYSTEM, name="Saver")

    def terms() -> tuple[Terms, Terms]:
        found = facts(place, stay)
        return found.terms.policy, found.rate_plans[0].terms.policy

    actions.update_booking_rules(business, SYSTEM, policy=easy.public_id)
    assert [one.cancellation for one in terms()] == [(Tier(0),)] * 2
    actions.update_offering(business, stay.public_id, SYSTEM, policy=fair.public_id)
    actions.update_rate_plan(business, plan.public_id, SYSTEM, policy=strict.public_id, prepayment="full")
    assert [one.cancellation for one in terms()] == [
        (Tier(2880), Tier(1440, percent=50), Tier(0, percent=100)),
        (Tier(0, percent=100),),
    ]
    assert facts(place, stay).rate_plans[0].terms.prepayment == "full"
    for policy in (strict, fair, easy):
        args = (actions.delete_policy, business, policy.public_id, SYSTEM)
        assert refusal(Conflict, *args) == (None, "in_use")
    actions.update_rate_plan(business, plan.public_id, SYSTEM, policy="")
    actions.delete_policy(business, strict.public_id, SYSTEM)
    assert [one.cancellation for one in terms()] == [
        (Tier(2880), Tier(1440, percent=50), Tier(0, percent=100))
    ] * 2


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"name": ""}, "name", "required"),
        ({"cancellation": [Tier(60), Tier(60, 5)]}, "cancellation", "twice"),
        ({"cancellation": [Tier(60)]}, "cancellation", "tiers_end_early"),
        ({"rescheduling": [Tier(0, 101)]}, "rescheduling", "out_of_range"),
        ({"rescheduling": [Tier(n) for n in range(11)]}, "rescheduling", "too_long"),
        ({"no_show_percent": 101}, "no_show_percent", "out_of_range"),
    ],
)
def test_a_wrong_policy_names_the_field(
    place: Location, fields: dict[str, Any], field: str, reason: str
) -> None:
    given = {"name": "Fair", **fields}
    assert refusal(InvalidInput, actions.create_policy, place.business_id, SYSTEM, **given) == (field, reason)
    assert audited(place) == []


def test_plans_and_restrictions_are_for_stays_and_tickets_for_sessions(place: Location) -> None:
    business = place.business_id
    stay, tour = make(place, "stay").public_id, make(place, "session").public_id
    wrong = ("offering", "mode")
    assert refusal(InvalidInput, actions.create_rate_plan, business, tour, SYSTEM, name="x") == wrong
    assert refusal(InvalidInput, actions.create_ticket_type, business, stay, SYSTEM, name="x") == wrong
    args = (actions.restrict_dates, business, tour, SYSTEM)
    assert refusal(InvalidInput, *args, dates=DECEMBER, min_nights=2) == wrong
    with pytest.raises(NotFound):
        actions.create_ticket_type(business, "off_none", SYSTEM, name="Adult")


def test_ticket_types_are_sold_until_they_are_archived(place: Location) -> None:
    business, tour = place.business_id, make(place, "session")
    make_ticket = actions.create_ticket_type
    adult = make_ticket(business, tour.public_id, SYSTEM, name="Adult", position=1)
    lap = make_ticket(business, tour.public_id, SYSTEM, name="Infant", places=0, max_per_order=2, position=2)
    assert [(one.name, one.places, one.max_per_order) for one in facts(place, tour).ticket_types] == [
        ("Adult", 1, 20),
        ("Infant", 0, 2),
    ]
    actions.archive_ticket_type(business, lap.public_id, SYSTEM)
    assert [one.id for one in facts(place, tour).ticket_types] == [adult.pk]
    args = (actions.update_ticket_type, business, adult.public_id, SYSTEM)
    assert refusal(InvalidInput, *args, max_per_order=0) == ("max_per_order", "out_of_range")


def test_a_plan_asks_for_a_deposit_of_its_own(place: Location) -> None:
    stay = make(place, "stay")
    args = (actions.create_rate_plan, place.business_id, stay.public_id, SYSTEM)
    given = {"name": "Saver", "prepayment": "deposit_percent"}
    assert refusal(InvalidInput, *args, **given, deposit_value=101) == ("deposit_value", "out_of_range")
    assert refusal(InvalidInput, *args, name="Saver", prepayment="half") == ("prepayment", "unknown")


def limits(place: Location, stay: Offering) -> list[tuple[date, date, list[int], int | None, bool]]:
    with scope(business=place.business_id):
        return [
            (one.first_on, one.last_on, one.weekdays, one.min_nights, one.is_closed)
            for one in Restriction.objects.filter(offering=stay)
        ]


def test_dates_are_restricted_in_bulk_and_freed_again(place: Location) -> None:
    business, stay = place.business_id, make(place, "stay")
    christmas = Dates(date(2026, 12, 24), date(2026, 12, 26))

    def set_limits(dates: Dates, **fields: Any) -> None:
        actions.restrict_dates(business, stay.public_id, SYSTEM, dates=dates, **fields)

    set_limits(DECEMBER, min_nights=2)
    revision = get_current_catalog(business).revision
    set_limits(DECEMBER, min_nights=2)
    assert get_current_catalog(business).revision == revision
    set_limits(christmas, min_nights=3, is_closed=False)
    first, last = DECEMBER.first_on, DECEMBER.last_on
    assert limits(place, stay) == [
        (first, date(2026, 12, 23), [], 2, False),
        (date(2026, 12, 24), date(2026, 12, 26), [], 3, False),
        (date(2026, 12, 27), last, [], 2, False),
    ]
    set_limits(DECEMBER, min_nights=None)
    assert limits(place, stay) == []
    set_limits(Dates(first, last, frozenset({5, 4})), is_closed=True)
    assert limits(place, stay) == [(first, last, [4, 5], None, True)]
    assert audited(place).count("restrictions.changed") == 4


def test_restrictions_of_one_plan_leave_those_of_all_alone(place: Location) -> None:
    business, stay = place.business_id, make(place, "stay")
    plan = actions.create_rate_plan(business, stay.public_id, SYSTEM, name="Saver").public_id
    args = (business, stay.public_id, SYSTEM)
    actions.restrict_dates(*args, dates=DECEMBER, min_nights=2)
    actions.restrict_dates(*args, dates=DECEMBER, rate_plan=plan, min_nights=5)
    actions.restrict_dates(*args, dates=DECEMBER, rate_plan=plan, min_nights=None)
    [kept] = facts(place, stay).restrictions
    assert (kept.rate_plan_id, kept.min_nights) == (None, 2)


def test_a_single_restriction_is_made_changed_and_deleted(place: Location) -> None:
    business, stay = place.business_id, make(place, "stay")
    day = date(2026, 12, 31)
    made = actions.create_restriction(
        business, stay.public_id, SYSTEM, first_on=day, last_on=day, closed_to_arrival=True
    )
    actions.update_restriction(business, made.public_id, SYSTEM, min_nights_on_arrival=3)
    [kept] = facts(place, stay).restrictions
    assert (kept.closed_to_arrival, kept.min_nights_on_arrival, kept.first_on) == (True, 3, day)
    args = (actions.update_restriction, business, made.public_id, SYSTEM)
    assert refusal(InvalidInput, *args, last_on=date(2026, 12, 30)) == ("last_on", "end_before_start")
    actions.delete_restriction(business, made.public_id, SYSTEM)
    assert facts(place, stay).restrictions == ()
    kinds = [one for one in audited(place) if one.startswith("restriction")]
    assert kinds == ["restriction.created", "restriction.changed", "restriction.deleted"]


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"last_on": date(2026, 11, 30), "min_nights": 2}, "last_on", "end_before_start"),
        ({"last_on": date(2031, 1, 1), "min_nights": 2}, "last_on", "range_too_long"),
        ({}, "min_nights", "nothing_set"),
        ({"min_nights": 4, "max_nights": 3}, "max_nights", "range"),
        ({"min_nights": 366}, "min_nights", "out_of_range"),
        ({"weekdays": [7], "min_nights": 2}, "weekdays", "weekday"),
        ({"last_on": date(2026, 12, 1), "weekdays": [5], "min_nights": 2}, "weekdays", "no_such_day"),
        ({"rate_plan": "plan_none", "min_nights": 2}, "rate_plan", "unknown"),
    ],
)
def test_a_wrong_restriction_names_the_field(
    place: Location, fields: dict[str, Any], field: str, reason: str
) -> None:
    given = {"first_on": DECEMBER.first_on, "last_on": DECEMBER.last_on, **fields}
    args = (actions.create_restriction, place.business_id, make(place, "stay").public_id, SYSTEM)
    assert refusal(InvalidInput, *args, **given) == (field, reason)


def test_products_have_a_price_and_can_be_put_away(place: Location) -> None:
    business = place.business_id
    goods = actions.create_category(business, "Shop", SYSTEM).public_id
    made = actions.create_product(business, SYSTEM, name="Oil", price_minor=1990, category=goods)
    actions.update_product(business, made.public_id, SYSTEM, price_minor=2490, is_stocked=False)
    product = get_current_catalog(business).get_product(made.public_id)
    assert (product.price_minor, product.is_stocked, product.category_id) == (2490, False, made.category_id)
    actions.archive_product(business, made.public_id, SYSTEM)
    with pytest.raises(NotFound):
        get_current_catalog(business).get_product(made.public_id)
    assert refusal(InvalidInput, actions.create_product, business, SYSTEM, name="Oil") == (
        "price_minor",
        "required",
    )


def test_nothing_of_another_business_can_be_named_or_changed(place: Location) -> None:
    other = make_location(make_business())
    policy = actions.create_policy(other.business_id, SYSTEM, name="Theirs")
    plan = actions.create_rate_plan(other.business_id, make(other, "stay").public_id, SYSTEM, name="Theirs")
    assert refusal(InvalidInput, make, place, "stay", policy=policy.public_id) == ("policy", "unknown")
    with pytest.raises(NotFound):
        actions.update_policy(place.business_id, policy.public_id, SYSTEM, name="Mine")
    with pytest.raises(NotFound):
        actions.archive_rate_plan(place.business_id, plan.public_id, SYSTEM)
    rules = (actions.update_booking_rules, place.business_id, SYSTEM)
    assert refusal(InvalidInput, *rules, policy=policy.public_id) == ("policy", "unknown")
    assert refusal(InvalidInput, *rules, waiting_offer_minutes=1) == ("waiting_offer_minutes", "out_of_range")

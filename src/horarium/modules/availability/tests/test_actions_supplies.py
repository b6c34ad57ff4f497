"""Places and pieces: the check judges, lapsed holds make way, what is taken is what is live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions_supplies import (
    SupplyTaking,
    consume,
    firm_up_supplies,
    release_supplies,
    retake_supplies,
    set_total,
    set_totals_at_least,
    take_supplies,
)
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind, Session, Supply
from horarium.modules.availability.queries_supplies import SupplyFacts, read_supplies
from horarium.modules.catalog.models import Product
from tests.factories import make_business, make_location, make_offering

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LAPSE = NOW + timedelta(minutes=15)


@pytest.fixture
def boat() -> Supply:
    return Supply.objects.create(business=make_business(), total=10)


def grab(
    supply: Supply, quantity: int, owner: int, *, until: datetime | None = None, now: datetime = NOW
) -> None:
    take_supplies(
        supply.business_id,
        [SupplyTaking(supply.pk, quantity, owner)],
        owner_kind=OwnerKind.BOOKING,
        now=now,
        expires_at=until,
    )


def facts(
    supply: Supply, now: datetime = NOW, *, besides: list[tuple[str, int]] | None = None
) -> SupplyFacts:
    """As read, and checked against the rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.taken - coalesce(sum(a.quantity) FILTER (WHERE a.state IN ('held', 'taken')), 0)
            FROM availability_supply s LEFT JOIN availability_supplyallocation a ON a.supply_id = s.id
            WHERE s.id = %s GROUP BY s.id""",
            [supply.pk],
        )
        assert cursor.fetchone() == (0,)
    return read_supplies(supply.business_id, [supply.pk], now, besides=besides or ())[supply.pk]


def test_places_are_taken_for_good_or_held(boat: Supply) -> None:
    grab(boat, 3, 1)
    grab(boat, 2, 2, until=LAPSE)
    found = facts(boat)
    assert (found.taken, found.held, found.sold, found.free) == (5, 2, 3, 5)
    assert (found.lapses_at, found.revision) == (LAPSE.timestamp(), 3)


def test_the_last_places_go_together_or_not_at_all(boat: Supply) -> None:
    grab(boat, 9, 1)
    with pytest.raises(NotFree) as refused, transaction.atomic():
        grab(boat, 2, 2)
    assert refused.value.code == "availability.capacity"
    grab(boat, 1, 2)
    assert facts(boat).free == 0


def test_all_supplies_of_one_call_are_taken_or_none(boat: Supply) -> None:
    other = Supply.objects.create(business_id=boat.business_id, total=1)
    wanted = [SupplyTaking(boat.pk, 1, 1), SupplyTaking(other.pk, 2, 1)]
    with pytest.raises(NotFree), transaction.atomic():
        take_supplies(boat.business_id, wanted, owner_kind=OwnerKind.BOOKING, now=NOW)
    assert (facts(boat).taken, facts(other).taken) == (0, 0)


def test_a_lapsed_hold_makes_way_at_the_very_instant_and_a_live_one_does_not(boat: Supply) -> None:
    """T-51, without any sweeper."""
    grab(boat, 10, 1, until=LAPSE)
    with pytest.raises(NotFree), transaction.atomic():
        grab(boat, 1, 2, now=LAPSE - timedelta(microseconds=1))
    assert facts(boat, LAPSE - timedelta(microseconds=1)).free == 0
    assert facts(boat, LAPSE).free == 10
    grab(boat, 4, 2, now=LAPSE)
    assert facts(boat, LAPSE).taken == 4


def test_what_is_given_back_is_free_once(boat: Supply) -> None:
    grab(boat, 4, 1)
    assert release_supplies(boat.business_id, OwnerKind.LINE, [1]) == 0
    assert release_supplies(boat.business_id, OwnerKind.BOOKING, [1]) == 4
    assert release_supplies(boat.business_id, OwnerKind.BOOKING, [1]) == 0
    assert facts(boat).free == 10


def test_a_hold_becomes_a_sale_even_late_unless_it_made_way(boat: Supply) -> None:
    """T-50."""
    grab(boat, 6, 1, until=LAPSE)
    assert firm_up_supplies(boat.business_id, OwnerKind.BOOKING, [1]) == 1
    assert firm_up_supplies(boat.business_id, OwnerKind.BOOKING, [1]) == 0
    assert facts(boat, LAPSE).free == 4
    grab(boat, 4, 2, until=LAPSE)
    grab(boat, 1, 3, now=LAPSE)
    assert firm_up_supplies(boat.business_id, OwnerKind.BOOKING, [2]) == 0
    assert facts(boat, LAPSE).taken == 7


def test_places_are_changed_over_the_owner_s_own_and_a_refusal_leaves_the_old(boat: Supply) -> None:
    other = Supply.objects.create(business_id=boat.business_id, total=3)
    grab(boat, 8, 1)

    def change(supply: Supply, quantity: int) -> None:
        wanted = [SupplyTaking(supply.pk, quantity, 1)]
        retake_supplies(boat.business_id, wanted, owner_kind=OwnerKind.BOOKING, now=NOW)

    change(boat, 10)
    assert facts(boat).taken == 10
    with pytest.raises(NotFree):
        change(other, 4)
    assert (facts(boat).taken, facts(other).taken) == (10, 0)
    change(other, 3)
    assert (facts(boat).taken, facts(other).taken) == (0, 3)


def test_own_places_count_as_free_for_a_change(boat: Supply) -> None:
    grab(boat, 8, 1)
    grab(boat, 2, 2)
    assert facts(boat, besides=[("booking", 1)]).free == 8
    assert facts(boat, besides=[("line", 1)]).free == 0


def test_the_total_never_falls_below_what_is_taken(boat: Supply) -> None:
    grab(boat, 4, 1)
    grab(boat, 3, 2, until=LAPSE)
    with pytest.raises(InvalidInput) as refused, transaction.atomic():
        set_total(boat.business_id, boat.pk, 6, now=NOW)
    assert (refused.value.field, refused.value.params["least"]) == ("total", 7)
    assert facts(boat).total == 10
    set_total(boat.business_id, boat.pk, 5, now=LAPSE)
    assert facts(boat, LAPSE).free == 1
    assert set_totals_at_least(boat.business_id, {boat.pk: 2}, now=LAPSE) == {boat.pk: 4}


def test_ticket_numbers_go_on_and_are_never_given_twice(boat: Supply) -> None:
    wanted = [SupplyTaking(boat.pk, 2, owner, numbers=numbers) for owner, numbers in ((5, 3), (6, 2))]
    found = take_supplies(boat.business_id, wanted, owner_kind=OwnerKind.BOOKING, now=NOW)
    assert found == {(boat.pk, 5): 3, (boat.pk, 6): 5}
    release_supplies(boat.business_id, OwnerKind.BOOKING, [5, 6])
    again = take_supplies(boat.business_id, wanted[:1], owner_kind=OwnerKind.BOOKING, now=NOW)
    assert again == {(boat.pk, 5): 8}


def test_only_sold_pieces_of_products_are_consumed(boat: Supply) -> None:
    product = Product.objects.create(business_id=boat.business_id, name="Honey", price_minor=500)
    honey = Supply.objects.create(business_id=boat.business_id, product=product, total=5)
    grab(boat, 1, 1)
    grab(honey, 2, 1)
    grab(honey, 1, 2, until=LAPSE)
    assert consume(boat.business_id, OwnerKind.BOOKING, [1, 2]) == {honey.pk: 2}
    assert consume(boat.business_id, OwnerKind.BOOKING, [1, 2]) == {}
    found = facts(honey)
    assert (found.total, found.taken, found.free, facts(boat).taken) == (3, 1, 2, 1)


def test_a_session_that_was_moved_or_cancelled_meanwhile_sells_nothing(boat: Supply) -> None:
    """T-23: what was planned is looked at again under the lock."""
    offering = make_offering(make_location(boat.business), mode="session")
    session = Session.objects.create(
        business=boat.business,
        offering=offering,
        supply=boat,
        starts_at=LAPSE,
        ends_at=LAPSE + timedelta(hours=1),
    )

    def sell(start: datetime) -> None:
        wanted = [SupplyTaking(boat.pk, 1, 1, session_starts_at=start)]
        with transaction.atomic():
            take_supplies(boat.business_id, wanted, owner_kind=OwnerKind.BOOKING, now=NOW)

    sell(LAPSE)
    with pytest.raises(NotFree):
        sell(NOW)
    with scope(business=boat.business_id):
        Session.objects.filter(pk=session.pk).update(state="cancelled")
    with pytest.raises(NotFree):
        sell(LAPSE)
    assert facts(boat).taken == 1


def test_the_database_itself_refuses_what_is_oversold(boat: Supply) -> None:
    """T-22: whatever code writes."""
    boat.taken = 11
    with pytest.raises(IntegrityError, match="supply_not_oversold"), transaction.atomic():
        boat.save()


def test_supplies_of_another_business_are_not_found(boat: Supply) -> None:
    mine = Supply.objects.create(business=make_business(), total=5)
    wanted = [SupplyTaking(mine.pk, 1, 1), SupplyTaking(boat.pk, 1, 1)]
    with pytest.raises(NotFound), transaction.atomic():
        take_supplies(mine.business_id, wanted, owner_kind=OwnerKind.BOOKING, now=NOW)
    with pytest.raises(NotFound), transaction.atomic():
        set_total(mine.business_id, boat.pk, 1, now=NOW)
    grab(boat, 1, 1)
    assert release_supplies(mine.business_id, OwnerKind.BOOKING, [1]) == 0
    assert read_supplies(mine.business_id, [boat.pk], NOW) == {}
    assert facts(boat).taken == 1

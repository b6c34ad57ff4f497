"""Stock: what comes in, is counted and handed over; never below nothing, and every piece accounted for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Sum
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions_stock import Stock, correct_stock, hand_over, receive_stock
from horarium.modules.availability.actions_supplies import SupplyTaking, release_supplies, take_supplies
from horarium.modules.availability.models import OwnerKind, StockMovement, Supply
from horarium.modules.availability.queries_supplies import list_movements
from horarium.modules.catalog.models import Product
from horarium.platform.tenancy.actions import bump_catalog_revision
from tests.factories import make_business

from .session_scene import LAPSE, NOW, SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def honey() -> Product:
    business = make_business()
    product = Product.objects.create(business=business, name="Honey", price_minor=500)
    bump_catalog_revision(business.pk)
    return product


def receive(honey: Product, quantity: int) -> Stock:
    return receive_stock(honey.business_id, honey.public_id, quantity, actor=SYSTEM, now=NOW)


def count(honey: Product, counted: int) -> Stock:
    return correct_stock(honey.business_id, honey.public_id, counted, reason="Broken", actor=SYSTEM, now=NOW)


def supply_of(honey: Product) -> Supply:
    """Checked: the sum of its movements is what there is."""
    with scope(business=honey.business_id):
        supply = Supply.objects.get(product=honey)
        assert (
            StockMovement.objects.filter(supply=supply).aggregate(Sum("delta"))["delta__sum"] == supply.total
        )
    return supply


def sell(
    honey: Product, quantity: int, owner: int, kind: OwnerKind = OwnerKind.LINE, **fields: object
) -> None:
    wanted = [SupplyTaking(supply_of(honey).pk, quantity, owner)]
    take_supplies(honey.business_id, wanted, owner_kind=kind, now=NOW, **fields)  # type: ignore[arg-type]


def give(honey: Product, **owners: list[int]) -> int:
    return hand_over(honey.business_id, subject="ord_x", actor=SYSTEM, now=NOW, **owners)


def test_pieces_come_in_are_counted_and_leave_a_movement_each(honey: Product) -> None:
    assert receive(honey, 10) == Stock(10, 10)
    assert receive(honey, 5) == Stock(15, 15)
    assert count(honey, 12) == Stock(12, 12)
    assert count(honey, 12) == Stock(12, 12)
    found = list_movements(honey.business_id, honey.public_id)
    assert [(one.delta, one.reason) for one in found] == [(-3, "Broken"), (5, "received"), (10, "received")]
    assert supply_of(honey).total == 12


def test_a_count_below_what_is_sold_is_refused(honey: Product) -> None:
    receive(honey, 5)
    sell(honey, 3, 1)
    sell(honey, 1, 2, expires_at=LAPSE)
    with pytest.raises(InvalidInput) as refused:
        count(honey, 3)
    assert (refused.value.field, refused.value.params["least"]) == ("counted", 4)
    assert supply_of(honey).total == 5
    assert count(honey, 4) == Stock(4, 0)


def test_what_is_handed_over_is_gone_and_only_once(honey: Product) -> None:
    receive(honey, 6)
    sell(honey, 2, 1)
    sell(honey, 1, 1, OwnerKind.BOOKING)
    sell(honey, 1, 2)
    assert give(honey, line_ids=[1], booking_ids=[1]) == 3
    assert give(honey, line_ids=[1], booking_ids=[1]) == 0
    assert release_supplies(honey.business_id, OwnerKind.LINE, [1]) == 0
    supply = supply_of(honey)
    assert (supply.total, supply.taken) == (3, 1)
    assert [(one.delta, one.reason) for one in list_movements(honey.business_id, honey.public_id)][:1] == [
        (-3, "handed_over")
    ]


def test_what_is_only_held_is_not_handed_over(honey: Product) -> None:
    receive(honey, 2)
    sell(honey, 1, 1, expires_at=NOW + timedelta(hours=1))
    assert give(honey, line_ids=[1]) == 0
    assert supply_of(honey).total == 2


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
def test_a_number_of_pieces_that_cannot_be_is_refused(honey: Product, quantity: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        receive(honey, quantity)
    assert refused.value.field == "quantity"


def test_uncounted_products_have_no_stock(honey: Product) -> None:
    honey.is_stocked = False
    honey.save()
    bump_catalog_revision(honey.business_id)
    with pytest.raises(InvalidInput):
        receive(honey, 1)


def test_products_of_another_business_are_not_found(honey: Product) -> None:
    other = make_business()
    with pytest.raises(NotFound):
        receive_stock(other.pk, honey.public_id, 1, actor=SYSTEM, now=NOW)
    receive(honey, 1)
    assert list_movements(other.pk, honey.public_id) == []

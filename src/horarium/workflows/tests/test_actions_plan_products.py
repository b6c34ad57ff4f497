"""Goods to planned lines: what is there, what it costs, and when it is paid."""

from __future__ import annotations

from typing import Any

import pytest

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions_supplies import SupplyTaking, take_supplies
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind, Supply
from horarium.modules.availability.tests.session_scene import LAPSE, NOW
from horarium.modules.catalog.models import Product
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import Business
from horarium.workflows.items import ProductItem
from horarium.workflows.plan_products import inquire_product, plan_product
from horarium.workflows.planned import Besides, PlannedProduct
from tests.factories import make_business, make_location, make_offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def business() -> Business:
    return make_business()


def add_product(business: Business, *, stock: int | None = None, **fields: Any) -> Product:
    product = Product.objects.create(business=business, **{"name": "Honey", "price_minor": 750, **fields})
    if stock is not None:
        Supply.objects.create(business=business, product=product, total=stock)
    bump_catalog_revision(business.pk)
    return product


def plan(product: Product, quantity: int = 1, *, staff: bool = False, **fields: Any) -> PlannedProduct:
    item = ProductItem(product.public_id, quantity)
    inquiry = inquire_product(get_current_catalog(product.business_id), item, staff=staff)
    return plan_product(inquiry, 2, fields.pop("now", NOW), **fields)


def test_goods_are_planned_with_their_price_and_their_stock(business: Business) -> None:
    honey = add_product(business, stock=4)
    planned = plan(honey, 3)
    assert planned.quote.as_json()["total_minor"] == 2250
    assert (planned.quantity, len(planned.supplies), planned.supplies[0][1]) == (3, 1, 3)
    assert planned.due_now.minor == 0


def test_what_is_not_there_is_not_sold(business: Business) -> None:
    honey, never = add_product(business, stock=4), add_product(business)
    supply = honey.supply.pk
    take_supplies(
        business.pk, [SupplyTaking(supply, 2, 1)], owner_kind=OwnerKind.LINE, now=NOW, expires_at=LAPSE
    )
    with pytest.raises(NotFree) as refused:
        plan(honey, 3)
    assert (refused.value.reason, refused.value.item, refused.value.params["left"]) == ("capacity", 2, 2)
    plan(honey, 3, now=LAPSE)
    with pytest.raises(NotFree):
        plan(honey, 2, besides=Besides(supplies={supply: 1}))
    with pytest.raises(NotFree) as refused:
        plan(never)
    assert refused.value.params["left"] == 0


def test_uncounted_goods_are_always_there(business: Business) -> None:
    assert plan(add_product(business, is_stocked=False), 20).supplies == ()


def test_a_number_that_one_order_may_not_have_is_refused(business: Business) -> None:
    honey = add_product(business, stock=100, max_per_order=5)
    for quantity in (0, 6):
        with pytest.raises(InvalidInput) as refused:
            plan(honey, quantity)
        assert refused.value.field == "quantity"


def test_hidden_goods_are_for_staff_only(business: Business) -> None:
    honey = add_product(business, stock=1, is_public=False)
    with pytest.raises(NotFound):
        plan(honey)
    assert plan(honey, staff=True).quantity == 1


def test_goods_are_paid_at_once_where_anything_is(business: Business) -> None:
    honey = add_product(business, stock=3)
    make_offering(make_location(business), prepayment="deposit_percent", deposit_value=10)
    assert plan(honey, 2).due_now.minor == 1500
    assert plan(honey, 2, staff=True).due_now.minor == 0

"""Whatever is paid, changed, cancelled and given back: not a minor unit is lost or made, in any currency."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import Sum
from django_scopes import scope

from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, CancelledBy, Order
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.rules import Terms, Tier
from horarium.modules.ledger.models import Posting
from horarium.modules.ledger.queries import fees_of, flows_of, held_ahead, promised_back
from horarium.modules.payments.models import Refund
from horarium.modules.payments.queries import returning_of
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.change_booking import ChangeWish, apply_change, preview_change
from horarium.workflows.no_show import NoShowWish, mark_no_show, preview_no_show
from horarium.workflows.order_view import OrderView, get_order_view
from horarium.workflows.plan_again import Change
from horarium.workflows.refund_payment import return_cash
from horarium.workflows.take_cash import take_cash
from tests.factories import make_offering, make_price, make_resource

from . import scene
from .rows import bookings_of
from .stage import GUEST, NOW, STAFF, at, item, make_place, order

pytestmark = pytest.mark.django_db
# Odd numbers, so that nothing divides evenly.
TERMS = Terms(
    cancellation=(Tier(240, percent=10), Tier(120, percent=33, minor=7), Tier(0, percent=100)),
    rescheduling=(Tier(240, minor=111), Tier(60, percent=7)),
    no_show=Tier(0, percent=77, minor=3),
)
CURRENCIES = ["RUB", "EUR", "CLP"]


def view(placed: Order, now: Any = NOW) -> OrderView:
    return get_order_view(placed.business_id, placed.public_id, now)


def shop_of(currency: str) -> tuple[Any, Order]:
    """Two bookings of 9 999 and 9 999 on two people; evenings cost 13 333, mornings 7 777."""
    place = make_place("08:00-22:00", currency=currency)
    cut = make_offering(
        place, needs=[[make_resource(place), make_resource(place)]], price=9_999, party_max=4, lead_minutes=0
    )
    make_price(cut, 13_333, priority=10, from_minute=18 * 60, until_minute=24 * 60)
    make_price(cut, 7_777, priority=10, from_minute=0, until_minute=10 * 60)
    placed = order(item(cut, "12:00"), item(cut, "15:00"), of=cut, staff=True)
    with scope(business=place.business_id):
        Booking.objects.update(terms=Agreed(TERMS, 3_001).as_json())
    return cut, placed


def check(placed: Order, now: Any) -> None:
    """Money in, less money out and fees, is what is held; with what is due it makes the price. All sums to zero."""
    shown, key, currency = view(placed, now), placed.public_id, placed.currency
    with scope(business=placed.business_id):
        flow = flows_of(placed.business_id, [key])[key]
        fees = fees_of(placed.business_id, [key])[key]
        by_hand = promised_back(placed.business_id, currency, subject=key).minor
        returning = returning_of(placed.business_id, [key])[key]
        ahead = held_ahead(placed.business_id, currency, subject=key).minor
        assert Posting.objects.aggregate(sum=Sum("minor"))["sum"] in (0, None)
        unbalanced = Posting.objects.values("entry").annotate(sum=Sum("minor")).exclude(sum=0)
        assert not unbalanced
    standing = sum(one.price.minor for one in shown.bookings if one.counts)
    held = flow.received - flow.refunded - by_hand - returning - fees
    assert shown.held.minor == held >= 0
    assert shown.due_now.minor == max(standing - held, 0)
    assert held <= standing, "what is over goes back at once"
    assert held + shown.due_now.minor == standing
    assert ahead == held + returning


@pytest.mark.parametrize("currency", CURRENCIES)
def test_a_discounted_partly_paid_rescheduled_order_goes_back_to_the_minor_unit(currency: str) -> None:
    """T-60: 9 999 by staff for 8 765, 5 000 of it paid by the gateway and 1 234 in cash; then moved, then cancelled."""

    def money(minor: int) -> Money:
        return Money(minor, currency)

    shop = scene.make_shop(
        price=9_999, currency=currency, prepayment="deposit_fixed", deposit_value=5_000, lead_minutes=0
    )
    make_price(shop.offering, 13_333, priority=10, from_minute=18 * 60, until_minute=24 * 60)
    held = scene.hold(shop)
    scene.settle(held, scene.ask(held))
    with scope(business=shop.id):
        Booking.objects.update(terms=Agreed(TERMS, 5_000).as_json())
    booking_id = bookings_of(held)[0].public_id
    discount = ChangeWish(Change(), price=8_765, reason="A regular guest")
    found = apply_change(shop.id, booking_id, discount, STAFF, scene.SOON, staff=True)
    assert (found.order.total, found.order.due_now) == (money(8_765), money(3_765))
    take_cash(shop.id, held.public_id, money(1_234), actor=STAFF, now=scene.SOON)
    # At the same price of today: what was agreed on stays. 4 hours before the start the fee is 111.
    moved = apply_change(shop.id, booking_id, ChangeWish(Change(start=at("14:00"))), GUEST, scene.SOON)
    assert (moved.money.after, moved.money.fee, moved.money.due) == (money(8_765), money(111), money(2_642))
    check(held, scene.SOON)
    # 33 % of 8 765 = 2 892.45 and 7 more; 6 234 - 111 are held: 3 224 go back, first by the gateway.
    late = at("11:00")
    terms = preview_cancellation(view(held, late), CancellationWish())
    assert (terms.fee, terms.refund, terms.due) == (money(2_899), money(3_224), money(0))
    cancel_order(shop.id, held.public_id, CancellationWish(), by=CancelledBy.GUEST, actor=GUEST, now=late)
    check(held, late)
    with scope(business=shop.id):
        assert [one.amount_minor for one in Refund.objects.all()] == [3_224]
        assert fees_of(shop.id, [held.public_id])[held.public_id] == 111 + 2_899


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("seed", range(8))
def test_random_payments_changes_and_cancellations_lose_and_make_nothing(seed: int, currency: str) -> None:
    dice = Random(f"{seed}{currency}")
    _, placed = shop_of(currency)
    now = at("06:00")
    for _ in range(25):
        now += timedelta(minutes=dice.randint(0, 25))
        with suppress(HorariumError):
            _step(dice, placed, now)
        check(placed, now)


def _step(dice: Random, placed: Order, now: Any) -> None:
    shown = view(placed, now)
    booking = dice.choice(bookings_of(placed))
    match dice.choice(["pay", "pay", "change", "change", "staff", "cancel", "return", "no_show"]):
        case "pay":
            amount = Money(dice.randint(1, max(shown.rest.minor, 1)), placed.currency)
            take_cash(placed.business_id, placed.public_id, amount, actor=STAFF, now=now)
        case "change":
            _change(placed, booking, ChangeWish(_anywhere(dice)), now, staff=False)
        case "staff":
            wish = ChangeWish(
                _anywhere(dice),
                keep_price=dice.random() < 0.3,
                price=dice.randint(0, 15_000) if dice.random() < 0.3 else None,
                waive_fee=dice.random() < 0.3,
                reason="Because",
            )
            _change(placed, booking, wish, now, staff=True)
        case "cancel" if dice.random() < 0.4:
            gone = CancellationWish((booking.public_id,), reason="No", waive_fee=dice.random() < 0.3)
            terms = preview_cancellation(shown, gone)
            after = cancel_order(
                placed.business_id, placed.public_id, gone, by=CancelledBy.STAFF, actor=STAFF, now=now
            )
            assert after.held == shown.held - terms.fee - terms.refund
        case "no_show" if dice.random() < 0.4:
            terms = preview_no_show(shown, booking.public_id)
            done = mark_no_show(placed.business_id, booking.public_id, NoShowWish(), STAFF, now)
            assert done == terms
        case "return":
            with scope(business=placed.business_id):
                owed = promised_back(placed.business_id, placed.currency, subject=placed.public_id)
            amount = Money(dice.randint(0, owed.minor), placed.currency)
            return_cash(placed.business_id, placed.public_id, amount, account="cash", actor=STAFF, now=now)


def _anywhere(dice: Random) -> Change:
    return Change(
        start=at(f"{dice.randint(8, 21):02}:{dice.choice(['00', '15', '30'])}"),
        party=dice.choice([None, 1, 2]),
    )


def _change(placed: Order, booking: Booking, wish: ChangeWish, now: Any, *, staff: bool) -> None:
    """The preview tells exactly what is done."""
    previewed = preview_change(placed.business_id, booking.public_id, wish, now, staff=staff).money
    actor = STAFF if staff else GUEST
    done = apply_change(placed.business_id, booking.public_id, wish, actor, now, staff=staff)
    assert done.money == previewed
    assert done.order.due_now == previewed.due

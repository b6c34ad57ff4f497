"""Tickets to planned bookings: places, prices, extras, shared slots; refusals with what is near."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions_sessions import cancel_session
from horarium.modules.availability.actions_supplies import SupplyTaking, take_supplies
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind, Session, Supply
from horarium.modules.availability.tests.session_scene import (
    NOW,
    SYSTEM,
    Tours,
    add_session,
    at,
    facts,
    make_tours,
    run_schedule,
    sell,
    sessions,
    taken,
)
from horarium.modules.catalog.models import Extra, Product, TicketType
from horarium.modules.catalog.queries import get_current_catalog
from horarium.workflows.items import SessionItem
from horarium.workflows.list_sessions import SessionSlot
from horarium.workflows.plan_sessions import inquire_session, open_planned, plan_session
from horarium.workflows.planned import NOTHING, Besides, PlannedBooking
from horarium.workflows.tests.test_actions_list_sessions import make_sauna, open_slot
from tests.factories import make_need, make_price, make_resource

pytestmark = pytest.mark.django_db


def tickets(
    tours: Tours, adults: int = 0, children: int = 0, infants: int = 0
) -> tuple[tuple[str, int], ...]:
    counts = ((tours.adult, adults), (tours.child, children), (tours.infant, infants))
    return tuple((one.public_id, number) for one, number in counts if number)


def plan(
    tours: Tours,
    where: Session | datetime,
    *,
    staff: bool = False,
    now: datetime = NOW,
    extras: tuple[str, ...] = (),
    **fields: Any,
) -> PlannedBooking:
    counts = {name: fields.pop(name) for name in ("adults", "children", "infants") if name in fields}
    wanted = tickets(tours, **counts)
    if isinstance(where, Session):
        item = SessionItem(wanted, session=where.public_id, extras=extras)
    else:
        item = SessionItem(wanted, offering=tours.offering.public_id, start=where, extras=extras)
    inquiry = inquire_session(get_current_catalog(tours.id), item, staff=staff)
    return plan_session(inquiry, 3, now, **fields)


def refused(tours: Tours, where: Session | datetime, **fields: Any) -> NotFree:
    with pytest.raises(NotFree) as found:
        plan(tours, where, **fields)
    return found.value


def test_tickets_take_their_places_and_cost_their_prices() -> None:
    tours = make_tours(prepayment="deposit_percent", deposit_value=20)
    session = add_session(tours)
    planned = plan(tours, session, adults=2, children=1, infants=1)
    assert (planned.session_id, planned.session_supply) == (session.pk, session.supply_id)
    assert planned.supplies == ((session.supply_id, 3),)
    assert (planned.starts_at, planned.ends_at, planned.party) == (at(10), at(12), 4)
    assert planned.guests == {"tickets": dict(tickets(tours, 2, 1, 1))}
    prices = [(one.ticket_type_id, one.price_minor) for one in planned.tickets]
    assert prices == [
        (tours.adult.pk, 5000),
        (tours.adult.pk, 5000),
        (tours.child.pk, 3000),
        (tours.infant.pk, 0),
    ]
    assert (planned.quote.total.minor, planned.due_now.minor) == (13_000, 2_600)
    assert sum(price for _, price in prices) == planned.quote.total.minor
    assert planned.claims == ()
    assert planned.new_session is None
    assert plan(tours, session, adults=1, staff=True).due_now.minor == 0


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"infants": 2}, "required"),
        ({}, "required"),
        ({"adults": 21}, "too_many"),
        ({"adults": -1}, "ticket_type"),
    ],
)
def test_tickets_that_cannot_be_are_refused(counts: dict[str, Any], reason: str) -> None:
    tours = make_tours(capacity=50)
    session = add_session(tours)
    with pytest.raises(InvalidInput) as found:
        plan(tours, session, **counts)
    assert (found.value.field, found.value.params["reason"]) == ("tickets", reason)


def test_tickets_of_another_offering_are_refused() -> None:
    tours, other = make_tours(), make_tours()
    session = add_session(tours)
    item = SessionItem(((other.adult.public_id, 1),), session=session.public_id)
    with pytest.raises(InvalidInput):
        inquire_session(get_current_catalog(tours.id), item)
    with pytest.raises(NotFound):
        inquire_session(get_current_catalog(other.id), item)


def test_an_item_names_a_session_or_a_shared_slot() -> None:
    tours = make_tours()
    catalog, wanted = get_current_catalog(tours.id), tickets(tours, 1)
    session, offering = add_session(tours).public_id, tours.offering.public_id
    for item in (
        SessionItem(wanted),
        SessionItem(wanted, offering=offering),
        SessionItem(wanted, offering=offering, start=at(10)),
        SessionItem(wanted, session=session, offering=offering, start=at(10)),
    ):
        with pytest.raises(InvalidInput) as found:
            inquire_session(catalog, item)
        assert found.value.field == "session"


def test_each_refusal_has_the_reason_of_the_listing_and_the_nearest_sessions() -> None:
    tours = make_tours(horizon_days=4)
    run_schedule(tours)
    first, second, third, fourth = sessions(tours)
    sell(second, 9)
    cancel_session(tours.id, third.public_id, reason="Storm", actor=SYSTEM, now=NOW)
    refusal = refused(tours, second, adults=2)
    assert (refusal.reason, refusal.item, refusal.code) == ("capacity", 3, "availability.capacity")
    near: tuple[SessionSlot, ...] = refusal.params["alternatives"]  # type: ignore[assignment]
    assert [one.session for one in near] == [first.public_id, fourth.public_id]
    assert refused(tours, third, adults=1).reason == "cancelled"
    assert refused(tours, add_session(tours, at(10, day=6)), adults=1).reason == "horizon"
    late = at(9) + timedelta(seconds=1)
    assert refused(tours, first, adults=1, now=late).reason == "cutoff"
    plan(tours, first, adults=1, now=late, staff=True)
    plan(tours, first, adults=1, now=at(11, 59), staff=True)
    assert refused(tours, first, adults=1, now=at(12) + timedelta(seconds=1), staff=True).reason == "cutoff"
    assert refused(tours, second, adults=2, staff=True).reason == "capacity"


def test_places_of_earlier_items_and_own_ones_are_counted() -> None:
    tours = make_tours()
    session = add_session(tours)
    sell(session, 6, owner=7)
    assert (
        refused(tours, session, adults=4, besides=Besides(supplies={session.supply_id: 1})).reason
        == "capacity"
    )
    plan(tours, session, adults=3, besides=Besides(supplies={session.supply_id: 1}))
    plan(tours, session, adults=10, besides=Besides((("booking", 7),)))


def make_extra(tours: Tours, **fields: Any) -> Extra:
    return Extra.objects.create(business_id=tours.id, offering=tours.offering, name="Photos", **fields)


def test_extras_take_their_own_resources_and_goods_for_the_guest() -> None:
    tours = make_tours()
    session = add_session(tours)
    photographer = make_resource(tours.offering.location)
    honey = Product.objects.create(business_id=tours.id, name="Honey", price_minor=500)
    stock = Supply.objects.create(business_id=tours.id, product=honey, total=3)
    photos, jar = make_extra(tours), make_extra(tours, product=honey, max_quantity=5)
    make_need(tours.offering, [photographer], extra=photos)
    make_price(tours.offering, 2000, extra=photos)
    make_price(tours.offering, 600, extra=jar)
    planned = plan(tours, session, adults=1, extras=(photos.public_id, jar.public_id, jar.public_id))
    assert [(one.resource_id, one.starts) for one in planned.claims] == [
        (photographer.pk, int(at(10).timestamp()))
    ]
    assert planned.supplies == ((session.supply_id, 1), (stock.pk, 2))
    assert planned.quote.total.minor == 5000 + 2000 + 1200
    again = refused(tours, session, adults=1, extras=(photos.public_id,), besides=NOTHING.after([planned]))
    assert again.reason == "taken"
    assert refused(tours, session, adults=1, extras=(jar.public_id,) * 4).reason == "capacity"


def test_a_shared_slot_is_made_by_its_first_guest_and_joined_by_the_next() -> None:
    """T-08."""
    tours = make_sauna(lead_minutes=0)
    first = plan(tours, at(11), adults=4)
    assert (first.session_id, first.supplies, first.claims) == (None, (), ())
    assert first.new_session is not None
    assert [one.resource_id for one in first.new_session.claims or ()] == [tours.guides[0].pk]
    [opened] = open_planned(tours.id, [first], NOW, None)
    [session] = sessions(tours)
    assert (opened.session_id, opened.supplies) == (session.pk, ((session.supply_id, 4),))
    assert (session.is_shared, session.starts_at, session.supply.total) == (True, at(11), 6)
    sell(session, 4)
    second = plan(tours, at(11), adults=2)
    assert second.new_session is not None
    assert second.new_session.claims is None
    [joined] = open_planned(tours.id, [second], NOW, None)
    assert joined.session_id == session.pk
    assert plan(tours, session, adults=2).new_session == second.new_session
    assert refused(tours, at(11), adults=3).reason == "capacity"
    assert refused(tours, at(10), adults=1).reason == "taken"
    assert refused(tours, at(10, 30), adults=1).reason == "off_grid"
    assert refused(tours, at(12), adults=1).reason == "closed"
    assert taken(tours) == [(0, 1, 11)]


def test_two_items_of_one_order_meet_in_one_new_session() -> None:
    tours = make_sauna()
    first = plan(tours, at(11), adults=4)
    second = plan(tours, at(11), adults=2, besides=NOTHING.after([first]))
    assert refused(tours, at(11), adults=3, besides=NOTHING.after([first])).reason == "capacity"
    assert refused(tours, at(11), adults=1, besides=NOTHING.after([first, second])).reason == "capacity"
    assert refused(tours, at(10), adults=1, besides=NOTHING.after([first])).reason == "taken"
    opened = open_planned(tours.id, [first, second], NOW, None)
    [session] = sessions(tours)
    assert [one.session_id for one in opened] == [session.pk, session.pk]
    wanted = [
        SupplyTaking(supply, quantity, number)
        for number, one in enumerate(opened)
        for supply, quantity in one.supplies
    ]
    take_supplies(tours.id, wanted, owner_kind=OwnerKind.BOOKING, now=NOW)
    assert facts(session).free == 0


def test_without_resources_there_is_one_shared_session_for_each_start() -> None:
    tours = make_sauna(needs=False)
    open_slot(tours, 11, 6)
    assert refused(tours, at(11), adults=1).reason == "capacity"
    plan(tours, at(10), adults=1)


def test_the_second_room_is_opened_when_the_first_is_full() -> None:
    tours = make_sauna(guides=2)
    open_slot(tours, 11, 5)
    [opened] = open_planned(tours.id, [plan(tours, at(11), adults=3)], NOW, None)
    assert len(sessions(tours)) == 2
    assert opened.session_id == sessions(tours)[1].pk
    assert sorted(taken(tours)) == [(0, 1, 11), (1, 1, 11)]


def test_ticket_types_count_by_their_places() -> None:
    tours = make_tours()
    family = TicketType.objects.create(
        business=tours.business, offering=tours.offering, name="Family", places=4, position=9
    )
    make_price(tours.offering, 12_000, basis="per_person", ticket_type=family)
    session = add_session(tours)
    item = SessionItem(((family.public_id, 2), (tours.adult.public_id, 2)), session=session.public_id)
    inquiry = inquire_session(get_current_catalog(tours.id), item)
    planned = plan_session(inquiry, 0, NOW)
    assert (planned.supplies, planned.party) == (((session.supply_id, 10),), 4)
    assert planned.quote.total.minor == 34_000

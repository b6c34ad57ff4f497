"""Offers and approvals decided by several connections at once."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from django_scopes import scope

from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking, CancelledBy, Order, WaitingEntry
from horarium.platform.audit.actor import Actor
from horarium.workflows.approve_booking import approve
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.checkout import Contact
from horarium.workflows.tests.rows import bookings_of, told
from horarium.workflows.tests.stage import NOW, TUESDAY, book, make_place
from horarium.workflows.waiting_fit import Wished
from horarium.workflows.waiting_list import Joining, accept_offer, join, run_waiting_list
from tests.factories import make_offering, make_resource

from .test_settlement import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
WORKERS = 6
ROUNDS = 4
STAFF = Actor.system()


def test_workers_at_once_offer_one_time_to_the_first_alone_and_no_entry_twice() -> None:
    for _ in range(ROUNDS):
        place = make_place("10:00-12:00")
        offering = make_offering(place, needs=[[make_resource(place)]], grid_minutes=60)
        sold = [book(offering, "10:00"), book(offering, "11:00")]
        for name in ("anna", "boris", "clara", "dora"):
            contact = Contact(name, f"{name}@example.org")
            joining = Joining(contact, Wished(offering.public_id), TUESDAY, TUESDAY)
            join(offering.business_id, joining, Actor.guest("page"), NOW)
        for one in sold:
            cancel_order(
                one.business_id,
                one.public_id,
                CancellationWish(),
                by=CancelledBy.GUEST,
                actor=STAFF,
                now=NOW,
            )
        offers = at_once([partial(run_waiting_list, offering.business_id, NOW)] * WORKERS)
        assert sum(offers) == 2
        with scope(business=offering.business_id):
            entries = list(WaitingEntry.objects.select_related("order").order_by("id"))
            held = Booking.objects.filter(state="held").values_list("starts_at", flat=True)
            assert len(set(held)) == 2
        assert [one.state for one in entries] == ["offered", "offered", "waiting", "waiting"]


def test_an_offer_that_is_accepted_many_times_at_once_is_one_booking() -> None:
    for _ in range(ROUNDS):
        place = make_place("10:00-11:00")
        offering = make_offering(place, needs=[[make_resource(place)]])
        joining = Joining(Contact("Anna", "anna@example.org"), Wished(offering.public_id), TUESDAY, TUESDAY)
        entry = join(offering.business_id, joining, Actor.guest("page"), NOW)
        assert run_waiting_list(offering.business_id, NOW) == 1
        with scope(business=offering.business_id):
            order = WaitingEntry.objects.select_related("order").get(pk=entry.pk).order
        assert order is not None
        accept = partial(accept_offer, order.business_id, order.public_id, NOW)
        results = at_once([accept] * WORKERS)
        assert Counter(one.status for one in results) == {"confirmed": WORKERS}
        assert [one.state for one in bookings_of(order)] == ["confirmed"]


def test_of_two_staff_who_approve_at_once_one_does_it() -> None:
    for _ in range(ROUNDS):
        place = make_place("10:00-11:00")
        offering = make_offering(place, needs=[[make_resource(place)]], needs_approval=True)
        order = book(offering, "10:00")
        [booking] = bookings_of(order)

        def click(order: Order = order, booking: Booking = booking) -> str:
            try:
                return approve(order.business_id, booking.public_id, STAFF, NOW).status
            except IllegalTransition as refusal:
                return refusal.code

        answers = at_once([click] * WORKERS)
        assert Counter(answers) == {"confirmed": 1, "booking.state": WORKERS - 1}
        assert told(order.business_id).count("BookingConfirmed") == 1

"""Placing an order: all of it or nothing, by the rules of the listing, written down once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.catalog.models import BookingRules, Extra
from horarium.modules.customers.models import MatchReview
from horarium.modules.pricing.actions import PriceDraft, set_prices
from horarium.workflows.checkout import Contact, quote_items
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import WishInput, explain_start
from horarium.workflows.order_view import get_order_view
from tests.factories import make_need, make_offering, make_price, make_resource

from .rows import audited, bookings_of, counts, served_by, taken_by, told
from .stage import ANNA_WRITES, NOW, STAFF, at, book, item, listed, make_place, offered, order, refusal

pytestmark = pytest.mark.django_db


def test_an_order_of_several_items_takes_all_of_them() -> None:
    place = make_place()
    anna, room = make_resource(place), make_resource(place, kind="room")
    cut = make_offering(place, needs=[[anna]], price=3000)
    hall = make_offering(place, needs=[[room]], price=4000, durations=[120])
    placed = order(item(cut, "10:00"), item(hall, "11:00"), item(cut, "11:00"), of=cut, notes="Two of us")
    assert (placed.total_minor, placed.due_minor, placed.expires_at, placed.notes) == (
        10_000,
        0,
        None,
        "Two of us",
    )
    assert [taken_by(one) for one in bookings_of(placed)] == [
        [(anna.pk, "taken", "10:00-11:00")],
        [(room.pk, "taken", "11:00-13:00")],
        [(anna.pk, "taken", "11:00-12:00")],
    ]
    assert [one.state for one in bookings_of(placed)] == ["confirmed"] * 3
    assert audited(place.business_id) == ["order.placed"]
    assert told(place.business_id).count("BookingConfirmed") == 3


def test_when_one_item_is_taken_nothing_of_the_order_is_left() -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000)
    hall = make_offering(place, needs=[[make_resource(place)]], price=4000)
    book(hall, "12:00")
    before = counts()
    with pytest.raises(NotFree, match="not free: taken") as refused:
        order(item(cut, "10:00"), item(hall, "12:00"), of=cut)
    assert refused.value.item == 1
    assert counts() == before
    assert offered(cut)[0] == "10:00"


def test_a_hold_says_until_when_it_lives_and_asks_for_what_is_due() -> None:
    """The shortest hold among the items that must be paid; the item without prepayment does not shorten it."""
    place = make_place()
    people = [make_resource(place) for _ in range(3)]
    full = make_offering(place, needs=[[people[0]]], price=3000, prepayment="full", hold_minutes=20)
    half = make_offering(
        place, needs=[[people[1]]], price=999, prepayment="deposit_percent", deposit_value=50, hold_minutes=30
    )
    free = make_offering(place, needs=[[people[2]]], price=500, hold_minutes=5)
    placed = order(item(full, "10:00"), item(half, "10:00"), item(free, "10:00"), of=full)
    assert placed.expires_at == NOW + timedelta(minutes=20)
    assert (placed.total_minor, placed.due_minor) == (4499, 3500)
    assert {one.state for one in bookings_of(placed)} == {"held"}
    assert told(place.business_id) == ["OrderHeld"]
    quote = quote_items(place.business.slug, [item(full, "12:00"), item(half, "12:00")], NOW)
    assert (quote.total, quote.due_now) == (Money(3999, "EUR"), Money(3500, "EUR"))


def test_a_hold_that_lapsed_is_offered_and_bookable_from_that_very_instant() -> None:
    """T-51: no worker runs here."""
    place = make_place("10:00-11:00")
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000, prepayment="full", hold_minutes=15)
    first = book(cut, "10:00")
    lapse = NOW + timedelta(minutes=15)
    just_before = lapse - timedelta(microseconds=1)
    assert offered(cut, now=just_before) == []
    assert refusal(cut, "10:00", now=just_before).reason is Reason.TAKEN
    assert get_order_view(place.business_id, first.public_id, just_before).status == "held"
    assert offered(cut, now=lapse) == ["10:00"]
    second = book(cut, "10:00", now=lapse)
    assert second.expires_at == lapse + timedelta(minutes=15)
    view = get_order_view(place.business_id, first.public_id, lapse)
    assert (view.status, view.expires_at, view.due_now) == ("expired", None, Money(0, "EUR"))
    assert taken_by(bookings_of(first)[0]) == []


def test_what_waits_for_approval_takes_its_time() -> None:
    """T-02."""
    place = make_place("10:00-11:00")
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000, needs_approval=True)
    placed = book(cut, "10:00")
    assert [one.state for one in bookings_of(placed)] == ["pending"]
    assert offered(cut) == []
    assert refusal(cut, "10:00").reason is Reason.TAKEN
    assert told(place.business_id) == ["BookingPending"]


def test_anyone_is_whoever_has_least_to_do_that_day() -> None:
    """Fair: two guests get two different people, and a long booking counts for more than two short ones."""
    place = make_place()
    anna, boris = make_resource(place), make_resource(place)
    cut = make_offering(place, needs=[[anna, boris]], durations=[30, 180], price=3000)
    long = served_by(book(cut, "10:00", duration=180))[0][0]
    other = ({anna.pk, boris.pk} - {long}).pop()
    assert served_by(book(cut, "14:00", duration=30)) == [[other]]
    assert served_by(book(cut, "15:00", duration=30)) == [[other]]
    tomorrow = SlotItem(cut.public_id, at("10:00") + timedelta(days=1), 30)
    after = served_by(order(tomorrow, SlotItem(cut.public_id, tomorrow.start, 30), of=cut))
    assert sorted(after) == [[anna.pk], [boris.pk]]


def test_a_chosen_person_is_taken_and_no_other() -> None:
    place = make_place()
    anna, boris = make_resource(place), make_resource(place)
    cut = make_offering(place, price=3000)
    make_need(cut, [anna, boris], is_choosable=True)
    placed = book(cut, "10:00", resource=boris.public_id)
    assert served_by(placed) == [[boris.pk]]
    assert bookings_of(placed)[0].is_resource_chosen
    assert refusal(cut, "10:00", resource=boris.public_id).reason is Reason.RESOURCE_UNAVAILABLE
    assert served_by(book(cut, "10:00")) == [[anna.pk]]


def test_hidden_and_unknown_offerings_cannot_be_booked() -> None:
    """T-33: whoever knows the id of a hidden one learns nothing."""
    place = make_place()
    anna = make_resource(place)
    hidden = make_offering(place, needs=[[anna]], is_public=False)
    retired = make_offering(place, needs=[[anna]], is_active=False)
    other = make_offering(make_place(), needs=[[make_resource(place)]])
    before = counts()
    for offering in (hidden, retired):
        with pytest.raises(NotFound):
            book(offering, "10:00")
        with pytest.raises(NotFound):
            listed(offering)
    with pytest.raises(NotFound):
        order(item(other, "10:00"), of=hidden)
    assert counts() == before


@pytest.mark.parametrize(
    ("wish", "field", "reason"),
    [
        ({"party": 3}, "items.1.party", "capacity"),
        ({"party": 0}, "items.1.party", "capacity"),
        ({"duration": 50}, "items.1.duration", "too_short"),
        ({"duration": 70}, "items.1.duration", "duration"),
        ({"resource": "res_none"}, "items.1.resource", "resource_unavailable"),
        ({"extras": ("ext_none",)}, "items.1.extras", "extra"),
    ],
)
def test_a_wish_that_is_not_on_offer_is_refused_by_the_name_of_its_field(
    wish: dict[str, Any], field: str, reason: str
) -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]], party_max=2)
    before = counts()
    with pytest.raises(InvalidInput) as refused:
        order(item(cut, "10:00"), item(cut, "12:00", **wish), of=cut)
    assert (refused.value.field, refused.value.params["reason"]) == (field, reason)
    assert counts() == before


@pytest.mark.parametrize("number", [0, 61])
def test_an_order_has_between_one_and_sixty_items(number: int) -> None:
    cut = make_offering(make_place())
    with pytest.raises(InvalidInput) as refused:
        order(*[item(cut, "10:00")] * number, of=cut)
    assert refused.value.field == "items"


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (Contact("  ", "anna@example.org"), "customer.name"),
        (Contact("Anna"), "customer.email"),
        (Contact("Anna", "no address"), "customer.email"),
        (Contact("Anna", "anna@example.org", "not a number"), "customer.phone"),
        (Contact("A" * 200, "anna@example.org"), "customer.name"),
    ],
)
def test_a_guest_who_cannot_be_reached_is_refused(contact: Contact, field: str) -> None:
    cut = make_offering(make_place(), needs=[], price=1)
    before = counts()
    with pytest.raises(InvalidInput) as refused:
        order(item(cut, "10:00"), of=cut, contact=contact)
    assert refused.value.field == field
    assert counts() == before


def test_a_business_may_insist_on_a_phone() -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]])
    with scope(business=place.business_id):
        BookingRules.objects.update(needs_phone=True)
    make_price(cut, 1)
    with pytest.raises(InvalidInput) as refused:
        order(item(cut, "10:00"), of=cut, contact=Contact("Anna", "anna@example.org"))
    assert refused.value.field == "customer.phone"
    order(item(cut, "10:00"), of=cut, contact=Contact("Walk-in"), staff=True)
    assert order(item(cut, "11:00"), of=cut).contact_phone == "+351912345678"


@pytest.mark.parametrize(
    ("clock", "reason"),
    [
        ("10:07", Reason.OFF_GRID),
        ("10:05", Reason.OFF_GRID),
        ("09:00", Reason.CLOSED),
        ("19:15", Reason.CLOSED),
    ],
)
def test_a_time_written_into_the_request_is_judged_like_one_that_was_offered(
    clock: str, reason: Reason
) -> None:
    """T-04."""
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]])
    before = counts()
    refused = refusal(cut, clock)
    assert refused.reason is reason
    assert (
        explain_start(place.business.slug, cut.public_id, at(clock), wish=WishInput(), now=NOW).reason
        is reason
    )
    alternatives: Any = refused.params["alternatives"]
    assert len(alternatives) == 3
    assert counts() == before


@pytest.mark.parametrize("off", [timedelta(seconds=30), timedelta(microseconds=1), timedelta(minutes=1)])
def test_a_start_between_two_steps_is_explained_as_it_is_refused(off: timedelta) -> None:
    """T-03: the explanation, too, looks at the seconds."""
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]])
    start = at("10:00") + off
    assert explain_start(place.business.slug, cut.public_id, start, wish=WishInput(), now=NOW).reason is (
        Reason.OFF_GRID
    )
    with pytest.raises(NotFree, match="not free: off_grid"):
        order(SlotItem(cut.public_id, start), of=cut)


def test_the_past_and_the_far_future_are_refused() -> None:
    """T-04, T-14."""
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]], lead_minutes=0, horizon_days=2)
    now = at("12:00")
    assert refusal(cut, "11:00", now=now).reason is Reason.LEAD_TIME
    assert offered(cut, now=now)[0] == "12:00"
    last = SlotItem(cut.public_id, at("19:00") + timedelta(days=2))
    order(last, of=cut, now=now)
    with pytest.raises(NotFree, match="not free: horizon"):
        order(SlotItem(cut.public_id, at("10:00") + timedelta(days=3)), of=cut, now=now)


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 12, 1, 10, 0),  # noqa: DTZ001  # the case itself: an instant without a zone
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
        datetime(2031, 1, 1, 10, 0, tzinfo=UTC),
    ],
)
def test_an_instant_without_a_zone_or_out_of_reach_is_no_start(start: datetime) -> None:
    place = make_place(zone="America/Santiago")
    cut = make_offering(place, needs=[[make_resource(place)]])
    with pytest.raises(InvalidInput) as refused:
        order(SlotItem(cut.public_id, start), of=cut)
    assert (refused.value.field, refused.value.params["reason"]) == ("items.0.start", "date")
    with pytest.raises(InvalidInput) as unexplained:
        explain_start(place.business.slug, cut.public_id, start, wish=WishInput(), now=NOW)
    assert unexplained.value.field == "start"


def test_staff_keep_neither_lead_time_nor_grid_nor_payment_but_never_overlap() -> None:
    """T-45."""
    place = make_place()
    cut = make_offering(
        place,
        needs=[[make_resource(place)]],
        price=3000,
        prepayment="full",
        needs_approval=True,
        is_public=False,
    )
    now = at("10:00")
    placed = book(cut, "10:05", staff=True, now=now)
    assert (placed.due_minor, placed.expires_at) == (0, None)
    assert [one.state for one in bookings_of(placed)] == ["confirmed"]
    assert refusal(cut, "11:00", staff=True, now=now).reason is Reason.TAKEN
    assert refusal(cut, "11:07", staff=True, now=now).reason is Reason.OFF_GRID
    assert refusal(cut, "20:00", staff=True, now=now).reason is Reason.CLOSED
    book(cut, "11:05", staff=True, now=now)


def test_an_extra_brings_its_own_need_and_price() -> None:
    place = make_place()
    anna, light = make_resource(place), make_resource(place, kind="equipment")
    shot = make_offering(place, needs=[[anna]], price=5000)
    extra = Extra.objects.create(business=place.business, offering=shot, name="Light set")
    make_need(shot, [light], extra=extra)
    make_price(shot, 700, extra=extra)
    placed = book(shot, "10:00", extras=(extra.public_id,))
    assert served_by(placed) == [[anna.pk, light.pk]]
    assert placed.total_minor == 5700
    assert offered(shot, extras=(extra.public_id,))[0] == "11:00"


def test_a_price_that_changes_afterwards_changes_nothing_that_was_agreed() -> None:
    """T-62."""
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000, prepayment="full")
    placed = book(cut, "10:00")
    set_prices(place.business_id, cut.public_id, [PriceDraft("flat", 9900)], STAFF)
    [booking] = bookings_of(placed)
    assert (booking.total_minor, booking.price["total_minor"]) == (3000, 3000)
    view = get_order_view(place.business_id, placed.public_id, NOW)
    assert (view.total, view.due_now) == (Money(3000, "EUR"), Money(3000, "EUR"))
    assert book(cut, "12:00").total_minor == 9900


def test_the_same_guest_is_the_same_customer_and_what_was_typed_is_kept() -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]])
    first = book(cut, "10:00")
    second = order(item(cut, "12:00"), of=cut, contact=Contact(" Ana  G. ", "ANNA@example.org"))
    assert first.customer_id == second.customer_id
    assert second.contact_name == "Ana G."
    assert (first.locale, second.locale) == (ANNA_WRITES.locale, place.business.default_language)


def test_a_guest_known_twice_is_the_one_of_the_email_and_a_person_is_asked() -> None:
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]])
    by_email = order(item(cut, "10:00"), of=cut, contact=Contact("Ana", "ana@example.org"))
    by_phone = order(item(cut, "11:00"), of=cut, contact=Contact("Rui", phone="912 345 678"))
    both = order(item(cut, "12:00"), of=cut, contact=Contact("Ana", "ana@example.org", "912 345 678"))
    assert both.customer_id == by_email.customer_id
    with scope(business=place.business_id):
        review = MatchReview.objects.get()
    assert (review.customer_id, review.other_id) == (by_email.customer_id, by_phone.customer_id)


def test_placing_an_order_costs_a_bounded_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    place = make_place()
    people = [make_resource(place) for _ in range(10)]
    cut = make_offering(place, needs=[people, [make_resource(place, kind="room")]], price=3000)
    book(cut, "10:00")
    with django_assert_max_num_queries(7):
        book(cut, "11:00")


def test_a_listing_costs_four_queries_and_one_when_nothing_changed(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """ADR 1."""
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place) for _ in range(10)]], price=3000)
    with django_assert_num_queries(4):
        first = listed(cut)
    with django_assert_num_queries(1):
        second = listed(cut)
    assert second is first


def test_what_staff_are_offered_instead_is_still_to_come() -> None:
    """They may note down what has been, but nobody is sent back to yesterday."""
    place = make_place()
    cut = make_offering(place, needs=[[make_resource(place)]])
    book(cut, "19:00")
    alternatives: Any = refusal(cut, "19:00", now=at("18:30"), staff=True).params["alternatives"]
    assert [slot.start.strftime("%d %H:%M") for slot in alternatives] == ["02 10:00", "02 10:05", "02 10:10"]

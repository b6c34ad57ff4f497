"""Bookings at the desk: the list, the sheet, and what can be done with one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.modules.booking.models import Booking
from horarium.modules.booking.queries import BookingRow, find_booking_row
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Role
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.factories import make_business, make_location, make_member, make_offering, make_resource

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world() -> Iterator[SimpleNamespace]:
    """A spa with one person and one hour for 50 EUR, at nine on a Tuesday in Lisbon."""
    with frozen(NOW):
        business = make_business(slug="spa")
        location = make_location(business, hours="09:00-20:00")
        anna = make_resource(location, name="Anna")
        massage = make_offering(location, needs=[[anna]], price=5000, name="Massage")
        client = Client()
        client.force_login(make_member(business).user)
        yield SimpleNamespace(business=business, location=location, anna=anna, massage=massage, client=client)


def book(world: SimpleNamespace, start: datetime, name: str = "Maria Silva") -> str:
    order = place_order(
        world.business.slug,
        Checkout(Contact(name, "", f"+351 912 {start:%H%M%d}"), (SlotItem(world.massage.public_id, start),)),
        Actor.system(),
        NOW,
        staff=True,
    )
    with scope(business=world.business.pk):
        return str(order.bookings.get().public_id)


def row_of(world: SimpleNamespace, booking_id: str) -> BookingRow:
    with scope(business=world.business.pk):
        row = find_booking_row(world.business.pk, booking_id)
    assert row is not None
    return row


def state_of(world: SimpleNamespace, booking_id: str) -> str:
    return row_of(world, booking_id).state


def test_the_list_shows_bookings_to_come_and_finds_by_name_and_by_id(world: SimpleNamespace) -> None:
    booking_id = book(world, NOW + timedelta(hours=3))
    book(world, NOW + timedelta(days=1), name="John Smith")
    page = world.client.get("/manage/spa/bookings/").content.decode()
    assert "Maria Silva" in page
    assert "John Smith" in page
    found = world.client.get("/manage/spa/bookings/?q=silva").content.decode()
    assert "Maria Silva" in found
    assert "John Smith" not in found
    assert booking_id in world.client.get(f"/manage/spa/bookings/?q={booking_id}").content.decode()
    assert "Nothing fits" in world.client.get("/manage/spa/bookings/?state=no_show").content.decode()


def test_strange_addresses_of_the_list_are_no_errors(world: SimpleNamespace) -> None:
    for query in (
        "page=zzz",
        "page=99999999",
        "state=x",
        "from=2026-99-01",
        "sort=x",
        "q=%00",
        "resource=%00",
    ):
        assert world.client.get(f"/manage/spa/bookings/?{query}").status_code == 200


def test_the_list_costs_the_same_queries_at_10_and_at_1000_rows(world: SimpleNamespace) -> None:
    book(world, NOW + timedelta(hours=3))
    with scope(business=world.business.pk):
        first = Booking.objects.get()
        copies: list[Booking] = []

        def copy(count: int) -> None:
            for _ in range(count):
                one = Booking.objects.get(pk=first.pk)
                one.pk, one.public_id = None, f"bk_{len(copies):020d}"
                copies.append(one)
            Booking.objects.bulk_create(copies[-count:])

        copy(9)
        few = queries(world, "/manage/spa/bookings/")
        copy(990)
        many = queries(world, "/manage/spa/bookings/")
    assert few == many <= 12


def queries(world: SimpleNamespace, url: str) -> int:
    world.client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert world.client.get(url).status_code == 200
    return len(captured)


def test_the_sheet_is_a_page_without_scripts_and_a_dialog_with_them(world: SimpleNamespace) -> None:
    booking_id = book(world, NOW + timedelta(hours=3))
    whole = world.client.get(f"/manage/spa/bookings/{booking_id}/").content.decode()
    part = world.client.get(f"/manage/spa/bookings/{booking_id}/", headers=HTMX).content.decode()
    assert "<html" in whole
    assert "Massage" in whole
    assert "Anna" in whole
    assert "<html" not in part
    assert "<dialog" in part


def test_a_guest_arrives_and_the_visit_is_completed(world: SimpleNamespace) -> None:
    booking_id = book(world, NOW + timedelta(minutes=5))
    url = f"/manage/spa/bookings/{booking_id}/step/"
    response = world.client.post(url, {"step": "check_in"}, headers=HTMX)
    assert (response.status_code, state_of(world, booking_id)) == (200, "checked_in")
    assert "checked in" in response["HX-Trigger"]
    world.client.post(url, {"step": "complete"})
    assert state_of(world, booking_id) == "completed"
    again = world.client.post(url, {"step": "check_in"}, headers=HTMX)
    assert (again.status_code, state_of(world, booking_id)) == (409, "completed")


def test_a_booking_moves_and_comes_back_within_the_minute(world: SimpleNamespace) -> None:
    start = NOW + timedelta(hours=3)
    booking_id = book(world, start)
    url = f"/manage/spa/bookings/{booking_id}/move/"
    assert "12:15" in world.client.get(url).content.decode()
    response = world.client.post(url, {"on": "2026-12-02", "time": "15:10"}, headers=HTMX)
    assert response.status_code == 204
    assert row_of(world, booking_id).start == datetime(2026, 12, 2, 15, 10, tzinfo=UTC)
    undo = response["HX-Trigger"].split('"url": "')[1].split('"')[0]
    assert "back at" in world.client.post(undo, headers=HTMX)["HX-Trigger"]
    assert row_of(world, booking_id).start == start
    assert world.client.post(undo, headers=HTMX).status_code == 409


def test_a_move_onto_taken_time_changes_nothing_and_offers_others(world: SimpleNamespace) -> None:
    """T-45."""
    start = NOW + timedelta(hours=3)
    booking_id = book(world, start)
    book(world, start + timedelta(hours=2), name="John Smith")
    url = f"/manage/spa/bookings/{booking_id}/move/"
    response = world.client.post(url, {"on": "2026-12-01", "time": "14:30"})
    assert response.status_code == 409
    assert "Taken by another booking" in response.content.decode()
    assert row_of(world, booking_id).start == start


def test_a_price_of_ones_own_may_be_missing_only_while_it_is_typed(world: SimpleNamespace) -> None:
    booking_id = book(world, NOW + timedelta(hours=3))
    url = f"/manage/spa/bookings/{booking_id}/move/"
    typed = {"on": "2026-12-02", "time": "15:10", "pricing": "own", "price": "", "reason": "A regular guest"}
    plan = world.client.get(url, typed | {"update": "1"}, headers=HTMX)
    assert plan.status_code == 200
    assert '<option value="own" selected>' in plan.content.decode()
    assert '<details class="inline-form" id="move-beyond" open>' in plan.content.decode()
    refused = world.client.post(url, typed, headers=HTMX)
    assert (refused.status_code, "This is needed." in refused.content.decode()) == (422, True)
    assert 'value="A regular guest"' in refused.content.decode()
    wrong = world.client.post(url, typed | {"price": "a lot"}, headers=HTMX)
    assert (wrong.status_code, "This is not an amount." in wrong.content.decode()) == (422, True)
    assert row_of(world, booking_id).start == NOW + timedelta(hours=3)


def test_money_at_the_desk_is_recorded_and_never_more_than_is_due(world: SimpleNamespace) -> None:
    booking_id = book(world, NOW + timedelta(hours=3))
    url = f"/manage/spa/bookings/{booking_id}/payment/"
    too_much = world.client.post(url, {"amount": "60", "account": "cash"}, headers=HTMX)
    assert (too_much.status_code, "more than is still to pay" in too_much.content.decode()) == (409, True)
    wrong = world.client.post(url, {"amount": "a lot"}, headers=HTMX)
    assert (wrong.status_code, "not an amount" in wrong.content.decode()) == (422, True)
    assert world.client.post(url, {"amount": "20,50", "account": "cash"}, headers=HTMX).status_code == 200
    row = row_of(world, booking_id)
    assert (row.paid.minor, row.payment_state) == (2050, "part_paid")


def test_cancelling_late_shows_the_fee_first_and_can_waive_it(world: SimpleNamespace) -> None:
    booking_id = book(world, NOW + timedelta(hours=3))
    base = f"/manage/spa/bookings/{booking_id}/"
    world.client.post(f"{base}payment/", {"amount": "50", "account": "cash"})
    preview = world.client.get(f"{base}cancel/").content.decode()
    assert "Fee that is kept" in preview
    waived = world.client.get(f"{base}cancel/?update=1&waive=on", headers=HTMX).content.decode()
    assert "to return by hand" in waived
    response = world.client.post(f"{base}cancel/", {"waive": "on", "reason": "ill"}, headers=HTMX)
    assert response.status_code == 200
    assert "goes back" in response["HX-Trigger"]
    assert state_of(world, booking_id) == "cancelled"
    assert "ill" in response.content.decode()


def test_a_booking_by_phone_is_made_with_a_name_and_a_time(world: SimpleNamespace) -> None:
    form = {
        "name": "Rita Costa",
        "phone": "912 345 678",
        "offering": world.massage.public_id,
        "on": "2026-12-01",
        "at": "16:00",
    }
    response = world.client.post("/manage/spa/bookings/new/", form)
    assert response.status_code == 302
    page = world.client.get(response["Location"]).content.decode()
    assert "Rita Costa" in page
    assert "Confirmed" in page
    found = world.client.get(
        "/manage/spa/bookings/new/customers/?by=phone&phone=912345", headers=HTMX
    ).content.decode()
    assert "Rita Costa" in found


def test_a_new_booking_on_taken_time_says_what_is_in_the_way_and_keeps_what_was_typed(
    world: SimpleNamespace,
) -> None:
    """T-45."""
    book(world, NOW + timedelta(hours=3), name="Maria Silva")
    form = {"name": "Rita Costa", "notes": "by the window", "on": "2026-12-01", "time": "12:30"}
    response = world.client.post("/manage/spa/bookings/new/", form)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Maria Silva" in page
    assert "by the window" in page
    assert "Nearest free times" in page
    with scope(business=world.business.pk):
        assert Booking.objects.count() == 1


def test_a_new_booking_without_a_name_or_a_time_says_so_at_the_field(world: SimpleNamespace) -> None:
    response = world.client.post("/manage/spa/bookings/new/", {"name": " "})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Who is it for?" in page
    assert "Choose a time." in page
    wrong = world.client.post(
        "/manage/spa/bookings/new/", {"name": "R", "phone": "12", "on": "2026-12-01", "at": "16:00"}
    )
    assert "This is not a phone number" in wrong.content.decode()


def test_a_specialist_sees_only_what_they_serve_and_changes_nothing(world: SimpleNamespace) -> None:
    """T-42: hidden and refused, not only hidden."""
    member = make_member(world.business, Role.SPECIALIST)
    bob = make_resource(world.location, name="Bob", member=member)
    own = make_offering(world.location, needs=[[bob]], price=100, name="Haircut")
    others = book(world, NOW + timedelta(hours=3))
    world.massage = own
    mine = book(world, NOW + timedelta(hours=3), name="John Smith")
    client = Client()
    client.force_login(member.user)
    page = client.get("/manage/spa/bookings/?period=all").content.decode()
    assert "John Smith" in page
    assert "Maria Silva" not in page
    assert client.get(f"/manage/spa/bookings/{others}/").status_code == 404
    sheet = client.get(f"/manage/spa/bookings/{mine}/").content.decode()
    assert "Check in" not in sheet
    assert "Move" not in sheet
    for path in ("step", "payment", "note", "move", "cancel"):
        assert client.post(f"/manage/spa/bookings/{mine}/{path}/", {"step": "check_in"}).status_code == 403
    assert client.get("/manage/spa/bookings/new/").status_code == 403
    assert state_of(world, mine) == "confirmed"

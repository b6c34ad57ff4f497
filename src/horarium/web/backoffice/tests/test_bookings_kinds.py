"""A new booking at the desk of every kind: by time, by nights, by session; and no page that breaks on any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django_scopes import scope

from horarium.modules.booking.models import Booking
from horarium.modules.catalog.models import Extra, Restriction
from horarium.modules.resources.models import Resource
from horarium.platform.tenancy.actions import bump_catalog_revision
from tests.factories import make_offering, make_price, make_resource, make_session, make_ticket_type

from .inn import HTMX, open_inn, page, post

pytestmark = pytest.mark.django_db
NEW, PLAN = "/manage/inn/bookings/new/", "/manage/inn/bookings/new/plan/"


@pytest.fixture
def inn() -> Iterator[SimpleNamespace]:
    """The inn with prices: a night for 100 EUR, a walk on Friday at ten for 20 EUR, a massage, a shared sauna."""
    for found in open_inn():
        make_price(found.double, 10000, basis="per_night")
        with scope(business=found.business.pk):
            found.rooms_of = list(Resource.objects.filter(kind="room").order_by("pk"))
        found.adult = make_ticket_type(found.walk, 2000, name="Adult")
        found.session = make_session(found.walk, datetime(2026, 12, 4, 10, 0, tzinfo=UTC), capacity=3)
        anna = make_resource(found.location, name="Anna")
        found.massage = make_offering(found.location, needs=[[anna]], price=5000, name="Massage")
        sauna = make_resource(found.location, kind="equipment", name="Stove")
        found.sauna = make_offering(
            found.location,
            needs=[[sauna]],
            mode="session",
            is_shared=True,
            capacity=6,
            party_max=6,
            name="Sauna",
        )
        found.bather = make_ticket_type(found.sauna, 1500, name="Bather")
        yield found


def booked(inn: SimpleNamespace) -> Booking:
    with scope(business=inn.business.pk):
        return Booking.objects.prefetch_related("tickets").get()


def none_is_booked(inn: SimpleNamespace) -> bool:
    with scope(business=inn.business.pk):
        return not Booking.objects.exists()


def stay(inn: SimpleNamespace, **fields: Any) -> dict[str, Any]:
    usual = {"name": "Maria", "offering": inn.double.public_id, "on": "2026-12-04", "until": "2026-12-06"}
    return {**usual, "adults": "2", **fields}


def test_the_form_opens_for_every_kind(inn: SimpleNamespace) -> None:
    assert "Departure" in page(inn, NEW)
    for offering, told in ((inn.double, "Departure"), (inn.walk, "Adult"), (inn.sauna, "Bather")):
        assert told in page(inn, f"{NEW}?offering={offering.public_id}")
        assert told in page(inn, f"{PLAN}?offering={offering.public_id}", **HTMX)
    assert "Free times" in page(inn, f"{NEW}?offering={inn.massage.public_id}")


def test_strange_addresses_of_the_form_are_no_errors(inn: SimpleNamespace) -> None:
    for offering in (inn.double, inn.walk, inn.sauna, inn.massage):
        for query in (
            "on=2026-99-01&until=x&adults=-1&ages=x&rate_plan=x&resource=x&extra=x",
            "on=9999-12-31&until=1900-01-01&adults=9999&ages=1,2,3,99",
            "on=2026-12-04&until=2029-12-04&dates=a/b",
            "session=%00&near=%00&at=99:99&time=x&start=x",
            f"ticket-{inn.adult.public_id}=9999&session={inn.session.public_id}",
        ):
            page(inn, f"{NEW}?offering={offering.public_id}&{query}")
            page(inn, f"{PLAN}?offering={offering.public_id}&{query}", **HTMX)


def test_staff_book_a_stay_with_a_child_in_a_room_of_their_choice(inn: SimpleNamespace) -> None:
    room = inn.rooms_of[-1]
    query = f"offering={inn.double.public_id}&on=2026-12-04&until=2026-12-06&adults=2&ages=5"
    shown = page(inn, f"{PLAN}?{query}", **HTMX)
    assert "€200" in shown
    assert "2 nights" in shown
    post(inn, NEW, stay(inn, ages="5", resource=room.public_id))
    found = booked(inn)
    assert (found.state, found.party, found.guests) == ("confirmed", 3, {"adults": 2, "child_ages": [5]})
    assert found.ends_at - found.starts_at == timedelta(days=1, hours=21)
    with scope(business=inn.business.pk):
        assert list(found.assignments.values_list("resource_id", flat=True)) == [room.pk]


def test_a_taken_room_is_refused_in_words_with_the_nearest_dates(inn: SimpleNamespace) -> None:
    room = inn.rooms_of[0]
    post(inn, NEW, stay(inn, resource=room.public_id))
    told = post(inn, NEW, stay(inn, name="John", resource=room.public_id), 409)
    assert "This room is not free for all of these nights." in told
    assert "Maria" in told
    assert 'name="dates"' in told
    assert 'value="John"' in told


def test_a_stay_that_makes_no_sense_is_refused_at_its_field(inn: SimpleNamespace) -> None:
    assert "after the arrival" in post(inn, NEW, stay(inn, until="2026-12-04"), 422)
    assert "From 1 to 4 guests" in post(inn, NEW, stay(inn, adults="4", ages="1"), 422)
    assert "from 0 to 17" in post(inn, NEW, stay(inn, ages="18"), 422)
    assert "Who is it for?" in post(inn, NEW, stay(inn, name=""), 422)
    assert none_is_booked(inn)


def test_a_stay_is_sold_by_moving_another_one_and_the_form_says_so(inn: SimpleNamespace) -> None:
    """Each night has a free room, but no room is free for all of them; who chose a room is not moved."""
    post(inn, NEW, stay(inn, name="Ann", on="2026-12-04", until="2026-12-06"))
    post(inn, NEW, stay(inn, name="Bob", on="2026-12-06", until="2026-12-08"))
    rooms = rooms_by_guest(inn)
    if rooms["Ann"] == rooms["Bob"]:
        other = next(one for one in inn.rooms_of if one.pk != rooms["Ann"])
        path = f"/manage/inn/calendar/stays/{booking_of(inn, 'Bob').public_id}/"
        assert inn.client.post(path, {"on": "2026-12-06", "resource": other.public_id}).status_code == 200
        with scope(business=inn.business.pk):
            Booking.objects.update(is_resource_chosen=False)
    rooms = rooms_by_guest(inn)
    long = f"offering={inn.double.public_id}&on=2026-12-04&until=2026-12-08&adults=1"
    assert "1 other stay changes rooms for it." in page(inn, f"{PLAN}?{long}", **HTMX)
    post(inn, NEW, stay(inn, name="Carl", on="2026-12-04", until="2026-12-08", adults="1"))
    after = rooms_by_guest(inn)
    assert after["Ann"] == after["Bob"] != after["Carl"]
    assert sum(rooms[name] != after[name] for name in rooms) == 1


def test_a_limit_that_binds_guests_is_said_and_staff_go_beyond_it_with_a_reason(inn: SimpleNamespace) -> None:
    with scope(business=inn.business.pk):
        Restriction.objects.create(
            business=inn.business,
            offering=inn.double,
            first_on=date(2026, 12, 4),
            last_on=date(2026, 12, 4),
            closed_to_arrival=True,
        )
    bump_catalog_revision(inn.business.pk)
    query = f"offering={inn.double.public_id}&on=2026-12-04&until=2026-12-06&adults=2"
    assert "Guests cannot arrive on this day." in page(inn, f"{PLAN}?{query}", **HTMX)
    later = query.replace("on=2026-12-04", "on=2026-12-05")
    assert "Guests cannot" not in page(inn, f"{PLAN}?{later}", **HTMX)
    post(inn, NEW, stay(inn, reason="The night train"))
    assert booked(inn).starts_at.date() == date(2026, 12, 4)


def rooms_by_guest(inn: SimpleNamespace) -> dict[str, int]:
    with scope(business=inn.business.pk):
        found = Booking.objects.select_related("order").prefetch_related("assignments")
        return {one.order.contact_name: one.assignments.all()[0].resource_id for one in found}


def booking_of(inn: SimpleNamespace, name: str) -> Booking:
    with scope(business=inn.business.pk):
        return Booking.objects.get(order__contact_name=name)


def test_extras_are_ticked_or_counted_alike_for_every_kind(inn: SimpleNamespace) -> None:
    """`extra` takes one, `extra-<id>` so many; what there is less of is not taken more often."""
    extras = {}
    for offering, at_most in ((inn.massage, 3), (inn.double, 3), (inn.walk, 3)):
        with scope(business=inn.business.pk):
            own = {"business": inn.business, "offering": offering}
            extras[offering.pk] = (
                Extra.objects.create(name="Tea", max_quantity=at_most, **own),
                Extra.objects.create(name="Robe", max_quantity=1, **own),
            )
    bump_catalog_revision(inn.business.pk)
    forms = (
        stay(inn, offering=inn.massage.public_id, on="2026-12-04", at="10:00"),
        stay(inn),
        stay(inn, offering=inn.walk.public_id, session=inn.session.public_id, until=""),
    )
    for offering, form in zip((inn.massage, inn.double, inn.walk), forms, strict=True):
        tea, robe = extras[offering.pk]
        chosen = {f"extra-{tea.public_id}": "2", "extra": robe.public_id}
        post(inn, NEW, {**form, **chosen, "name": offering.name})
        with scope(business=inn.business.pk):
            found = booking_of(inn, offering.name).extra_lines.order_by("extra__name")
            assert [(one.extra.name, one.quantity) for one in found] == [("Robe", 1), ("Tea", 2)]


def test_the_nearest_dates_stand_instead_of_those_typed(inn: SimpleNamespace) -> None:
    post(inn, NEW, stay(inn, dates="2026-12-10/2026-12-11"))
    assert booked(inn).starts_at.date() == date(2026, 12, 10)


def test_the_chessboard_gives_room_and_arrival(inn: SimpleNamespace) -> None:
    room = inn.rooms_of[-1]
    shown = page(inn, f"{NEW}?resource={room.public_id}&on=2026-12-09")
    assert f'<option value="{room.public_id}" selected>' in shown
    assert 'value="2026-12-09"' in shown
    assert 'value="2026-12-10"' in shown


def test_a_session_in_the_address_is_chosen(inn: SimpleNamespace) -> None:
    shown = page(inn, f"{NEW}?session={inn.session.public_id}")
    assert f'value="{inn.session.public_id}" checked' in shown
    assert "3 of 3 places left" in shown
    assert "€20" in shown
    assert 'value="2026-12-04"' in shown


def test_staff_book_tickets_of_a_session(inn: SimpleNamespace) -> None:
    form = {
        "name": "Maria",
        "offering": inn.walk.public_id,
        "session": inn.session.public_id,
        "on": "2026-12-01",
    }
    ticket = f"ticket-{inn.adult.public_id}"
    assert "Choose at least one ticket" in post(inn, NEW, {**form, ticket: "0"}, 422)
    assert "Choose a session" in post(inn, NEW, {**form, "session": "", ticket: "1"}, 422)
    assert "Not so many places" in post(inn, NEW, {**form, ticket: "4"}, 409)
    assert none_is_booked(inn)
    post(inn, NEW, {**form, ticket: "2"})
    found = booked(inn)
    assert (found.state, found.total_minor, found.tickets.count()) == ("confirmed", 4000, 2)


def test_staff_book_a_shared_slot_by_its_start(inn: SimpleNamespace) -> None:
    form = {"name": "Maria", "offering": inn.sauna.public_id, "on": "2026-12-04", "at": "18:00"}
    post(inn, NEW, {**form, f"ticket-{inn.bather.public_id}": "2"})
    found = booked(inn)
    assert (found.starts_at, found.total_minor) == (datetime(2026, 12, 4, 18, 0, tzinfo=UTC), 3000)


def test_every_page_of_an_offering_of_every_kind_opens(inn: SimpleNamespace) -> None:
    """Stays have no lengths: no page may count on the first of them."""
    for offering in (inn.double, inn.walk, inn.sauna, inn.massage):
        office = f"/manage/inn/catalogue/offerings/{offering.public_id}/"
        own = {"stay": ("rates/", "restrictions/"), "session": ("tickets/", "schedule/"), "slot": ()}
        for path in (
            f"/b/inn/{offering.slug}/",
            f"/b/inn/{offering.slug}/waiting/",
            f"/api/v1/public/inn/offerings/{offering.slug}",
            office,
            *(office + part for part in own[offering.mode]),
            f"/manage/inn/calendar/visit/book/?item={offering.public_id}|2026-12-04T10:00:00Z||",
            f"{NEW}?offering={offering.public_id}",
        ):
            assert inn.client.get(path).status_code == 200, path
        assert inn.client.get(f"/b/inn/{offering.slug}/book/").status_code in (200, 302)


def test_every_list_of_offerings_of_every_kind_opens(inn: SimpleNamespace) -> None:
    for path in ("/b/inn/", "/b/inn/-/visit/", "/api/v1/public/inn/offerings", "/manage/inn/catalogue/"):
        assert inn.client.get(path).status_code == 200, path

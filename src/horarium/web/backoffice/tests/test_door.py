"""The door of a session over HTTP: what a shown ticket is worth, who is in, and goods that are handed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.availability.tests.session_scene import NOW, SYSTEM, add_session, at, make_tours
from horarium.modules.booking.models import Booking, Order, ProductLine, Ticket
from horarium.modules.resources.models import Resource
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import ProductItem, SessionItem
from tests.factories import make_member, make_product

pytestmark = pytest.mark.django_db
DOORS = at(9, 45)


@pytest.fixture
def door() -> Iterator[SimpleNamespace]:
    """A tour tomorrow at ten; Anna has two tickets and honey, Boris one ticket. It is a quarter to ten."""
    tours = make_tours()
    session = add_session(tours)
    honey = make_product(tours.business, 500, stock=5, name="Honey")
    anna = order(tours, session, "Anna", 2, ProductItem(honey.public_id, 3))
    boris = order(tours, session, "Boris", 1)
    client = Client()
    client.force_login(make_member(tours.business).user)
    root = f"/manage/{tours.business.slug}/"
    with frozen(DOORS):
        yield SimpleNamespace(
            tours=tours, session=session, anna=anna, boris=boris, client=client, root=root,
            url=f"{root}door/{session.public_id}/",
        )  # fmt: skip


def order(tours: Any, session: Any, name: str, tickets: int, *more: Any) -> Order:
    items = (SessionItem(((tours.adult.public_id, tickets),), session=session.public_id), *more)
    checkout = Checkout(Contact(name, f"{name.lower()}@example.org"), items)
    return place_order(tours.business.slug, checkout, SYSTEM, NOW, staff=True)


def tickets(door: SimpleNamespace, of: Order) -> list[Ticket]:
    with scope(business=door.tours.id):
        return list(Ticket.objects.filter(booking__order=of).order_by("number"))


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return unescape(response.content.decode())


def scan(door: SimpleNamespace, code: str, url: str = "") -> str:
    return text(door.client.post(f"{url or door.url}scan/", {"code": code}))


def test_the_door_lists_the_sessions_of_these_days(door: SimpleNamespace) -> None:
    add_session(door.tours, at(15, day=3))
    listed = text(door.client.get(f"{door.root}door/"))
    assert listed.count('class="card card-link') == 2
    assert "0/3" in listed
    assert door.url in listed
    with frozen(DOORS + timedelta(days=1)):
        assert "0/3" not in text(door.client.get(f"{door.root}door/"))


def test_a_scanned_ticket_is_welcome_once_by_its_code_or_its_address(door: SimpleNamespace) -> None:
    first, second = tickets(door, door.anna)
    welcome = scan(door, first.code)
    assert 'data-door-answer="ok"' in welcome
    assert "Welcome" in welcome
    assert "1 of 2 are in" in welcome
    assert "1/3" in welcome
    again = scan(door, first.code.lower())
    assert 'data-door-answer="already_in"' in again
    assert "Already in since 9:45" in again
    address = f"https://example.org{door.root}door/t/{second.code}/"
    assert "2 of 2 are in" in scan(door, address, f"{door.root}door/")
    assert 'data-door-answer="unknown"' in scan(door, "NOBODY")


def test_tickets_of_other_sessions_and_cancelled_ones_are_told_apart(door: SimpleNamespace) -> None:
    later = add_session(door.tours, at(15))
    [ticket] = tickets(door, order(door.tours, later, "Clara", 1))
    assert 'data-door-answer="wrong_session"' in scan(door, ticket.code)
    far = add_session(door.tours, at(15, day=3))
    [ticket] = tickets(door, order(door.tours, far, "Dora", 1))
    assert "For another day" in scan(door, ticket.code, f"{door.root}door/")
    [ticket] = tickets(door, door.boris)
    door.client.post(f"{door.root}bookings/{booking_of(door, door.boris)}/cancel/", {"refund": "terms"})
    with scope(business=door.tours.id):
        Ticket.objects.filter(pk=ticket.pk).update(voided_at=DOORS)
    assert "Cancelled: not valid" in scan(door, ticket.code)


def booking_of(door: SimpleNamespace, of: Order) -> str:
    with scope(business=door.tours.id):
        return str(Booking.objects.get(order=of).public_id)


def test_the_address_in_a_qr_shows_first_and_checks_in_when_asked(door: SimpleNamespace) -> None:
    [ticket] = tickets(door, door.boris)
    path = f"{door.root}door/t/{ticket.code}/"
    shown = door.client.get(path)
    assert "Good ticket" in text(shown)
    assert shown.headers["Permissions-Policy"].startswith("camera=(self)")
    assert tickets(door, door.boris)[0].checked_in_at is None
    assert "Welcome" in text(door.client.post(path))
    assert tickets(door, door.boris)[0].checked_in_at == DOORS
    assert "Already in since" in text(door.client.get(path))
    assert "Unknown ticket" in text(door.client.get(f"{door.root}door/t/NOBODY/"), 404)
    stranger = Client().get(path)
    assert (stranger.status_code, stranger.headers["Location"].startswith("/accounts/")) == (302, True)


def test_one_tap_lets_in_and_another_takes_it_back(door: SimpleNamespace) -> None:
    first, _second = tickets(door, door.anna)
    path = f"{door.url}{first.public_id}/"
    answer = text(door.client.post(path, {"step": "in"}, headers={"HX-Request": "true"}))
    assert answer.lstrip().startswith('<div id="door"')
    assert "1/3" in answer
    assert "0/3" in text(door.client.post(path, {"step": "out"}))
    assert tickets(door, door.anna)[0].checked_in_at is None
    assert door.client.post(f"{door.url}tck_0/", {"step": "in"}).status_code == 404


def test_guests_are_found_by_name_and_number(door: SimpleNamespace) -> None:
    found = text(door.client.get(door.url, {"q": "bor"}))
    assert ("Boris" in found, "Anna" in found) == (True, False)
    assert "Boris" not in text(door.client.get(door.url, {"q": "1"}))
    assert "Nobody is found" in text(door.client.get(door.url, {"q": "Zoe"}))


def test_only_reception_lets_in(door: SimpleNamespace) -> None:
    accountant = Client()
    accountant.force_login(make_member(door.tours.business, "accountant").user)
    [ticket] = tickets(door, door.boris)
    assert "Boris" in text(accountant.get(door.url))
    for path in (f"{door.url}scan/", f"{door.root}door/t/{ticket.code}/", f"{door.url}{ticket.public_id}/"):
        assert accountant.post(path, {"code": ticket.code}).status_code == 403
    assert tickets(door, door.boris)[0].checked_in_at is None


def guide_of(door: SimpleNamespace) -> Client:
    """A specialist who is the guide of the tour tomorrow at ten."""
    member = make_member(door.tours.business, "specialist")
    [key] = get_session_facts(door.tours.id, door.session.public_id, NOW).resources
    with scope(business=door.tours.id):
        Resource.objects.filter(pk=key).update(member=member)
    bump_catalog_revision(door.tours.id)
    client = Client()
    client.force_login(member.user)
    return client


def test_a_guide_sees_and_lets_in_to_the_sessions_they_lead(door: SimpleNamespace) -> None:
    """T-42: what a specialist may do ends with what their own resources serve."""
    guide = guide_of(door)
    listed = text(guide.get(f"{door.root}door/"))
    assert "0/3" in listed
    assert f"{door.root}door/" in text(guide.get(door.root))
    assert "Anna" in text(guide.get(door.url))
    first, second = tickets(door, door.anna)
    assert "Welcome" in text(guide.post(f"{door.url}scan/", {"code": first.code}))
    assert "1/3" in text(guide.post(f"{door.url}{first.public_id}/", {"step": "in"}))
    assert "0/3" in text(guide.post(f"{door.url}{first.public_id}/", {"step": "out"}))
    path = f"{door.root}door/t/{second.code}/"
    assert "Good ticket" in text(guide.get(path))
    assert "Welcome" in text(guide.post(path))
    assert "Anna" in text(guide.get(f"{door.root}bookings/{booking_of(door, door.anna)}/"))
    assert "Anna" in text(guide.get(f"{door.root}bookings/"))


def test_a_guide_neither_sees_nor_opens_the_door_of_others(door: SimpleNamespace) -> None:
    """T-42. The other guide's tour at the same hour."""
    other = add_session(door.tours, at(10, 15))
    [ticket] = tickets(door, order(door.tours, other, "Secret", 1))
    guide = guide_of(door)
    assert text(guide.get(f"{door.root}door/")).count('class="card card-link') == 1
    closed = f"{door.root}door/{other.public_id}/"
    assert guide.get(closed).status_code == 404
    assert guide.post(f"{closed}scan/", {"code": ticket.code}).status_code == 404
    assert guide.post(f"{closed}{ticket.public_id}/", {"step": "in"}).status_code == 404
    for path in (f"{door.root}door/scan/", f"{door.url}scan/", f"{door.root}door/t/{ticket.code}/"):
        told = text(guide.post(path, {"code": ticket.code}))
        assert "For another session" in told
        assert "Secret" not in told
    assert "Secret" not in text(guide.get(f"{door.root}door/t/{ticket.code}/"))
    assert guide.get(f"{door.root}bookings/{ticket.booking.public_id}/").status_code == 404
    assert "Secret" not in text(guide.get(f"{door.root}bookings/"))
    ticket.refresh_from_db()
    assert ticket.checked_in_at is None


def test_a_guide_of_another_business_finds_no_door(door: SimpleNamespace) -> None:
    stranger = Client()
    stranger.force_login(make_member(make_tours().business, "specialist").user)
    [ticket] = tickets(door, door.boris)
    for path in (f"{door.root}door/", door.url, f"{door.root}door/t/{ticket.code}/"):
        assert stranger.get(path).status_code == 404
    for path in (f"{door.root}door/scan/", f"{door.url}scan/", f"{door.url}{ticket.public_id}/"):
        assert stranger.post(path, {"code": ticket.code}).status_code == 404
    assert tickets(door, door.boris)[0].checked_in_at is None


def test_the_pages_cost_the_same_queries_however_many_come(door: SimpleNamespace) -> None:
    def queries(path: str) -> int:
        text(door.client.get(path))
        with CaptureQueriesContext(connection) as captured:
            text(door.client.get(path))
        return len(captured)

    paths = [f"{door.root}door/", door.url]
    few = [queries(path) for path in paths]
    order(door.tours, door.session, "Many", 6)
    for hour in (11, 12, 13):
        add_session(door.tours, at(hour, day=2))
    assert [queries(path) for path in paths] == few


def test_goods_of_an_order_are_handed_over_from_its_booking(door: SimpleNamespace) -> None:
    booking = booking_of(door, door.anna)
    path = f"{door.root}bookings/{booking}/"
    assert "Honey" in text(door.client.get(path))
    with scope(business=door.tours.id):
        line = ProductLine.objects.get(order=door.anna)
    answer = door.client.post(f"{path}goods/", {"line": line.public_id})
    assert answer.status_code == 302
    assert "Handed over" in text(door.client.get(path))
    with scope(business=door.tours.id):
        assert ProductLine.objects.get(order=door.anna).state == "completed"
    again = door.client.post(f"{path}goods/", {"line": line.public_id})
    assert again.status_code == 409

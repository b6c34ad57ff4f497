"""Every registered route, tried by a stranger: 404, and nothing of the other business has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_scopes import scopes_disabled

from horarium.kit.clock import frozen
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.booking.models import Booking, Order, Ticket
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.actions import create_category
from horarium.modules.resources.actions import DatedHours, add_exception
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import create_api_key, invite_member
from horarium.platform.tenancy.models import Business, Location, Member
from horarium.platform.tenancy.permissions import KEY_SCOPES
from horarium.platform.tenancy.scope import business_scope
from horarium.platform.throttle import limits
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import ProductItem, SessionItem, SlotItem
from tests.factories import (
    make_business,
    make_location,
    make_member,
    make_offering,
    make_pool,
    make_product,
    make_resource,
    make_session,
    make_ticket_type,
)

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
START, LATER = NOW + 28 * HOUR, NOW + 52 * HOUR
OPEN_TO_ALL = (
    "", "b/", "widget/", "health/", "gallery/", "language/", "media/", "files/", "accounts/", "api/docs",
    "api/v1/openapi.json", "api/v1/public/", "api/v1/gateways/", "api/v1/",
)  # fmt: skip
OPENED_BY_A_SECRET = ("my/", "waiting/", "signin/", "invitations/", "gateways/")
INSIDE = ("manage/<slug:slug>/", "api/v1/manage/<slug:business>")
METHODS = ("get", "post", "put", "patch", "delete")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Side:
    """A business with one of everything, and its owner."""

    business: Business
    owner: Member
    ids: dict[str, str]
    token: str


def all_routes() -> list[str]:
    return sorted(set(_walk(get_resolver())))


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from _walk(one, route)


def inside_routes() -> list[str]:
    return [route for route in all_routes() if route.startswith(INSIDE)]


def make_side(slug: str) -> Side:
    with frozen(NOW):
        business = make_business(slug=slug)
        location = make_location(business, hours="10:00-20:00")
        resource = make_resource(location)
        pool = make_pool([resource])
        offering = make_offering(location, needs=[[pool]], price=1000)
        order = place_order(
            slug,
            Checkout(Contact("Ada", f"ada@{slug}.example"), (SlotItem(offering.public_id, START),)),
            Actor.system(),
            NOW,
        )
        owner = make_member(business)
        make_member(business)
        ids = {
            "booking": _booking(order).public_id,
            "order": order.public_id,
            "customer": order.customer.public_id,
            "offering": offering.public_id,
            "location": location.public_id,
            "resource": resource.public_id,
            "owner": resource.public_id,
            "pool": pool.public_id,
            "member": owner.public_id,
            **make_more(business, resource),
            **make_tickets(location),
        }
        return Side(business, owner, ids, order_token(order))


def make_more(business: Business, resource: Resource) -> dict[str, str]:
    """What the actions of the modules make: the rest of what an address can name."""
    system, day, key = Actor.system(), NOW.date(), business.pk
    with business_scope(key):
        block = place_block(key, [resource.pk], LATER, LATER + HOUR, reason="", actor=system, now=NOW)
    exception = add_exception(key, resource.public_id, DatedHours(day, day), system)
    invited = invite_member(key, email=f"new@{business.slug}.example", role="operator", actor=system)
    return {
        "block": block.public_id,
        "key": create_api_key(key, "Key", ["bookings.read"], system)[0].public_id,
        "category": create_category(key, "Hair", system).public_id,
        "exception": exception.public_id,
        "invitation": invited.invitation.public_id,
    }


def make_tickets(location: Location) -> dict[str, str]:
    """A session whose guest has a ticket, and honey of the same order."""
    business = location.business
    walk = make_offering(location, mode="session")
    adult, session = make_ticket_type(walk), make_session(walk, START)
    items = (
        SessionItem(((adult.public_id, 1),), session=session.public_id),
        ProductItem(make_product(business).public_id),
    )
    checkout = Checkout(Contact("Bo", f"bo@{business.slug}.example"), items)
    order = place_order(business.slug, checkout, Actor.system(), NOW, staff=True)
    with scopes_disabled():
        ticket = Ticket.objects.get(booking__order=order)
    return {"session": session.public_id, "ticket": ticket.public_id, "code": ticket.code}


def _booking(order: Order) -> Booking:
    with scopes_disabled():
        return Booking.objects.get(order=order)


def path_of(route: str, *, slug: str, ids: dict[str, str]) -> str:
    def fill(match: re.Match[str]) -> str:
        name = match[1].removesuffix("_id")
        return slug if name in ("slug", "business") else ids.get(name, f"{name[:3]}_0")

    return "/" + PARAMETER.sub(fill, route)


def fingerprint(business: Business) -> dict[str, Any]:
    """A digest of every table's rows of the business."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_name FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'business_id'"""
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"""SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))
                FROM {connection.ops.quote_name(table)} t WHERE business_id = %s""",
                [business.pk],
            )
            found[table] = cursor.fetchone()
        cursor.execute("SELECT md5(b::text) FROM tenancy_business b WHERE id = %s", [business.pk])
        found["business"] = cursor.fetchone()
    return found


@pytest.fixture
def sides(db: None, settings: Any) -> tuple[Side, Side]:
    settings.RATE_LIMIT_STAFF = settings.RATE_LIMIT_READS = settings.RATE_LIMIT_ORDERS = 0
    limits.forget_all()
    return make_side("ours"), make_side("theirs")


def send(client: Client, method: str, path: str, body: str = "{}") -> Any:
    as_json = {"data": body, "content_type": "application/json"}
    return getattr(client, method)(path, **(as_json if path.startswith("/api/") and method != "get" else {}))


def signed_in(side: Side) -> Client:
    client = Client()
    client.force_login(side.owner.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_route_is_open_to_all_or_opened_by_a_secret_or_inside_a_business() -> None:
    known = (*OPENED_BY_A_SECRET, *INSIDE)
    strange = [
        route
        for route in all_routes()
        if not route.startswith(known)
        and not route.startswith(OPEN_TO_ALL[1:])
        and route not in ("", "manage/")
    ]
    assert strange == []
    assert len(inside_routes()) > 60


def test_a_member_of_another_business_gets_404_everywhere(sides: tuple[Side, Side]) -> None:
    """T-125."""
    ours, theirs = sides
    client, before = signed_in(ours), fingerprint(theirs.business)
    let_in = {}
    for route in inside_routes():
        path = path_of(route, slug="theirs", ids=theirs.ids)
        for method in METHODS:
            status = send(client, method, path).status_code
            if status not in (404, 405):
                let_in[method, path] = status
    assert let_in == {}
    assert fingerprint(theirs.business) == before


def test_a_key_of_another_business_gets_404_everywhere(sides: tuple[Side, Side]) -> None:
    ours, theirs = sides
    _, secret = create_api_key(ours.business.pk, "All", sorted(KEY_SCOPES), Actor.system())
    client, before = Client(headers={"Authorization": f"Bearer {secret}"}), fingerprint(theirs.business)
    let_in = {}
    for route in inside_routes():
        path = path_of(route, slug="theirs", ids=theirs.ids)
        for method in METHODS:
            response = send(client, method, path)
            is_sent_to_sign_in = response.status_code == 302 and "/accounts/" in response.headers["Location"]
            if response.status_code not in (404, 405) and not is_sent_to_sign_in:
                let_in[method, path] = response.status_code
    assert let_in == {}
    assert fingerprint(theirs.business) == before


def test_ids_of_another_business_are_not_found_in_ones_own(sides: tuple[Side, Side]) -> None:
    """T-33, T-122."""
    ours, theirs = sides
    client, before = signed_in(ours), fingerprint(theirs.business)
    reached = {}
    for route in inside_routes():
        # What a signed token opens says so politely when the token is none.
        if len(PARAMETER.findall(route)) < 2 or "token" in route:
            continue
        path = path_of(route, slug="ours", ids=theirs.ids)
        for method in METHODS:
            status = send(client, method, path).status_code
            # A page may send back to its list, with a word that there is nothing to do.
            is_sent_back = status == 302 and method == "post" and path.startswith("/manage/")
            if status not in (400, 404, 405, 422) and not is_sent_back:
                reached[method, path] = status
    assert reached == {}
    assert fingerprint(theirs.business) == before


def test_the_token_of_one_order_does_not_open_another(sides: tuple[Side, Side]) -> None:
    ours, theirs = sides
    before = fingerprint(theirs.business)
    client = Client(headers={"Authorization": f"Bearer {ours.token}"})
    for route in all_routes():
        if route.startswith("api/v1/public/orders/<"):
            path = path_of(route, slug="theirs", ids=theirs.ids)
            assert client.get(path).status_code in (404, 405), path
            assert send(client, "post", path).status_code in (404, 405), path
    assert fingerprint(theirs.business) == before


def test_without_signing_in_nothing_inside_answers(sides: tuple[Side, Side]) -> None:
    _, theirs = sides
    client, before = Client(), fingerprint(theirs.business)
    answered = {}
    for route in inside_routes():
        path = path_of(route, slug="theirs", ids=theirs.ids)
        for method in METHODS:
            status = send(client, method, path).status_code
            if status not in (302, 401, 404, 405):
                answered[method, path] = status
    assert answered == {}
    assert fingerprint(theirs.business) == before

"""Small true things for tests: a business, its people, places, resources and offerings.

Everything is written straight into the tables, with defaults that let the engine work; every function
works outside of a scope. Fields of the model can be given by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django_scopes import scopes_disabled

from horarium.kit import clock
from horarium.modules.availability.models import Session, Supply
from horarium.modules.booking.models import Assignment, Booking, Order
from horarium.modules.catalog.models import (
    BookingRules,
    Offering,
    Product,
    Requirement,
    RequirementChoice,
    TicketType,
)
from horarium.modules.customers.models import Customer
from horarium.modules.pricing.models import PriceRule
from horarium.modules.resources.models import Opening, Pool, PoolResource, Resource
from horarium.platform.identity.models import User
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import Business, Location, Member, Role

_numbers = count(1)


def make_business(**fields: Any) -> Business:
    """A business in Portugal that takes euros; with the default booking rules, without a location."""
    number = next(_numbers)
    defaults = {
        "slug": f"business-{number}",
        "name": f"Business {number}",
        "type": "services",
        "currency": "EUR",
        "country": "PT",
    }
    business = Business.objects.create(**{**defaults, **fields})
    BookingRules.objects.create(business=business)
    return business


def make_user(**fields: Any) -> User:
    number = next(_numbers)
    return User.objects.create_user(**{"email": f"person-{number}@example.org", **fields})


def make_member(
    business: Business, role: str = Role.OWNER, *, user: User | None = None, **fields: Any
) -> Member:
    return Member.objects.create(business=business, user=user or make_user(), role=role, **fields)


def make_location(business: Business, *, hours: str = "", **fields: Any) -> Location:
    """A place in Lisbon, closed unless `hours` such as `10:00-20:00` open it all week."""
    defaults = {"name": "Main", "country": business.country, "time_zone": "Europe/Lisbon"}
    location = Location.objects.create(business=business, **{**defaults, **fields})
    if hours:
        open_week(location, hours)
    return location


def make_resource(location: Location, **fields: Any) -> Resource:
    """A person who follows the hours of the location."""
    number = next(_numbers)
    defaults = {"kind": "person", "name": f"Resource {number}"}
    resource = Resource.objects.create(
        business=location.business, location=location, **{**defaults, **fields}
    )
    bump_catalog_revision(location.business_id)
    return resource


def make_pool(resources: Sequence[Resource], **fields: Any) -> Pool:
    business = resources[0].business
    pool = Pool.objects.create(business=business, **{"name": f"Pool {next(_numbers)}", **fields})
    for resource in resources:
        PoolResource.objects.create(business=business, pool=pool, resource=resource)
    bump_catalog_revision(business.pk)
    return pool


def make_offering(
    location: Location,
    *,
    needs: Sequence[Sequence[Resource | Pool]] = (),
    price: int | None = None,
    basis: str = "flat",
    **fields: Any,
) -> Offering:
    """One hour, without prepayment. `needs`: for each requirement the resources or pools it may take
    *one of*; `price`: minor units on the given basis.
    """
    number = next(_numbers)
    defaults = {"slug": f"offering-{number}", "name": f"Offering {number}", "durations": [60]}
    offering = Offering.objects.create(
        business=location.business, location=location, **{**defaults, **fields}
    )
    for position, choices in enumerate(needs):
        make_need(offering, choices, position=position)
    if price is not None:
        make_price(offering, price, basis=basis)
    bump_catalog_revision(location.business_id)
    return offering


def make_need(offering: Offering, choices: Sequence[Resource | Pool], **fields: Any) -> Requirement:
    need = Requirement.objects.create(business_id=offering.business_id, offering=offering, **fields)
    for choice in choices:
        RequirementChoice.objects.create(
            business_id=offering.business_id,
            requirement=need,
            resource=choice if isinstance(choice, Resource) else None,
            pool=choice if isinstance(choice, Pool) else None,
        )
    bump_catalog_revision(offering.business_id)
    return need


def make_price(offering: Offering, amount_minor: int, **fields: Any) -> PriceRule:
    rule = PriceRule.objects.create(
        business_id=offering.business_id,
        offering=offering,
        amount_minor=amount_minor,
        **{"basis": "flat", **fields},
    )
    bump_catalog_revision(offering.business_id)
    return rule


def make_ticket_type(offering: Offering, price: int = 0, **fields: Any) -> TicketType:
    """A kind of ticket that takes one place, at `price` minor units."""
    number = next(_numbers)
    ticket_type = TicketType.objects.create(
        business_id=offering.business_id, offering=offering, **{"name": f"Ticket {number}", **fields}
    )
    make_price(offering, price, basis="per_person", ticket_type=ticket_type)
    return ticket_type


def make_session(offering: Offering, starts_at: datetime, *, capacity: int = 10, **fields: Any) -> Session:
    """A dated session of the offering's usual length, which takes no resources."""
    supply = Supply.objects.create(business_id=offering.business_id, total=capacity)
    defaults = {"ends_at": starts_at + timedelta(minutes=offering.durations[0])}
    return Session.objects.create(
        business_id=offering.business_id,
        offering=offering,
        supply=supply,
        starts_at=starts_at,
        **{**defaults, **fields},
    )


def make_product(business: Business, price: int = 500, *, stock: int | None = None, **fields: Any) -> Product:
    """Goods; `stock`: so many pieces are there, None: they are not counted."""
    number = next(_numbers)
    defaults = {"name": f"Product {number}", "is_stocked": stock is not None}
    product = Product.objects.create(business=business, price_minor=price, **{**defaults, **fields})
    if stock is not None:
        Supply.objects.create(business=business, product=product, total=stock)
    bump_catalog_revision(business.pk)
    return product


def open_week(
    owner: Resource | Location, hours: str, *, weekdays: Sequence[int] = range(7), **fields: Any
) -> None:
    """Open on these weekdays (0 = Monday). `hours`: `10:00-14:00, 15:00-20:00`; an end that is not after
    its start is on the next day. A resource that gets hours no longer follows its location.
    """
    for starts, ends in _intervals(hours):
        for weekday in weekdays:
            Opening.objects.create(
                business_id=owner.business_id,
                location=owner if isinstance(owner, Location) else None,
                resource=owner if isinstance(owner, Resource) else None,
                weekday=weekday,
                starts_minute=starts,
                ends_minute=ends,
                **fields,
            )
    if isinstance(owner, Resource):
        with scopes_disabled():
            Resource.objects.filter(pk=owner.pk).update(follows_location=False)
        owner.follows_location = False
    bump_catalog_revision(owner.business_id)


def _intervals(hours: str) -> list[tuple[int, int]]:
    found = []
    for interval in hours.split(","):
        starts, ends = (_minute(clock) for clock in interval.strip().split("-"))
        found.append((starts, ends if ends > starts else ends + 1440))
    return found


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def make_order(business: Business, **fields: Any) -> Order:
    """An order of a new customer without bookings yet, placed when `created_at` says."""
    created_at = fields.pop("created_at", None) or clock.now()
    if "customer" not in fields and "customer_id" not in fields:
        fields["customer"] = Customer.objects.create(business=business, name="Anna", created_at=created_at)
    defaults = {
        "contact_name": "Anna",
        "contact_email": "anna@example.org",
        "locale": "en",
        "channel": "page",
        "currency": business.currency,
        "total_minor": 0,
    }
    return Order.objects.create(business=business, created_at=created_at, **{**defaults, **fields})


def make_booking(order: Order, offering: Offering, starts_at: datetime, **fields: Any) -> Booking:
    """An hour of the offering in that order, confirmed, served by the `resources`. Takes no time in the engine."""
    resources = fields.pop("resources", ())
    total = fields.get("total_minor", 0)
    defaults = {
        "ends_at": starts_at + timedelta(hours=1),
        "state": "confirmed",
        "price": {"lines": [], "total_minor": total},
        "total_minor": total,
        "created_at": order.created_at,
    }
    booking = Booking.objects.create(
        business_id=order.business_id,
        order=order,
        offering=offering,
        location_id=offering.location_id,
        starts_at=starts_at,
        **{**defaults, **fields},
    )
    for resource in resources:
        Assignment.objects.create(business_id=order.business_id, booking=booking, resource=resource)
    return booking

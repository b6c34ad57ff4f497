"""A house by a lake on the running server: rooms for the night, a boat tour, a massage, a sauna to share, honey."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from os import getpid

from django_scopes import scopes_disabled

from horarium.kit import clock
from horarium.modules.availability.models import Session
from horarium.modules.booking.models import Booking
from horarium.modules.catalog.models import Extra, Offering, Product, RatePlan, Restriction, TicketType
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import Business, Location
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, Item, StayItem
from tests.bed.server import Server
from tests.factories import (
    make_business,
    make_location,
    make_need,
    make_offering,
    make_pool,
    make_price,
    make_product,
    make_resource,
    make_session,
    make_ticket_type,
)
from tests.journeys.guest import LISBON, today_in_lisbon

_numbers = count(1)


@dataclass(frozen=True)
class House:
    """Two rooms with the plans Flexible and Non-refundable; the tour starts in three days at ten."""

    server: Server
    business: Business
    room: Offering
    tour: Offering
    massage: Offering
    sauna: Offering
    honey: Product
    saver: RatePlan
    breakfast: Extra
    adult: TicketType
    child: TicketType
    guest: TicketType
    session: Session
    today: date = field(default_factory=today_in_lisbon)

    @property
    def url(self) -> str:
        return f"{self.server.url}/b/{self.business.slug}/"

    @property
    def cart_url(self) -> str:
        return f"{self.url}-/cart/"

    def page_of(self, offering: Offering) -> str:
        return f"{self.url}{offering.slug}/"

    def day(self, days: int = 3) -> date:
        """The same one for a whole test, also over midnight."""
        return self.today + timedelta(days=days)

    def start(self, hour: int, days: int = 3) -> datetime:
        day = self.day(days)
        return datetime(day.year, day.month, day.day, hour, tzinfo=LISBON)

    def take(self, *items: Item) -> None:
        """Somebody else books."""
        checkout = Checkout(Contact("Other", "other@example.org"), items)
        place_order(self.business.slug, checkout, Actor.system(), clock.now())

    def fill_rooms(self, first: int, last: int) -> None:
        """Both rooms are taken between these days."""
        for _ in range(2):
            self.take(StayItem(self.room.public_id, self.day(first), self.day(last), Guests(1)))

    def restrict(self, days: int, **rules: object) -> None:
        with scopes_disabled():
            Restriction.objects.create(
                business=self.business,
                offering=self.room,
                first_on=self.day(days),
                last_on=self.day(days),
                **rules,
            )
        bump_catalog_revision(self.business.pk)

    def states(self) -> list[str]:
        with scopes_disabled():
            found = Booking.objects.filter(business=self.business, order__contact_name="Maria Silva")
            return [str(one.state) for one in found.order_by("id")]


def make_house(server: Server) -> House:
    slug = f"house-{getpid()}-{next(_numbers)}"
    business = make_business(slug=slug, name="House by the lake", type="hotel")
    place = make_location(business, hours="09:00-21:00", name="Shore", city="Lisbon")
    room, saver, breakfast = _make_room(place)
    tour = make_offering(
        place, name="Boat tour", slug="boat-tour", mode="session", durations=[180], capacity=10
    )
    adult = make_ticket_type(tour, 2_500, name="Adult")
    child = make_ticket_type(tour, 1_200, name="Child", position=1)
    masseurs = [make_resource(place, name=name) for name in ("Ana", "Rui")]
    massage = make_offering(place, name="Massage", slug="massage", needs=[masseurs], price=4_000)
    sauna = make_offering(
        place,
        name="Sauna",
        slug="sauna",
        mode="session",
        durations=[60],
        capacity=6,
        is_shared=True,
        needs=[[make_resource(place, kind="hall", name="Sauna")]],
    )
    guest = make_ticket_type(sauna, 1_000, name="Guest")
    start = datetime.combine(today_in_lisbon() + timedelta(days=3), time(10), LISBON)
    session = make_session(tour, start)
    honey = make_product(business, 700, stock=3, name="Honey")
    bump_catalog_revision(business.pk)
    return House(
        server, business, room, tour, massage, sauna, honey, saver, breakfast, adult, child, guest, session
    )


def _make_room(place: Location) -> tuple[Offering, RatePlan, Extra]:
    business = place.business
    rooms = [make_resource(place, kind="room", name=f"Room {number}") for number in (1, 2)]
    room = make_offering(
        place,
        name="Double room",
        slug="double-room",
        mode="stay",
        durations=[],
        party_max=4,
        included_guests=2,
        prepayment="full",
    )
    make_need(room, [make_pool(rooms)], is_choosable=True)
    flexible = RatePlan.objects.create(business=business, offering=room, name="Flexible", prepayment="none")
    saver = RatePlan.objects.create(business=business, offering=room, name="Non-refundable", position=1)
    make_price(room, 7_000, basis="per_night", rate_plan=saver)
    make_price(room, 9_000, basis="per_night", rate_plan=flexible)
    make_price(room, 3_000, basis="per_person_night")
    make_price(room, 1_500, basis="per_person_night", from_age=3, until_age=12)
    breakfast = Extra.objects.create(business=business, offering=room, name="Breakfast", max_quantity=4)
    make_price(room, 1_000, basis="per_night", extra=breakfast)
    return room, saver, breakfast

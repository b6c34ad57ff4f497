"""What a booking of the demo must look like by the catalogue: its time, its price, and where it lies."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.rules.calendars import grid_of_day
from horarium.modules.availability.rules.restrictions import why_not
from horarium.modules.availability.rules.stays import times_of
from horarium.modules.booking.models import Booking
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.modules.pricing.queries import PriceList
from horarium.modules.pricing.rules import (
    Company,
    Occasion,
    PricedExtra,
    PricedTicket,
    PriceQuote,
    price,
    price_stay,
    price_tickets,
)
from horarium.modules.resources.rules import open_intervals


class Expected:
    def __init__(self, catalog: Catalog, prices: PriceList) -> None:
        self.catalog = catalog
        self.prices = prices

    def check(self, booking: Booking, offering: OfferingFacts) -> PriceQuote:
        """The price it must have. Asserts that it stands where such bookings may."""
        extras = self._extras(booking)
        if offering.mode == "stay":
            return self._stay(booking, offering, extras)
        if offering.mode == "session":
            return self._tickets(booking, offering, extras)
        return self._slot(booking, offering, extras)

    def _slot(self, booking: Booking, offering: OfferingFacts, extras: list[PricedExtra]) -> PriceQuote:
        when = occasion(booking, offering)
        grid = grid_of_day(when.day, offering.location.time_zone, offering.grid, offering.fixed_starts)
        assert int(booking.starts_at.timestamp()) in grid
        assert when.duration in offering.durations
        assert offering.party_min <= booking.party <= offering.party_max
        return price(self.prices[offering.id], when, self.catalog.business.currency, extras)

    def _stay(self, booking: Booking, offering: OfferingFacts, extras: list[PricedExtra]) -> PriceQuote:
        tz = zone(offering.location.time_zone)
        arrival, departure = (
            local_date_of(booking.starts_at, tz),
            local_date_of(booking.ends_at - timedelta(seconds=1), tz),
        )
        taken = {one.id for one in extras}
        times = times_of(offering, [(one, 1) for one in offering.extras if one.id in taken])
        assert int(booking.starts_at.timestamp()) == times.starts(arrival)
        assert int(booking.ends_at.timestamp()) == times.ends(departure)
        assert why_not(offering.restrictions, booking.rate_plan_id, arrival, departure) is None
        guests = booking.guests
        assert booking.party == guests["adults"] + len(guests["child_ages"]) <= offering.party_max
        company = Company(
            (departure - arrival).days,
            guests["adults"],
            tuple(guests["child_ages"]),
            offering.included_guests,
            booking.rate_plan_id,
        )
        quote = price_stay(self.prices[offering.id], arrival, company, self.catalog.business.currency, extras)
        assert quote is not None
        return quote

    def _tickets(self, booking: Booking, offering: OfferingFacts, extras: list[PricedExtra]) -> PriceQuote:
        assert booking.session is not None
        assert (booking.starts_at, booking.ends_at) == (booking.session.starts_at, booking.session.ends_at)
        counted = booking.guests["tickets"]
        assert booking.party == sum(counted.values())
        tickets = [
            PricedTicket(one.id, one.public_id, one.name, counted[one.public_id])
            for one in offering.ticket_types
            if one.public_id in counted
        ]
        when = occasion(booking, offering)
        return price_tickets(self.prices[offering.id], tickets, when, self.catalog.business.currency, extras)

    def _extras(self, booking: Booking) -> list[PricedExtra]:
        lines = sorted(booking.extra_lines.all(), key=lambda one: one.extra_id)
        return [PricedExtra(one.extra_id, one.extra.public_id, one.extra.name, one.quantity) for one in lines]


def occasion(booking: Booking, offering: OfferingFacts) -> Occasion:
    local = booking.starts_at.astimezone(zone(offering.location.time_zone))
    duration = int((booking.ends_at - booking.starts_at).total_seconds()) // 60
    return Occasion(local.date(), local.hour * 60 + local.minute, duration, booking.party)


class OpenHours:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._known: dict[tuple[int, date], list[tuple[datetime, datetime]]] = {}

    def contain(self, resource_id: int, starts: datetime, ends: datetime) -> bool:
        location = self.catalog.locations[self.catalog.resources[resource_id].location_id]
        day = local_date_of(starts, zone(location.time_zone))
        for number in range(-1, (ends - starts).days + 2):
            for first, last in self._of_day(resource_id, day + timedelta(days=number)):
                if first <= starts < last:
                    starts = min(last, ends)
        return starts >= ends

    def _of_day(self, resource_id: int, day: date) -> list[tuple[datetime, datetime]]:
        if (resource_id, day) not in self._known:
            resource = self.catalog.resources[resource_id]
            location = self.catalog.locations[resource.location_id]
            tz = zone(location.time_zone)
            self._known[resource_id, day] = [
                (instant_of(day, first, tz), instant_of(day, last, tz))
                for first, last in open_intervals(
                    resource.rules, location.rules, resource.follows_location, day
                )
            ]
        return self._known[resource_id, day]

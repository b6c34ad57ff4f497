"""Who waits for what is sold out in the coming weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.rules.stays import room_need, times_of
from horarium.modules.booking.models import WaitingEntry
from horarium.modules.catalog.rules import OfferingFacts
from horarium.modules.customers.models import Customer
from horarium.workflows.items import Guests
from horarium.workflows.waiting_fit import Wished

from .choosing import Chooser
from .drafts import SessionDraft

MOST: Final = 9
SOON_DAYS: Final = 40
PARTY: Final = 2
Wish = tuple[OfferingFacts, tuple[date, date], Wished]


def write_waiting(business_id: int, sessions: Sequence[SessionDraft], chooser: Chooser) -> None:
    """A few entries, each by another customer. Nothing of what they wait for is free now, so nothing is offered yet."""
    random, now = chooser.random, chooser.now
    wishes = [*_sessions(sessions, chooser), *_nights(chooser)]
    random.shuffle(wishes)
    customers = list(Customer.objects.exclude(email="").order_by("id")[:400])
    chosen = wishes[:MOST]
    ages = sorted((random.uniform(1, 6 * 24) for _ in chosen), reverse=True)
    for (offering, days, wish), one, hours in zip(
        chosen, random.sample(customers, len(chosen)), ages, strict=True
    ):
        WaitingEntry.objects.create(
            business_id=business_id,
            offering_id=offering.id,
            customer=one,
            contact_name=one.name,
            contact_email=one.email,
            contact_phone=one.phone,
            locale=one.locale,
            first_on=days[0],
            last_on=days[1],
            party=PARTY,
            wish=wish.as_json(),
            created_at=now - timedelta(hours=hours),
        )


def _sessions(sessions: Sequence[SessionDraft], chooser: Chooser) -> list[Wish]:
    """Sessions with less than two places left."""
    now = int(chooser.now.timestamp())
    wishes = []
    for one in sessions:
        soon = now + 86400 < one.starts < now + SOON_DAYS * 86400
        if not soon or one.is_shared or one.cancelled_at or one.capacity - one.sold >= PARTY:
            continue
        tz = zone(one.offering.location.time_zone)
        day = local_date_of(datetime.fromtimestamp(one.starts, UTC), tz)
        tickets = ((one.offering.ticket_types[0].public_id, PARTY),)
        wishes.append((one.offering, (day, day), Wished(one.offering.public_id, tickets=tickets)))
    return wishes


def _nights(chooser: Chooser) -> list[Wish]:
    """Stays over a night in which no room of the type is left."""
    wishes = []
    for offering in chooser.catalog.offerings.values():
        need = room_need(offering) if offering.mode == "stay" else None
        for number in range(1, SOON_DAYS if need else 0):
            day = chooser.today + timedelta(days=number)
            late = times_of(offering).starts(day) + 9 * 3600
            rooms = need.candidates if need else ()
            if not any(chooser.occupancy.is_untaken(one, late, late + 300) for one in rooms):
                wish = Wished(offering.public_id, nights=1, guests=Guests(PARTY))
                wishes.append((offering, (day, day + timedelta(days=1)), wish))
    return wishes

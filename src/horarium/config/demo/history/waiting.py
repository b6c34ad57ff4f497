"""Who waits for a place of what is sold out, or nearly, in the coming weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from horarium.kit.zones import local_date_of, zone
from horarium.modules.booking.models import WaitingEntry
from horarium.modules.catalog.rules import OfferingFacts
from horarium.modules.customers.models import Customer

from .choosing import Chooser
from .drafts import SessionDraft

MOST: Final = 9
SOON_DAYS: Final = 28


def write_waiting(business_id: int, sessions: Sequence[SessionDraft], chooser: Chooser) -> None:
    """A few entries; each by another customer, the oldest first. Nothing has been offered yet."""
    random, now = chooser.random, chooser.now
    wishes = [*_sessions(sessions, chooser), *_others(chooser)]
    random.shuffle(wishes)
    customers = list(Customer.objects.exclude(email="").order_by("id")[:400])
    ages = sorted((random.uniform(1, 6 * 24) for _ in wishes[:MOST]), reverse=True)
    for (offering, days, party, wish), one, hours in zip(
        wishes, random.sample(customers, len(ages)), ages, strict=False
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
            party=party,
            wish=wish,
            created_at=now - timedelta(hours=hours),
        )


Wish = tuple[OfferingFacts, tuple[date, date], int, dict[str, Any]]


def _sessions(sessions: Sequence[SessionDraft], chooser: Chooser) -> list[Wish]:
    now = int(chooser.now.timestamp())
    coming = [
        one for one in sessions if now + 86400 < one.starts < now + SOON_DAYS * 86400 and not one.is_shared
    ]
    fullest = sorted(coming, key=lambda one: one.sold / one.capacity, reverse=True)
    wishes = []
    for one in fullest[:5]:
        tz = zone(one.offering.location.time_zone)
        day = local_date_of(datetime.fromtimestamp(one.starts, UTC), tz)
        wish = {
            "offering": one.offering.public_id,
            "tickets": {one.offering.ticket_types[0].public_id: 2},
        }
        wishes.append((one.offering, (day, day), 2, wish))
    return wishes


def _others(chooser: Chooser) -> list[Wish]:
    wishes: list[Wish] = []
    for offering in chooser.catalog.offerings.values():
        day = chooser.today + timedelta(days=chooser.random.randint(2, SOON_DAYS))
        if offering.mode == "stay":
            nights = chooser.random.randint(2, 3)
            wish = {
                "offering": offering.public_id,
                "nights": nights,
                "guests": {"adults": 2, "child_ages": []},
            }
            wishes.append((offering, (day, day + timedelta(days=nights + 2)), 2, wish))
        elif offering.mode == "slot":
            party = max(offering.party_min, min(2, offering.party_max))
            wish = {"offering": offering.public_id, "duration": offering.durations[0], "party": party}
            wishes.append((offering, (day, day + timedelta(days=2)), party, wish))
    return wishes

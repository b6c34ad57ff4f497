"""Where a stay that arrives on one date may end: each departure with its total, or with why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from horarium.modules.catalog.queries import catalog_of

from .list_stays import StayOffer
from .planned import NOTHING, Besides
from .stay_answers import StayAnswers
from .stay_inquiry import StayInquiry, StayWish, check_dates, inquire_wish

MAX_NIGHTS = 62


@dataclass(frozen=True, slots=True)
class Departures:
    """`stays`: one for each date of departure, in order, from the day after the arrival on."""

    check_in: date
    stays: tuple[StayOffer, ...]


def list_departures(
    slug: str, offering_key: str, check_in: date, *, last_on: date, wish: StayWish, now: datetime
) -> Departures:
    """Departures up to `last_on`, at most two months after the arrival; they are judged as bookings are.

    One query; another two when some stays can be had only if others change rooms. Raises NotFound, InvalidInput.
    """
    last = last_departure(check_in, last_on)
    check_dates(check_in, last, now)
    inquiry = inquire_wish(catalog_of(slug), offering_key, wish)
    return compute_departures(inquiry, check_in, last, now)


def last_departure(check_in: date, last_on: date) -> date:
    """At least one night, at most as many as are listed."""
    return min(max(last_on, check_in + timedelta(days=1)), check_in + timedelta(days=MAX_NIGHTS))


def compute_departures(
    inquiry: StayInquiry, check_in: date, last_on: date, now: datetime, besides: Besides = NOTHING
) -> Departures:
    answers = StayAnswers(inquiry, check_in, last_on, now, besides)
    stays = []
    for number in range(1, (last_on - check_in).days + 1):
        check_out = check_in + timedelta(days=number)
        offer = answers.offer(check_in, check_out)
        plan = "" if offer.sold is None else offer.sold.public_id
        stays.append(StayOffer(check_in, check_out, offer.reason, offer.total, plan))
    return Departures(check_in, tuple(stays))

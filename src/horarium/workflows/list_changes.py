"""Where a booking can go: nights, departures and sessions, with its own time and places counted as free.

The listings are those of who books anew, for what the booking would be, and the same engine plans the change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django_scopes import scope

from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.catalog.queries import get_current_catalog

from .list_departures import compute_departures, last_departure
from .list_sessions import SessionDay, compute_sessions
from .list_stays import Night, StayOffer, compute_nights
from .plan_again import Change, inquire_stay_again, own, session_again
from .plan_sessions import inquire_session
from .planned import Besides
from .stay_inquiry import StayInquiry, check_dates

_Dates = tuple[date, date]


def list_change_nights(
    business_id: int, booking_id: str, change: Change, dates: _Dates, now: datetime
) -> tuple[Night, ...]:
    """Each local date from the first to the last, for a booked stay. Raises NotFound, InvalidInput."""
    inquiry, besides = _stay(business_id, booking_id, change)
    listing, _ = compute_nights(inquiry, dates, now, besides=besides)
    return listing.days


def list_change_departures(
    business_id: int, booking_id: str, change: Change, dates: _Dates, now: datetime
) -> tuple[StayOffer, ...]:
    """Departures of a booked stay that would arrive on the first of these dates, until the last."""
    check_in, last = dates[0], last_departure(*dates)
    check_dates(check_in, last, now)
    inquiry, besides = _stay(business_id, booking_id, change)
    return compute_departures(inquiry, check_in, last, now, besides).stays


def list_change_sessions(
    business_id: int, booking_id: str, change: Change, dates: _Dates, now: datetime
) -> tuple[SessionDay, ...]:
    """Sessions of each local date, with why they have no room for the booking's tickets."""
    with scope(business=business_id):
        booking, catalog = get_booking(business_id, booking_id), get_current_catalog(business_id)
        present = session_again(catalog, booking, replace(change, session=None, start=None))
        inquiry = inquire_session(catalog, present)
        listing, _ = compute_sessions(inquiry.asked, *dates, now, besides=own(booking))
    return listing.days


def _stay(business_id: int, booking_id: str, change: Change) -> tuple[StayInquiry, Besides]:
    with scope(business=business_id):
        booking = get_booking(business_id, booking_id)
        inquiry = inquire_stay_again(get_current_catalog(business_id), booking, change, staff=False)
        return inquiry, Besides(tuple(own(booking)))

"""What binds guests only: lead time, horizon, restrictions of nights. Staff may go beyond it.

They say why, but at short notice: guests who walk in, or join at the last minute, are every day's work.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.rules.calendars import day_bounds
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.restrictions import why_not
from horarium.modules.catalog.rules import OfferingFacts


def guest_window(offering: OfferingFacts, now: datetime) -> tuple[int, int]:
    """Seconds since the epoch: from the first start that guests may still book to the first that they may not yet.

    The horizon ends with a local date; what is left of a second counts as passed.
    """
    time_zone = offering.location.time_zone
    second = int(now.timestamp()) + (1 if now.microsecond else 0)
    last = local_date_of(now, zone(time_zone)) + timedelta(days=offering.horizon_days)
    return second + offering.lead * 60, day_bounds(last, time_zone)[1]


def broken_limit(
    offering: OfferingFacts, times: tuple[datetime, datetime], rate_plan_id: int | None, now: datetime
) -> Reason | None:
    """Which limit a booking of this time (start and end) breaks that a guest could not make. One that asks why first.

    Of a session the lead time is the end of its sale. Agreed dates of a booking that is changed: `broken_restriction`.
    """
    earliest, latest = guest_window(offering, now)
    second = int(times[0].timestamp())
    if second >= latest:
        return Reason.HORIZON
    if (restriction := broken_restriction(offering, times, rate_plan_id)) is not None:
        return restriction
    if second < earliest:
        return Reason.CUTOFF if offering.mode == "session" else Reason.LEAD_TIME
    return None


def asks_why(limit: Reason | None) -> bool:
    """Whether staff must give a reason for breaking this limit."""
    return limit not in {None, Reason.LEAD_TIME, Reason.CUTOFF}


def broken_restriction(
    offering: OfferingFacts, times: tuple[datetime, datetime], rate_plan_id: int | None
) -> Reason | None:
    """Which restriction of dates a stay breaks; other bookings have none."""
    if offering.mode != "stay":
        return None
    tz = zone(offering.location.time_zone)
    arrival, departure = (local_date_of(one, tz) for one in times)
    return why_not(offering.restrictions, rate_plan_id, arrival, departure)

"""A guest leaves before the last night: the rest of the nights is free at once, and staff decides on their price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from horarium.kit.errors import InvalidInput
from horarium.kit.zones import local_date_of, zone
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope

from .attend_booking import check_out
from .change_booking import Changed, ChangePreview, ChangeWish, apply_change, preview_change
from .order_view import get_order_view
from .plan_again import Change, stay_dates

LEFT_EARLY = "left early"


@dataclass(frozen=True, slots=True)
class Departure:
    """The local date of leaving. `refund`: the nights that are not slept are not paid; else the price stays."""

    on: date
    refund: bool = False
    reason: str = ""


def preview_departure(
    business_id: int, booking_id: str, departure: Departure, now: datetime
) -> ChangePreview:
    """What leaving then would free and give back. Raises as `depart_early`."""
    with business_scope(business_id):
        _check(business_id, booking_id, departure)
        return preview_change(
            business_id, booking_id, _wish(business_id, booking_id, departure, now), now, staff=True
        )


def depart_early(
    business_id: int, booking_id: str, departure: Departure, actor: Actor, now: datetime
) -> Changed:
    """Shorten a stay whose guest is here; who leaves today is checked out with it.

    Raises OrderNotFound; IllegalTransition for what is no stay or has no guest; InvalidInput(on) for a date that is
    not inside of it.
    """
    with business_scope(business_id), transaction.atomic():
        _check(business_id, booking_id, departure)
        wish = _wish(business_id, booking_id, departure, now)
        done = apply_change(business_id, booking_id, wish, actor, now, staff=True)
        shown = next(one for one in done.order.bookings if one.id == booking_id)
        if departure.on > local_date_of(now, zone(shown.location.time_zone)):
            return done
        check_out(business_id, booking_id, actor, now)
        return Changed(get_order_view(business_id, done.order.id, now), done.money)


def _check(business_id: int, booking_id: str, departure: Departure) -> None:
    booking = get_booking(business_id, booking_id)
    offering = get_current_catalog(business_id).offering_of_key(booking.offering_id)
    if offering.mode != "stay" or booking.state != "checked_in":
        raise IllegalTransition("no guest who could leave", params={"state": booking.state})
    arrives, leaves = stay_dates(booking, offering.location.time_zone)
    if not arrives < departure.on < leaves:
        raise InvalidInput("not inside of the stay", field="on", params={"reason": "out_of_range"})


def _wish(business_id: int, booking_id: str, departure: Departure, now: datetime) -> ChangeWish:
    """The shorter stay costs as much as it would today, but never more than was agreed on."""
    change = Change(check_out=departure.on)
    reason = departure.reason or LEFT_EARLY
    stays = ChangeWish(change, keep_price=True, waive_fee=True, reason=reason)
    if not departure.refund:
        return stays
    planned = preview_change(business_id, booking_id, stays, now, staff=True)
    price = min(planned.planned.quote.total, planned.money.before)
    return ChangeWish(change, price=price.minor, waive_fee=True, reason=reason)

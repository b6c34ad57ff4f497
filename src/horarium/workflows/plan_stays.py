"""From wished nights to a planned booking: which room, who changes rooms for it, what price, what terms. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.catalog.rules import Catalog
from horarium.modules.pricing.rules import PriceQuote

from .items import StayItem
from .list_stays import alternatives_to_stay
from .planned import NOTHING, Besides, PlannedBooking, Reseat
from .stay_answers import StayAnswers, as_reseats
from .stay_inquiry import SoldPlan, StayInquiry, StayWish, check_dates, inquire_wish
from .stocked_extras import supplies_of_extras

AROUND = timedelta(days=14)
"""How far around a stay a room is looked at to see what holes the stay would leave in it."""


@dataclass(frozen=True, slots=True)
class _Beds:
    """The resources of a stay and who must change rooms before."""

    claims: tuple[Claim, ...]
    reseats: tuple[Reseat, ...] = ()


def inquire_stay(catalog: Catalog, item: StayItem, *, staff: bool = False) -> StayInquiry:
    """Check an item against the catalogue. Raises NotFound, or InvalidInput with the field."""
    wish = StayWish(item.guests, item.rate_plan, item.resource, item.extras)
    return inquire_wish(catalog, item.offering, wish, staff=staff)


def plan_stay(
    inquiry: StayInquiry,
    item: StayItem,
    number: int,
    now: datetime,
    besides: Besides = NOTHING,
) -> PlannedBooking:
    """Room, time and price of one item.

    One query, and two more when others must change rooms. Raises InvalidInput for dates that make no stay, and
    NotFree with the listing's reason, the item's `number` and the nearest alternatives.
    """
    check_item(item, number, now)
    answers = StayAnswers(inquiry, item.check_in - AROUND, item.check_out + AROUND, now, besides)
    offer = answers.offer(item.check_in, item.check_out)
    if offer.reason is not None or offer.sold is None:
        raise refuse_stay(inquiry, item, offer.reason or Reason.CLOSED, number, now)
    beds = _beds(answers, item, now)
    quote = answers.tariff(offer.sold, (item.check_out - item.check_in).days).quote(item.check_in)
    if beds is None or quote is None:
        raise refuse_stay(inquiry, item, Reason.TAKEN, number, now)
    supplies = supplies_of_extras(
        inquiry.catalog, inquiry.offering, inquiry.extras, now, number=number, earlier=besides.supplies
    )
    return replace(_planned(inquiry, item, offer.sold, quote, beds), supplies=supplies)


def refuse_stay(inquiry: StayInquiry, item: StayItem, reason: Reason, number: int, now: datetime) -> NotFree:
    """The refusal of an item, with the nearest stays of the same length that can be had."""
    stays = alternatives_to_stay(inquiry, item.check_in, item.check_out, now)
    return NotFree(
        reason, item=number, params={"alternatives": stays, "offering": inquiry.offering.public_id}
    )


def check_item(item: StayItem, number: int, now: datetime) -> None:
    """Raises InvalidInput whose field is `items.<n>.<field>`."""
    try:
        check_dates(item.check_in, item.check_out, now)
    except InvalidInput as error:
        error.field = f"items.{number}.{error.field}"
        raise


def _beds(answers: StayAnswers, item: StayItem, now: datetime) -> _Beds | None:
    """The room with the tightest gap; when no room is free for all of it, one that becomes so by the fewest moves."""
    solver, axis = answers.solver, answers.axis
    arrival, departure = axis.number(item.check_in), axis.number(item.check_out)
    if solver.why_not(arrival, departure) is None:
        claims = solver.assign(arrival, departure, salt=now.microsecond)
        return None if claims is None else _Beds(tuple(claims))
    seating, others = answers.seating(item.check_in, item.check_out), solver.besides_room(arrival, departure)
    if seating is None or others is None:
        return None
    need = answers.inquiry.needs[0]
    room = Claim(seating.room, need.id, axis.takes[arrival], axis.gives[departure])
    return _Beds((room, *others), as_reseats(seating))


def _planned(
    inquiry: StayInquiry, item: StayItem, sold: SoldPlan, quote: PriceQuote, beds: _Beds
) -> PlannedBooking:
    due_now = Money.zero(quote.total.currency) if inquiry.staff else sold.terms.due_now(quote.total)
    return PlannedBooking(
        offering=inquiry.offering,
        starts_at=datetime.fromtimestamp(inquiry.times.starts(item.check_in), UTC),
        ends_at=datetime.fromtimestamp(inquiry.times.ends(item.check_out), UTC),
        party=inquiry.guests.count,
        quote=quote,
        due_now=due_now,
        terms=sold.terms,
        claims=beds.claims,
        extras=inquiry.extras,
        rate_plan_id=sold.id,
        guests=inquiry.guests.as_json(),
        is_resource_chosen=bool(inquiry.chosen),
        needs_approval=sold.terms.needs_approval and not inquiry.staff,
        reseats=beds.reseats,
    )

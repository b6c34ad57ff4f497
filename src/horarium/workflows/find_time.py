"""The first time that suits everybody: starts at which so many of these and so many of those are free together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.zones import local_date_of, minutes_of, zone
from horarium.modules.availability.queries import read_calendars
from horarium.modules.availability.rules.calendars import Span, day_bounds, load_of, span_of
from horarium.modules.availability.rules.solver import Claim, Limits, Solver, Wish
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog, LocationFacts, Need, OfferingFacts, PaymentTerms

from .list_availability import check_reach
from .place_blocks import resolve_resources

MOST_NEEDS = 6
MOST_DAYS = 31
MOST_STARTS = 300
LONGEST = 7 * 1440
GRID = 15
_DAY = 1440


@dataclass(frozen=True, slots=True)
class TimeNeed:
    """`quantity` of what is named: resources, pools or locations (public ids), or one offering, which stands for
    all that it needs.
    """

    names: tuple[str, ...]
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class TimeWish:
    """`duration` in minutes; starts on the local dates of `[first_on, last_on]`, and the whole of it between the
    wall-clock minutes `from_minute` and `until_minute` of its day.
    """

    duration: int
    needs: tuple[TimeNeed, ...]
    first_on: date
    last_on: date
    from_minute: int = 0
    until_minute: int = 2 * _DAY


@dataclass(frozen=True, slots=True)
class FoundTime:
    """Aware instants in the zone of the place; `resources` are keys by need, in the order of the wish."""

    start: datetime
    end: datetime
    resources: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class FoundTimes:
    """By start. `is_cut`: there are more than are given."""

    time_zone: str
    starts: tuple[FoundTime, ...]
    is_cut: bool


def find_time(business_id: int, wish: TimeWish, now: datetime) -> FoundTimes:
    """For staff: from now on, whatever lead time guests have. At most four queries.

    Raises NotFound, InvalidInput(`needs.<n>`) also where the needs stand in several time zones.
    """
    _check(wish, now)
    catalog = get_current_catalog(business_id)
    offering, of_need = _facts(catalog, wish)
    zone_name = offering.location.time_zone
    margin = wish.duration + offering.buffer_before + offering.buffer_after + 60
    span = span_of(zone_name, wish.first_on, wish.last_on, margin_minutes=margin)
    calendars = read_calendars(catalog, sorted(offering.resource_ids()), span, now).calendars
    limits = Limits(int(now.timestamp()) + 1, span.ends)
    solver = Solver(offering, Wish(wish.duration), calendars, span, limits)
    seconds = [one for one in solver.starts().starts() if _suits(one, wish, span)]
    found = []
    for second in seconds[:MOST_STARTS]:
        day = local_date_of(datetime.fromtimestamp(second, zone(zone_name)), zone(zone_name))
        claims = solver.assign(second, load_of(calendars, day_bounds(day, zone_name)))
        if claims is not None:
            found.append(_found(second, claims, wish, of_need, zone_name))
    return FoundTimes(zone_name, tuple(found), len(seconds) > MOST_STARTS)


def _check(wish: TimeWish, now: datetime) -> None:
    if not 5 <= wish.duration <= LONGEST or wish.duration % 5:
        raise InvalidInput("duration", field="duration", params={"reason": "not_five_minutes"})
    if not 1 <= len(wish.needs) <= MOST_NEEDS:
        raise InvalidInput("number of needs", field="needs", params={"reason": "out_of_range"})
    if not timedelta(0) <= wish.last_on - wish.first_on < timedelta(days=MOST_DAYS):
        raise InvalidInput("range", field="to", params={"reason": "range_too_long", "days": MOST_DAYS})
    for day in (wish.first_on, wish.last_on):
        check_reach(datetime.combine(day, now.timetz()), now, field="from")


def _facts(catalog: Catalog, wish: TimeWish) -> tuple[OfferingFacts, dict[int, int]]:
    """An offering that nobody can buy, with what is asked for; and for each of its needs the need of the wish."""
    needs: list[Need] = []
    of_need: dict[int, int] = {}
    offerings: list[OfferingFacts] = []
    for number, one in enumerate(wish.needs):
        try:
            own, offering = _needs(catalog, one)
        except (InvalidInput, NotFound) as error:
            reason = error.params.get("reason", "unknown")
            raise InvalidInput("need", field=f"needs.{number}", params={"reason": reason}) from error
        offerings += [offering] if offering else []
        for need in own:
            of_need[len(needs)] = number
            needs.append(replace(need, id=len(needs)))
    return _made_up(_place(catalog, needs), wish.duration, needs, offerings), of_need


def _needs(catalog: Catalog, wanted: TimeNeed) -> tuple[list[Need], OfferingFacts | None]:
    if not 1 <= wanted.quantity <= 100:
        raise InvalidInput("quantity", params={"reason": "out_of_range"})
    offering = catalog.offerings.get(wanted.names[0]) if len(wanted.names) == 1 else None
    if offering is not None:
        own = [
            replace(one, quantity=one.quantity * wanted.quantity) for one in offering.needs_with(frozenset())
        ]
        if not own:
            raise InvalidInput("nothing needed", params={"reason": "resource_unavailable"})
        return own, offering
    keys = resolve_resources(catalog, wanted.names)
    return [Need(0, "", wanted.quantity, 0, None, True, None, keys)], None


def _place(catalog: Catalog, needs: Sequence[Need]) -> LocationFacts:
    keys = {key for need in needs for key in need.candidates}
    places = [catalog.locations[catalog.resources[key].location_id] for key in sorted(keys)]
    if not places:
        raise InvalidInput("nobody", field="needs", params={"reason": "resource_unavailable"})
    if len({one.time_zone for one in places}) > 1:
        raise InvalidInput("several zones", field="needs", params={"reason": "one_place"})
    return places[0]


def _made_up(
    location: LocationFacts, duration: int, needs: Sequence[Need], offerings: Sequence[OfferingFacts]
) -> OfferingFacts:
    return OfferingFacts(
        id=0,
        public_id="",
        slug="",
        name="",
        summary="",
        description="",
        translations={},
        category_id=None,
        location=location,
        photo="",
        mode="slot",
        durations=(duration,),
        grid=min((one.grid for one in offerings), default=GRID),
        fixed_starts=(),
        buffer_before=max((one.buffer_before for one in offerings), default=0),
        buffer_after=max((one.buffer_after for one in offerings), default=0),
        lead=0,
        horizon_days=0,
        party_min=1,
        party_max=1,
        terms=PaymentTerms("none", 0, 15, False, 0),
        needs=tuple(needs),
        extras=(),
        is_public=False,
        is_active=False,
    )


def _suits(second: int, wish: TimeWish, span: Span) -> bool:
    start = datetime.fromtimestamp(second, zone(span.zone_name))
    minute = minutes_of(start, zone(span.zone_name))
    return wish.from_minute <= minute and minute + wish.duration <= wish.until_minute


def _found(
    second: int, claims: Sequence[Claim], wish: TimeWish, of_need: dict[int, int], zone_name: str
) -> FoundTime:
    start = datetime.fromtimestamp(second, zone(zone_name))
    return FoundTime(
        start=start,
        end=datetime.fromtimestamp(second + wish.duration * 60, zone(zone_name)),
        resources=tuple(
            tuple(sorted(one.resource_id for one in claims if of_need[one.need_id] == number))
            for number in range(len(wish.needs))
        ),
    )

"""Writes the described offerings: what they need, what can be added, their tickets, rate plans, rules and prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from horarium.kit.money import Money
from horarium.modules.availability.models import Schedule
from horarium.modules.catalog.models import (
    Extra,
    Offering,
    RatePlan,
    Requirement,
    RequirementChoice,
    Restriction,
    TicketType,
)
from horarium.modules.pricing.models import PriceRule

from .plan import (
    NeedPlan,
    OfferingPlan,
    PricePlan,
    RatePlanPlan,
    RestrictionPlan,
    SchedulePlan,
    Season,
    intervals,
    minutes,
    seasons,
    weekdays,
)
from .price_names import price_names
from .written import Written

OFFERING_TEXTS = ("name", "summary", "description")
PART_TEXTS = ("name", "summary")
SCHEDULED_DAYS_BACK = 365
T = TypeVar("T")


@dataclass(slots=True)
class Parts:
    """What prices and needs of one offering refer to by keys."""

    extras: dict[str, Extra] = field(default_factory=dict)
    rate_plans: dict[str, RatePlan] = field(default_factory=dict)
    tickets: dict[str, TicketType] = field(default_factory=dict)


class OfferingWriter:
    def __init__(self, catalogue: Written) -> None:
        self.catalogue = catalogue
        self.business = catalogue.business

    def write(self, plan: OfferingPlan, position: int) -> Offering:
        offering = self._write_offering(plan, position)
        parts = self._write_parts(plan, offering)
        for number, need in enumerate(plan.needs):
            self._write_need(need, offering, parts.extras.get(need.extra), number)
        for restriction in plan.restrictions:
            self._write_restriction(restriction, offering, parts)
        for schedule in plan.schedules:
            self._write_schedule(schedule, offering)
        for ticket in plan.tickets:
            price = PricePlan(amount=ticket.amount, basis="per_person", ticket=ticket.key)
            self._write_price(price, offering, parts)
        for price in plan.prices:
            self._write_price(price, offering, parts)
        return offering

    def _write_offering(self, plan: OfferingPlan, position: int) -> Offering:
        return Offering.objects.create(
            business=self.business,
            location=self.catalogue.location(plan.location),
            category=self.catalogue.categories[plan.category],
            mode=plan.mode,
            slug=plan.slug,
            durations=list(plan.durations),
            grid_minutes=plan.grid,
            fixed_starts=[minutes(one) for one in plan.fixed_starts.split()],
            buffer_before=plan.buffer_before,
            buffer_after=plan.buffer_after,
            lead_minutes=plan.lead_minutes,
            horizon_days=plan.horizon_days,
            party_min=plan.party[0],
            party_max=plan.party[1],
            prepayment=plan.prepayment,
            deposit_value=self._deposit(plan),
            needs_approval=plan.needs_approval,
            cancel_free_hours=plan.cancel_free_hours,
            policy=self.catalogue.policies.get(plan.policy),
            check_in_minute=minutes(plan.check_in),
            check_out_minute=minutes(plan.check_out),
            included_guests=plan.included_guests,
            capacity=plan.capacity,
            is_shared=plan.is_shared,
            repeats_up_to=plan.repeats_up_to,
            position=position,
            **self.catalogue.texts(plan.words, OFFERING_TEXTS),
        )

    def _write_parts(self, plan: OfferingPlan, offering: Offering) -> Parts:
        parts = Parts()
        for number, extra in enumerate(plan.extras):
            parts.extras[extra.key] = Extra.objects.create(
                business=self.business,
                offering=offering,
                max_quantity=extra.most,
                extends_before=extra.before,
                extends_after=extra.after,
                product=self.catalogue.products.get(extra.product),
                position=number,
                **self.catalogue.texts(extra.words, PART_TEXTS),
            )
        for number, rate in enumerate(plan.rate_plans):
            parts.rate_plans[rate.key] = RatePlan.objects.create(
                business=self.business,
                offering=offering,
                policy=self.catalogue.policies.get(rate.policy),
                prepayment=rate.prepayment,
                deposit_value=self._deposit(rate),
                position=number,
                **self.catalogue.texts(rate.words, PART_TEXTS),
            )
        for number, ticket in enumerate(plan.tickets):
            parts.tickets[ticket.key] = TicketType.objects.create(
                business=self.business,
                offering=offering,
                places=ticket.places,
                max_per_order=ticket.most,
                position=number,
                **self.catalogue.texts(ticket.words, PART_TEXTS),
            )
        return parts

    def _deposit(self, plan: OfferingPlan | RatePlanPlan) -> int:
        if plan.prepayment == "deposit_fixed":
            return Money.of(plan.deposit, self.catalogue.plan.currency).minor
        return plan.deposit

    def _write_need(self, plan: NeedPlan, offering: Offering, extra: Extra | None, position: int) -> None:
        need = Requirement.objects.create(
            business=self.business,
            offering=offering,
            extra=extra,
            label=plan.label,
            quantity=plan.quantity,
            from_minute=plan.from_minute,
            until_minute=plan.until_minute,
            is_choosable=plan.is_choosable,
            is_per_person=plan.is_per_person,
            position=position,
        )
        resources = self.catalogue.resources
        RequirementChoice.objects.bulk_create(
            RequirementChoice(
                business=self.business,
                requirement=need,
                resource=resources.get(key),
                pool=None if key in resources else self.catalogue.pools[key],
            )
            for key in plan.of
        )

    def _write_restriction(self, plan: RestrictionPlan, offering: Offering, parts: Parts) -> None:
        Restriction.objects.bulk_create(
            Restriction(
                business=self.business,
                offering=offering,
                rate_plan=parts.rate_plans[plan.rate_plan] if plan.rate_plan else None,
                first_on=first,
                last_on=last,
                weekdays=weekdays(plan.weekdays),
                min_nights=plan.min_nights,
                max_nights=plan.max_nights,
                min_nights_on_arrival=plan.min_nights_on_arrival,
                closed_to_arrival=plan.closed_to_arrival,
                closed_to_departure=plan.closed_to_departure,
                is_closed=plan.is_closed,
            )
            for first, last in seasons(plan.season, self.catalogue.today)
        )

    def _write_schedule(self, plan: SchedulePlan, offering: Offering) -> None:
        today = self.catalogue.today
        days = sorted(today + timedelta(days=one) for one in plan.dates)
        Schedule.objects.create(
            business=self.business,
            offering=offering,
            weekdays=weekdays(plan.weekdays),
            dates=days,
            except_on=[today + timedelta(days=one) for one in plan.except_on],
            first_on=today - timedelta(days=SCHEDULED_DAYS_BACK),
            starts_minute=minutes(plan.starts),
            duration=plan.duration,
            capacity=plan.capacity,
            min_places=plan.min_places,
            decide_hours=plan.decide_hours,
            resources=[self.catalogue.resources[key].public_id for key in plan.resources],
            note=plan.note,
        )

    def _write_price(self, plan: PricePlan, offering: Offering, parts: Parts) -> None:
        starts, ends = intervals(plan.hours)[0] if plan.hours else (None, None)
        ages = plan.ages or (None, None)
        PriceRule.objects.bulk_create(
            PriceRule(
                business=self.business,
                offering=offering,
                extra=_part(parts.extras, plan.extra),
                rate_plan=_part(parts.rate_plans, plan.rate_plan),
                ticket_type=_part(parts.tickets, plan.ticket),
                name=plan.name,
                translations=price_names(plan.name),
                basis=plan.basis,
                amount_minor=Money.of(plan.amount, self.catalogue.plan.currency).minor,
                duration=plan.duration,
                weekdays=weekdays(plan.weekdays),
                from_minute=starts,
                until_minute=ends,
                min_nights=plan.min_nights,
                max_nights=plan.max_nights,
                from_age=ages[0],
                until_age=ages[1],
                priority=plan.priority,
                **dates,
            )
            for dates in self._dates(plan.season)
        )

    def _dates(self, season: Season | None) -> list[dict[str, Any]]:
        if season is None:
            return [{}]
        return [
            {"valid_from": first, "valid_until": last}
            for first, last in seasons(season, self.catalogue.today)
        ]


def _part(parts: Mapping[str, T], key: str) -> T | None:
    """By key; none without one. A key that does not exist is a mistake of the plan."""
    return parts[key] if key else None

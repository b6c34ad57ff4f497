"""Writes a described business: people, resources, opening rules, offerings and prices."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress

from horarium.kit.money import Money
from horarium.modules.catalog.models import (
    BookingRules,
    Category,
    Extra,
    Offering,
    Requirement,
    RequirementChoice,
)
from horarium.modules.payments.models import GatewayAccount
from horarium.modules.pricing.models import PriceRule
from horarium.modules.resources.models import (
    Opening,
    OpeningException,
    Pool,
    PoolResource,
    Resource,
)
from horarium.platform.identity.models import User
from horarium.platform.tenancy.models import Business, Location, Member

from .plan import (
    BusinessPlan,
    LocationPlan,
    NeedPlan,
    OfferingPlan,
    PricePlan,
    ResourcePlan,
    Week,
    in_language,
    intervals,
    minutes,
    translations,
    weekdays,
)

BUSINESS_TEXTS = ("name", "tagline", "about")
RESOURCE_TEXTS = ("name", "title", "description")
OFFERING_TEXTS = ("name", "summary", "description")
EXTRA_TEXTS = ("name", "summary")
GATEWAY = "test"


def create_business(plan: BusinessPlan) -> Business:
    """The business itself; everything else needs its scope."""
    return Business.objects.create(
        slug=plan.slug,
        type=plan.type,
        currency=plan.currency,
        country=plan.country,
        default_language=plan.language,
        brand_color=plan.brand_color,
        email=plan.email,
        phone=plan.phone,
        website=plan.website,
        translations=translations(plan.words, BUSINESS_TEXTS, plan.language),
        **in_language(plan.words, BUSINESS_TEXTS, plan.language),
    )


class CatalogueWriter:
    """Keeps what the plan calls by its keys. Dated rules count from `today`."""

    def __init__(self, plan: BusinessPlan, business: Business, today: date) -> None:
        self.plan = plan
        self.business = business
        self.today = today
        self.members: dict[str, Member] = {}
        self.locations: dict[str, Location] = {}
        self.resources: dict[str, Resource] = {}
        self.pools: dict[str, Pool] = {}
        self.categories: dict[str, Category] = {}
        self.offerings: dict[str, Offering] = {}

    def write(self) -> None:
        BookingRules.objects.create(business=self.business, **asdict(self.plan.rules))
        GatewayAccount.objects.create(business=self.business, gateway=GATEWAY)
        self._write_members()
        for position, location in enumerate(self.plan.locations):
            self._write_location(location, position)
        for position, resource in enumerate(self.plan.resources):
            self._write_resource(resource, position)
        for pool in self.plan.pools:
            self.pools[pool.key] = Pool.objects.create(business=self.business, name=pool.name)
            PoolResource.objects.bulk_create(
                PoolResource(business=self.business, pool=self.pools[pool.key], resource=self.resources[key])
                for key in pool.resources
            )
        for position, (key, words) in enumerate(self.plan.categories.items()):
            self.categories[key] = Category.objects.create(
                business=self.business, position=position, **self._texts(words, ("name",))
            )
        for position, offering in enumerate(self.plan.offerings):
            self._write_offering(offering, position)

    def _texts(self, words: Any, fields: tuple[str, ...]) -> dict[str, Any]:
        language = self.plan.language
        return {
            **in_language(words, fields, language),
            "translations": translations(words, fields, language),
        }

    def _write_members(self) -> None:
        for one in self.plan.members:
            user = User.objects.create_user(
                one.email, name=one.name, language=one.language or self.plan.language
            )
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            self.members[one.email] = Member.objects.create(business=self.business, user=user, role=one.role)

    def _write_location(self, plan: LocationPlan, position: int) -> None:
        location = Location.objects.create(
            business=self.business,
            name=plan.name,
            address=plan.address,
            city=plan.city,
            country=self.plan.country,
            time_zone=self.plan.time_zone,
            phone=plan.phone,
            directions=plan.directions,
            position=position,
        )
        self.locations[plan.key] = location
        self._write_week(plan.week, location=location)
        OpeningException.objects.bulk_create(
            OpeningException(
                business=self.business, location=location, first_on=day, last_on=day, reason=reason
            )
            for (month, number), reason in plan.holidays.items()
            for day in (date(self.today.year + year, month, number) for year in (-1, 0, 1))
        )

    def _write_week(self, week: Week, **owner: Any) -> None:
        Opening.objects.bulk_create(
            Opening(business=self.business, weekday=weekday, starts_minute=starts, ends_minute=ends, **owner)
            for days, hours in week.items()
            for weekday in weekdays(days)
            for starts, ends in intervals(hours)
        )

    def _write_resource(self, plan: ResourcePlan, position: int) -> None:
        resource = Resource.objects.create(
            business=self.business,
            location=self.locations[plan.location or self.plan.locations[0].key],
            kind=plan.kind,
            color=plan.color,
            member=self.members.get(plan.member),
            follows_location=plan.week is None,
            position=position,
            **self._texts(plan.words, RESOURCE_TEXTS),
        )
        self.resources[plan.key] = resource
        if plan.week is not None:
            self._write_week(plan.week, resource=resource)
        for away in plan.away:
            first = self.today + timedelta(days=away.first)
            hours: list[tuple[int | None, int | None]] = [*intervals(away.hours)] or [(None, None)]
            for starts, ends in hours:
                OpeningException.objects.create(
                    business=self.business,
                    resource=resource,
                    first_on=first,
                    last_on=first + timedelta(days=away.days - 1),
                    starts_minute=starts,
                    ends_minute=ends,
                    reason=away.reason,
                )

    def _write_offering(self, plan: OfferingPlan, position: int) -> None:
        offering = Offering.objects.create(
            business=self.business,
            location=self.locations[plan.location or self.plan.locations[0].key],
            category=self.categories[plan.category],
            slug=plan.slug,
            durations=list(plan.durations),
            grid_minutes=plan.grid,
            fixed_starts=[minutes(one) for one in plan.fixed_starts.split()],
            buffer_before=plan.buffer_before,
            buffer_after=plan.buffer_after,
            lead_minutes=plan.lead_minutes,
            party_min=plan.party[0],
            party_max=plan.party[1],
            prepayment=plan.prepayment,
            deposit_value=self._deposit(plan),
            needs_approval=plan.needs_approval,
            cancel_free_hours=plan.cancel_free_hours,
            position=position,
            **self._texts(plan.words, OFFERING_TEXTS),
        )
        self.offerings[plan.slug] = offering
        extras = {
            extra.key: Extra.objects.create(
                business=self.business,
                offering=offering,
                position=number,
                **self._texts(extra.words, EXTRA_TEXTS),
            )
            for number, extra in enumerate(plan.extras)
        }
        for number, need in enumerate(plan.needs):
            self._write_need(need, offering, extras.get(need.extra), number)
        PriceRule.objects.bulk_create(
            self._price(price, offering, extras.get(price.extra)) for price in plan.prices
        )

    def _deposit(self, plan: OfferingPlan) -> int:
        if plan.prepayment == "deposit_fixed":
            return Money.of(plan.deposit, self.plan.currency).minor
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
            position=position,
        )
        RequirementChoice.objects.bulk_create(
            RequirementChoice(
                business=self.business,
                requirement=need,
                resource=self.resources.get(key),
                pool=None if key in self.resources else self.pools[key],
            )
            for key in plan.of
        )

    def _price(self, plan: PricePlan, offering: Offering, extra: Extra | None) -> PriceRule:
        starts, ends = intervals(plan.hours)[0] if plan.hours else (None, None)
        return PriceRule(
            business=self.business,
            offering=offering,
            extra=extra,
            name=plan.name,
            basis=plan.basis,
            amount_minor=Money.of(plan.amount, self.plan.currency).minor,
            duration=plan.duration,
            weekdays=weekdays(plan.weekdays),
            from_minute=starts,
            until_minute=ends,
            priority=plan.priority,
        )

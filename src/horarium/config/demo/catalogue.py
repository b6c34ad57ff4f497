"""Writes a described business: people, resources, opening rules, offerings and prices."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress

from horarium.kit.money import Money
from horarium.modules.availability.models import Supply
from horarium.modules.catalog.models import BookingRules, Category, Policy, Product
from horarium.modules.payments.models import GatewayAccount
from horarium.modules.resources.models import (
    Opening,
    OpeningException,
    Pool,
    PoolResource,
    Resource,
)
from horarium.platform.identity.models import User
from horarium.platform.tenancy.models import Business, Location, Member

from .catalogue_offerings import OfferingWriter
from .location_words import LOCATION_WORDS
from .plan import (
    BusinessPlan,
    LocationPlan,
    ProductPlan,
    ResourcePlan,
    Tiers,
    Week,
    in_language,
    intervals,
    translations,
    weekdays,
)
from .written import Written

BUSINESS_TEXTS = ("name", "tagline", "about")
RESOURCE_TEXTS = ("name", "title", "description")
PRODUCT_TEXTS = ("name", "summary", "description")
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


class CatalogueWriter(Written):
    """Everything of the plan but its history."""

    def write(self) -> None:
        for policy in self.plan.policies:
            self.policies[policy.key] = Policy.objects.create(
                business=self.business,
                cancellation=_tiers(policy.cancellation),
                rescheduling=_tiers(policy.rescheduling),
                no_show_percent=policy.no_show,
                **self.texts(policy.words, ("name",)),
            )
        rules = asdict(self.plan.rules) | {"policy": self.policies.get(self.plan.rules.policy)}
        BookingRules.objects.create(business=self.business, **rules)
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
                business=self.business, position=position, **self.texts(words, ("name",))
            )
        for position, product in enumerate(self.plan.products):
            self._write_product(product, position)
        writer = OfferingWriter(self)
        for position, offering in enumerate(self.plan.offerings):
            self.offerings[offering.slug] = writer.write(offering, position)

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
            translations=LOCATION_WORDS.get(plan.key, {}),
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
            location=self.location(plan.location),
            kind=plan.kind,
            color=plan.color,
            member=self.members.get(plan.member),
            follows_location=plan.week is None,
            position=position,
            **self.texts(plan.words, RESOURCE_TEXTS),
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

    def _write_product(self, plan: ProductPlan, position: int) -> None:
        """With all its pieces; what was sold before is written with the history."""
        product = Product.objects.create(
            business=self.business,
            category=self.categories.get(plan.category),
            price_minor=Money.of(plan.amount, self.plan.currency).minor,
            max_per_order=plan.most,
            position=position,
            **self.texts(plan.words, PRODUCT_TEXTS),
        )
        Supply.objects.create(business=self.business, product=product, total=plan.stock)
        self.products[plan.key] = product


def _tiers(plan: Tiers) -> list[dict[str, int]]:
    return [{"minutes": hours * 60, "percent": percent, "minor": 0} for hours, percent in plan]

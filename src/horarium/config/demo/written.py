"""What of a described business is written already."""

from __future__ import annotations

from datetime import date
from typing import Any

from horarium.modules.catalog.models import Category, Offering, Policy, Product
from horarium.modules.resources.models import Pool, Resource
from horarium.platform.tenancy.models import Business, Location, Member

from .plan import BusinessPlan, in_language, translations


class Written:
    """Keeps rows by the keys that the plan calls them by. Dated rules count from `today`."""

    def __init__(self, plan: BusinessPlan, business: Business, today: date) -> None:
        self.plan = plan
        self.business = business
        self.today = today
        self.members: dict[str, Member] = {}
        self.locations: dict[str, Location] = {}
        self.resources: dict[str, Resource] = {}
        self.pools: dict[str, Pool] = {}
        self.categories: dict[str, Category] = {}
        self.policies: dict[str, Policy] = {}
        self.products: dict[str, Product] = {}
        self.offerings: dict[str, Offering] = {}

    def location(self, key: str) -> Location:
        """The first one for what does not say where it is."""
        return self.locations[key or self.plan.locations[0].key]

    def texts(self, words: Any, fields: tuple[str, ...]) -> dict[str, Any]:
        language = self.plan.language
        return {
            **in_language(words, fields, language),
            "translations": translations(words, fields, language),
        }

"""Fills the demo once: all of it in one transaction, so that a stopped attempt leaves nothing behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django_scopes import scope

from horarium.kit import clock
from horarium.kit.zones import local_date_of, zone
from horarium.platform.tenancy.models import Business

from .catalogue import CatalogueWriter, create_business
from .history import write_history
from .hotel import HOTEL
from .illustrating import Illustrator
from .plan import BusinessPlan
from .rental import RENTAL
from .salon import SALON
from .spa import SPA
from .studio import STUDIO
from .tours import TOURS
from .venue import VENUE

PLANS: Final = (SPA, STUDIO, SALON, HOTEL, TOURS, VENUE, RENTAL)


@dataclass(frozen=True, slots=True)
class DemoBusiness:
    slug: str
    name: str
    owner_email: str


def is_demo_filled() -> bool:
    """Whether every demo business is there."""
    slugs = [plan.slug for plan in PLANS]
    return Business.objects.filter(slug__in=slugs).count() == len(slugs)


def fill_demo() -> list[DemoBusiness]:
    """Create what is missing of the demo businesses and name all of them. Later calls change nothing."""
    with transaction.atomic():
        there = set(Business.objects.values_list("slug", flat=True))
        for plan in PLANS:
            if plan.slug not in there:
                _fill(plan, clock.now())
    return [DemoBusiness(plan.slug, plan.name, plan.members[0].email) for plan in PLANS]


def _fill(plan: BusinessPlan, now: datetime) -> None:
    business = create_business(plan)
    with scope(business=business):
        catalogue = CatalogueWriter(plan, business, local_date_of(now, zone(plan.time_zone)))
        catalogue.write()
        Illustrator(plan, business, catalogue).draw()
        write_history(plan, business, now)

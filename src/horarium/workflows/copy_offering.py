"""An offering once more: a room type, a tour or a treatment that is almost like another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.actions_schedule_copies import copy_schedules
from horarium.modules.catalog import actions
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_offering
from horarium.modules.pricing.actions import PriceDraft, draft_of, set_prices
from horarium.modules.pricing.queries import list_prices
from horarium.platform.audit.actor import Actor


def copy_offering(
    business_id: int,
    offering_id: str,
    actor: Actor,
    now: datetime,
    *,
    name: str,
    names: Mapping[str, str] | None = None,
) -> Offering:
    """With what it needs, extras, rate plans, restrictions to come, ticket types, prices and schedules, or not at all.

    The copy is hidden from guests and its schedules rest, so that nothing is sold or taken by it yet. `names`: by
    language, where the original is translated. Raises NotFound, InvalidInput.
    """
    with scope(business=business_id), transaction.atomic():
        tz = zone(get_offering(business_id, offering_id).location.time_zone)
        today = local_date_of(now, tz)
        copied = actions.copy_offering(business_id, offering_id, actor, name=name, names=names, today=today)
        prices = list_prices(business_id, [copied.original.pk])[copied.original.pk]
        drafts = [one for rule in prices if (one := _translated(draft_of(rule), copied.parts)) is not None]
        if drafts:
            set_prices(business_id, copied.offering.public_id, drafts, actor)
        copy_schedules(business_id, copied.original.pk, copied.offering.pk, actor, today=today)
    return copied.offering


def _translated(draft: PriceDraft, parts: Mapping[str, str]) -> PriceDraft | None:
    """The same line for the parts of the copy; None for what is not part of it."""
    named = (draft.extra, draft.rate_plan, draft.ticket_type)
    if any(one and one not in parts for one in named):
        return None
    extra, rate_plan, ticket_type = (parts.get(one, "") for one in named)
    return replace(draft, id="", extra=extra, rate_plan=rate_plan, ticket_type=ticket_type)

"""The defaults of a business that its offerings start from."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.actions.changes import apply
from horarium.platform.tenancy.models import Business
from horarium.platform.tenancy.scope import business_scope

from ..models import BookingRules
from .checks import RULES, clean
from .drafts import BookingRulesFields
from .references import take_keys
from .written import changed


def update_booking_rules(
    business_id: int, actor: Actor, **fields: Unpack[BookingRulesFields]
) -> BookingRules:
    """Change the given fields; offerings that say otherwise keep their own."""
    given = dict(fields)
    with business_scope(business_id), transaction.atomic():
        keys = take_keys(business_id, given, "policy")
        values = clean(given, RULES) | keys
        BookingRules.objects.get_or_create(business_id=business_id)
        rules = BookingRules.objects.select_for_update().get(business_id=business_id)
        before, after = apply(rules, values)
        if after:
            business = Business.objects.values_list("public_id", flat=True).get(pk=business_id)
            record(
                business_id,
                actor,
                "booking_rules.changed",
                business,
                before=before,
                after=changed(dict(fields), after),
            )
            bump_catalog_revision(business_id)
        return rules

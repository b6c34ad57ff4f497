"""Price rules of a business, kept in memory until its catalogue revision changes."""

from __future__ import annotations

import json
from collections.abc import Collection
from threading import Lock

from cachetools import LRUCache
from django.db import connection

from .models import PriceRule
from .rules import Rule, names_of

PriceList = dict[int, tuple[Rule, ...]]

# In the order of the fields of `Rule`.
_SQL = """
SELECT offering_id, name, basis, amount_minor, extra_id, duration, weekdays, from_minute, until_minute,
    valid_from, valid_until, rate_plan_id, ticket_type_id, min_nights, max_nights, from_age, until_age, translations
FROM pricing_pricerule WHERE business_id = %s ORDER BY offering_id, priority DESC, id DESC
"""

_memory: LRUCache[int, tuple[int, PriceList]] = LRUCache(maxsize=512)
_lock = Lock()


def get_price_list(business_id: int, revision: int) -> PriceList:
    """Rules by offering, in the order in which they are tried, as of a catalogue revision or newer."""
    with _lock:
        known = _memory.get(business_id)
    if known is not None and known[0] == revision:
        return known[1]
    fresh = _load(business_id)
    with _lock:
        _memory[business_id] = (revision, fresh)
    return fresh


def _load(business_id: int) -> PriceList:
    rules: dict[int, list[Rule]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [business_id])
        for (
            offering_id,
            name,
            basis,
            minor,
            extra_id,
            duration,
            weekdays,
            *conditions,
            translations,
        ) in cursor:
            names = names_of(json.loads(translations))
            rule = Rule(*(name, basis, minor, extra_id, duration, frozenset(weekdays), *conditions, names))
            rules.setdefault(offering_id, []).append(rule)
    return {offering_id: tuple(of_offering) for offering_id, of_offering in rules.items()}


def list_prices(business_id: int, offering_ids: Collection[int]) -> dict[int, list[PriceRule]]:
    """Price rules of these offerings in the order in which they are tried, with what they point to. One query."""
    found: dict[int, list[PriceRule]] = {key: [] for key in offering_ids}
    rules = PriceRule.objects.filter(business_id=business_id, offering_id__in=list(found)).select_related(
        "extra", "rate_plan", "ticket_type"
    )
    for rule in rules.order_by("-priority", "-id"):
        found[rule.offering_id].append(rule)
    return found

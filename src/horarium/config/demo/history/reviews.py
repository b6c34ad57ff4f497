"""Guests who may be one person: left for the staff to decide."""

from __future__ import annotations

from django.db.models import Count

from horarium.modules.customers.models import Customer, MatchReview

SHOWN = 3


def write_reviews(business_id: int) -> None:
    """A few pairs of customers of the same name."""
    names = (
        Customer.objects.values("name").annotate(count=Count("id")).filter(count__gt=1).order_by("name")
    ).values_list("name", flat=True)[:SHOWN]
    for name in names:
        one, other = Customer.objects.filter(name=name).order_by("id")[:2]
        MatchReview.objects.create(
            business_id=business_id, customer=one, other=other, reason="email_and_phone_differ"
        )

"""Reads of customers, for staff only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from horarium.kit.errors import NotFound

from .models import Customer, MatchReview
from .rules import search_terms

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class CustomerView:
    id: int
    public_id: str
    name: str
    email: str
    phone: str
    locale: str
    notes: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerPage:
    customers: tuple[CustomerView, ...]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.page_size))


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Two customers who may be one person: `customer` was taken (by e-mail), `other` has the phone."""

    public_id: str
    reason: str
    customer: CustomerView
    other: CustomerView
    created_at: datetime


def list_customers(
    business_id: int, *, search: str = "", page: int = 1, page_size: int = PAGE_SIZE
) -> CustomerPage:
    """The newest first; two queries, whatever the number of rows. A page past the end is empty."""
    customers = Customer.objects.filter(business_id=business_id)
    for term in search_terms(search):
        customers = customers.filter(search__contains=term)
    first = (max(1, page) - 1) * page_size
    rows = customers.order_by("-id")[first : first + page_size]
    return CustomerPage(
        customers=tuple(_view(row) for row in rows),
        total=customers.count(),
        page=max(1, page),
        page_size=page_size,
    )


def get_customer(business_id: int, public_id: str) -> CustomerView:
    """Raises NotFound."""
    row = Customer.objects.filter(business_id=business_id, public_id=public_id).first()
    if row is None:
        raise NotFound("no such customer")
    return _view(row)


def list_open_reviews(business_id: int, *, limit: int = 100) -> tuple[ReviewView, ...]:
    """Matches that a person must decide, the oldest first."""
    rows = (
        MatchReview.objects.filter(business_id=business_id, resolved_at__isnull=True)
        .select_related("customer", "other")
        .order_by("id")[:limit]
    )
    return tuple(
        ReviewView(
            public_id=row.public_id,
            reason=row.reason,
            customer=_view(row.customer),
            other=_view(row.other),
            created_at=row.created_at,
        )
        for row in rows
    )


def list_reviews_of(business_id: int, public_id: str) -> tuple[ReviewView, ...]:
    """The open reviews that name this customer."""
    return tuple(
        review
        for review in list_open_reviews(business_id)
        if public_id in (review.customer.public_id, review.other.public_id)
    )


def _view(row: Customer) -> CustomerView:
    return CustomerView(
        id=row.pk,
        public_id=row.public_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        locale=row.locale,
        notes=row.notes,
        created_at=row.created_at,
    )

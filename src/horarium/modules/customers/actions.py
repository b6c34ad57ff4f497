"""Changes of customers. Each function runs inside the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import IntegrityError, connection, transaction

from horarium.kit import clock
from horarium.kit.errors import Conflict, NotFound
from horarium.kit.ids import new_id
from horarium.platform.audit import actions as audit
from horarium.platform.audit.actor import Actor
from horarium.platform.database.prepared import prepared_cursor

from .errors import ContactTaken
from .models import Customer, MatchReview
from .rules import Contact, read_contact

_LOCALE_LENGTH: Final = 8
_ATTEMPTS: Final = 5
_BY_EMAIL: Final = 1

# Finding and creating are one statement: a known guest costs one round trip, and so does a new one.
# Two parallel checkouts of one new guest meet at the unique constraints: the later one waits, creates
# nothing, and finds the other's row when the statement runs again.
_RECOGNISE = """
WITH found AS (
    SELECT id, 1 AS rank FROM customers_customer
    WHERE business_id = %(business)s AND email = %(email)s AND email <> ''
    UNION ALL
    SELECT id, 2 AS rank FROM customers_customer
    WHERE business_id = %(business)s AND phone = %(phone)s AND phone <> ''
), made AS (
    INSERT INTO customers_customer
        (business_id, public_id, name, email, phone, locale, notes, search, created_at)
    SELECT %(business)s, %(public_id)s, %(name)s, %(email)s, %(phone)s, %(locale)s, '', %(search)s, %(now)s
    WHERE NOT EXISTS (SELECT 1 FROM found)
    ON CONFLICT DO NOTHING
    RETURNING id
)
SELECT id, rank FROM found UNION ALL SELECT id, 3 AS rank FROM made ORDER BY rank
"""

_REVIEW = """
INSERT INTO customers_matchreview (business_id, public_id, customer_id, other_id, reason, created_at)
VALUES (%s, %s, %s, %s, 'email_and_phone_differ', %s)
ON CONFLICT DO NOTHING
"""


def recognise(
    business_id: int, *, name: str, email: str, phone: str, locale: str, country: str, now: datetime
) -> int:
    """The id of the customer with this e-mail, else with this phone, else of a new one.

    A known customer is never changed by what a visitor types. When e-mail and phone belong to two
    customers, the e-mail decides and a `MatchReview` asks a person. Without e-mail and phone the
    customer is always new. Raises InvalidInput for `customer.name`, `customer.email`, `customer.phone`.
    """
    contact = read_contact(name=name, email=email, phone=phone, country=country, prefix="customer.")
    for _ in range(_ATTEMPTS):
        rows = _find_or_create(business_id, contact, locale, now)
        if rows:
            break
    else:
        raise Conflict("the customer is being changed by others")
    customer_id, rank = rows[0]
    if rank == _BY_EMAIL and rows[-1][0] != customer_id:
        _ask_for_review(business_id, customer_id, rows[-1][0], now)
    return customer_id


def _find_or_create(business_id: int, contact: Contact, locale: str, now: datetime) -> list[tuple[int, int]]:
    with prepared_cursor() as cursor:
        cursor.execute(
            _RECOGNISE,
            {
                "business": business_id,
                "public_id": new_id("cus"),
                "name": contact.name,
                "email": contact.email,
                "phone": contact.phone,
                "locale": locale[:_LOCALE_LENGTH],
                "search": contact.search,
                "now": now,
            },
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _ask_for_review(business_id: int, customer_id: int, other_id: int, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REVIEW, [business_id, new_id("rev"), customer_id, other_id, now])


def update_customer(
    business_id: int,
    public_id: str,
    *,
    contact: Contact,
    notes: str,
    actor: Actor,
) -> Customer:
    """Write what staff corrected. Raises NotFound, or ContactTaken naming the field that another has."""
    with transaction.atomic():
        customer = (
            Customer.objects.select_for_update().filter(business_id=business_id, public_id=public_id).first()
        )
        if customer is None:
            raise NotFound("no such customer")
        before = _facts(customer)
        _refuse_taken(customer, contact)
        customer.name, customer.email, customer.phone = contact.name, contact.email, contact.phone
        customer.notes, customer.search = notes.strip(), contact.search
        try:
            with transaction.atomic():
                customer.save(update_fields=["name", "email", "phone", "notes", "search"])
        except IntegrityError:
            raise ContactTaken("another customer has this e-mail or phone", field="email") from None
        after = _facts(customer)
        if after != before:
            audit.record(business_id, actor, "customer.updated", public_id, before=before, after=after)
        return customer


def _refuse_taken(customer: Customer, contact: Contact) -> None:
    others = Customer.objects.filter(business_id=customer.business_id).exclude(pk=customer.pk)
    for field, value in (("email", contact.email), ("phone", contact.phone)):
        if value and others.filter(**{field: value}).exists():
            raise ContactTaken(f"another customer has this {field}", field=field)


def _facts(customer: Customer) -> dict[str, str]:
    return {
        "name": customer.name,
        "email": customer.email,
        "phone": customer.phone,
        "notes": customer.notes,
    }


def resolve_review(business_id: int, public_id: str, *, actor: Actor) -> None:
    """A person has looked at the two customers. Raises NotFound when there is no such open review."""
    with transaction.atomic():
        changed = MatchReview.objects.filter(
            business_id=business_id, public_id=public_id, resolved_at__isnull=True
        ).update(resolved_at=clock.now())
        if not changed:
            raise NotFound("no such open review")
        audit.record(business_id, actor, "match_review.resolved", public_id)

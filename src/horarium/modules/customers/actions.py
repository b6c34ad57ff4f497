"""Changes of customers. Each function runs inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from horarium.kit import clock
from horarium.kit.errors import NotFound
from horarium.kit.ids import new_id
from horarium.platform.audit import actions as audit
from horarium.platform.audit.actor import Actor
from horarium.platform.database.rows import Part, write_together

from .errors import ContactTaken, CustomerUnsettled
from .models import Customer, MatchReview
from .rules import Contact, read_contact

_LOCALE_LENGTH: Final = 8
_ATTEMPTS: Final = 5
CUSTOMER = "customer"
"""The part of a statement that has the `id` of who is recognised."""

# Finding and creating are one statement: a known guest costs one round trip, and so does a new one.
# Two parallel checkouts of one new guest meet at the unique constraints: the later one waits, creates
# nothing, and finds the other's row when the statement runs again.
_FOUND = """
SELECT id, 1 AS rank FROM customers_customer
WHERE business_id = %(guest_business)s AND email = %(guest_email)s AND email <> ''
UNION ALL
SELECT id, 2 AS rank FROM customers_customer
WHERE business_id = %(guest_business)s AND phone = %(guest_phone)s AND phone <> ''
"""
_MADE = """
INSERT INTO customers_customer (business_id, public_id, name, email, phone, locale, notes, search, created_at)
SELECT %(guest_business)s, %(guest_id)s, %(guest_name)s, %(guest_email)s, %(guest_phone)s, %(guest_locale)s, '',
    %(guest_search)s, %(guest_at)s
WHERE NOT EXISTS (SELECT 1 FROM found_customer)
ON CONFLICT DO NOTHING RETURNING id
"""
_RECOGNISED = """
SELECT id, rank FROM found_customer UNION ALL SELECT id, 3 AS rank FROM made_customer ORDER BY rank LIMIT 1
"""
_REVIEW = """
INSERT INTO customers_matchreview (business_id, public_id, customer_id, other_id, reason, created_at)
SELECT %(guest_business)s, %(review_id)s, one.id, other.id, 'email_and_phone_differ', %(guest_at)s
FROM found_customer one JOIN found_customer other ON one.rank = 1 AND other.rank = 2 AND one.id <> other.id
ON CONFLICT DO NOTHING
"""


def recognise_beside(
    business_id: int, *, name: str, email: str, phone: str, locale: str, country: str, now: datetime
) -> list[Part]:
    """`recognise` as parts of the statement that writes what the customer has ordered; read the part `CUSTOMER`.

    It is empty when others are creating this very customer: then undo the statement and run it again.
    Raises InvalidInput for `customer.name`, `customer.email`, `customer.phone`.
    """
    contact = read_contact(name=name, email=email, phone=phone, country=country, prefix="customer.")
    parameters = {
        "guest_business": business_id,
        "guest_id": new_id("cus"),
        "guest_name": contact.name,
        "guest_email": contact.email,
        "guest_phone": contact.phone,
        "guest_locale": locale[:_LOCALE_LENGTH],
        "guest_search": contact.search,
        "guest_at": now,
    }
    parts = [Part("found_customer", _FOUND, parameters), Part("made_customer", _MADE, {})]
    if contact.email and contact.phone:
        parts.append(Part("asked_review", _REVIEW, {"review_id": new_id("rev")}))
    return [*parts, Part(CUSTOMER, _RECOGNISED, {})]


def recognised_before(parts: Sequence[Part]) -> list[Part]:
    """The same customer for a later statement, recognised now: where resources are locked before that one."""
    return [Part(CUSTOMER, "SELECT %(customer)s::bigint AS id", {"customer": _run(parts)})]


def recognise(
    business_id: int, *, name: str, email: str, phone: str, locale: str, country: str, now: datetime
) -> int:
    """The id of the customer with this e-mail, else with this phone, else of a new one.

    A known customer is never changed by what a visitor types. When e-mail and phone belong to two
    customers, the e-mail decides and a `MatchReview` asks a person. Without e-mail and phone the
    customer is always new. Raises InvalidInput for `customer.name`, `customer.email`, `customer.phone`.
    """
    return _run(
        recognise_beside(
            business_id, name=name, email=email, phone=phone, locale=locale, country=country, now=now
        )
    )


def _run(parts: Sequence[Part]) -> int:
    for _ in range(_ATTEMPTS):
        rows = write_together(parts, f"SELECT id FROM {CUSTOMER}")
        if rows:
            return int(rows[0][0])
    raise CustomerUnsettled("the customer is being made by others")


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

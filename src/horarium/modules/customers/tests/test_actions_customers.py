"""Recognising guests and correcting customers, on a real database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django_scopes import scope, scopes_disabled

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.customers import actions, queries
from horarium.modules.customers.errors import ContactTaken
from horarium.modules.customers.models import Customer, MatchReview
from horarium.modules.customers.rules import read_contact
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.models import Business

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def business() -> Iterator[Business]:
    made = Business.objects.create(slug="salon", name="Salon", type="services", currency="EUR", country="RU")
    with scope(business=made.pk):
        yield made


def recognise(business: Business, **given: str) -> int:
    values: dict[str, str] = {
        "name": "Anna",
        "email": "",
        "phone": "",
        "locale": "en",
        "country": "RU",
    } | given
    return actions.recognise(business.pk, now=NOW, **values)


def test_a_new_guest_becomes_a_customer_once(business: Business) -> None:
    first = recognise(business, email="Anna@Example.org", phone="8 916 123 45 67", locale="ru")
    again = recognise(business, name="Anna P.", email="anna@example.org", phone="+79161234567")
    assert again == first
    customer = Customer.objects.get()
    assert (customer.pk, customer.name, customer.email) == (first, "Anna", "anna@example.org")
    assert (customer.phone, customer.locale, customer.created_at) == ("+79161234567", "ru", NOW)
    assert customer.search == "anna anna@example.org 79161234567"
    assert customer.public_id.startswith("cus_")


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Mallory", "email": "anna@example.org"},
        {"name": "Mallory", "email": "anna@example.org", "phone": "8 916 000 00 01"},
        {"name": "Mallory", "email": "other@example.org", "phone": "8 916 123 45 67"},
    ],
)
def test_a_visitor_never_changes_a_known_customer(business: Business, typed: dict[str, str]) -> None:
    known = recognise(business, email="anna@example.org", phone="8 916 123 45 67")
    before = Customer.objects.values().get()
    assert recognise(business, **typed) == known
    assert Customer.objects.values().get() == before


def test_a_missing_phone_is_not_filled_in_silently(business: Business) -> None:
    known = recognise(business, email="anna@example.org")
    assert recognise(business, email="anna@example.org", phone="8 916 123 45 67") == known
    assert Customer.objects.get().phone == ""


def test_when_email_and_phone_are_of_two_customers_a_person_decides_once(business: Business) -> None:
    by_email = recognise(business, name="Anna", email="anna@example.org")
    by_phone = recognise(business, name="Boris", phone="8 916 123 45 67")
    for _ in range(2):
        both = recognise(business, email="anna@example.org", phone="8 916 123 45 67")
        assert both == by_email
    review = MatchReview.objects.get()
    assert (review.customer_id, review.other_id) == (by_email, by_phone)
    assert Customer.objects.count() == 2

    (view,) = queries.list_open_reviews(business.pk)
    assert (view.customer.name, view.other.name) == ("Anna", "Boris")
    assert queries.list_reviews_of(business.pk, view.other.public_id) == (view,)
    actions.resolve_review(business.pk, view.public_id, actor=Actor.system())
    assert queries.list_open_reviews(business.pk) == ()
    with pytest.raises(NotFound):
        actions.resolve_review(business.pk, view.public_id, actor=Actor.system())


def test_walk_ins_without_contacts_are_different_people(business: Business) -> None:
    assert recognise(business, name="Guest") != recognise(business, name="Guest")


def test_the_same_contact_in_another_business_is_another_customer(business: Business) -> None:
    other = Business.objects.create(slug="spa", name="Spa", type="services", currency="CLP", country="CL")
    here = recognise(business, email="anna@example.org")
    with scope(business=other.pk):
        assert recognise(other, email="anna@example.org") != here
    with scopes_disabled():
        assert Customer.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "anna@"}, "customer.email"),
        ({"phone": "12"}, "customer.phone"),
        ({"name": " "}, "customer.name"),
    ],
)
def test_a_bad_contact_names_its_field_and_writes_nothing(
    business: Business, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        recognise(business, **typed)
    assert refused.value.field == field
    assert not Customer.objects.exists()


def test_a_guest_is_recognised_in_one_query_also_with_a_review(
    business: Business, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        recognise(business, email="anna@example.org")
    with django_assert_num_queries(1):
        recognise(business, email="anna@example.org")
    recognise(business, phone="8 916 123 45 67")
    with django_assert_num_queries(1):
        recognise(business, email="anna@example.org", phone="8 916 123 45 67")
    assert MatchReview.objects.count() == 1


def test_staff_correct_a_customer_and_the_audit_tells(business: Business) -> None:
    recognise(business, email="anna@example.org")
    public_id = Customer.objects.get().public_id
    contact = read_contact(name="Anna Petrova", email="", phone="8 916 123 45 67", country="RU")
    actions.update_customer(
        business.pk, public_id, contact=contact, notes=" Likes tea ", actor=Actor.system()
    )
    view = queries.get_customer(business.pk, public_id)
    assert (view.name, view.email, view.phone, view.notes) == (
        "Anna Petrova",
        "",
        "+79161234567",
        "Likes tea",
    )
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_id) == ("customer.updated", public_id)
    assert entry.before
    assert entry.after
    assert (entry.before["name"], entry.after["name"]) == ("Anna", "Anna Petrova")
    assert queries.list_customers(business.pk, search="petrova").total == 1


def test_a_contact_of_another_customer_is_refused_at_its_field(business: Business) -> None:
    recognise(business, email="anna@example.org", phone="8 916 123 45 67")
    recognise(business, name="Boris", email="boris@example.org")
    boris = Customer.objects.get(name="Boris")
    for email, phone, field in (("anna@example.org", "", "email"), ("", "8 916 123 45 67", "phone")):
        contact = read_contact(name="Boris", email=email, phone=phone, country="RU")
        with pytest.raises(ContactTaken) as refused:
            actions.update_customer(
                business.pk, boris.public_id, contact=contact, notes="", actor=Actor.system()
            )
        assert refused.value.field == field
    boris.refresh_from_db()
    assert (boris.email, boris.phone) == ("boris@example.org", "")
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("count", [10, 1000])
def test_a_page_of_customers_costs_two_queries(
    business: Business, count: int, django_assert_num_queries: Any
) -> None:
    Customer.objects.bulk_create(
        Customer(business=business, name=f"Guest {n}", search=f"guest {n}", created_at=NOW)
        for n in range(count)
    )
    with django_assert_num_queries(2):
        page = queries.list_customers(business.pk, search="GUEST", page=1)
    assert (page.total, len(page.customers)) == (count, min(count, 50))
    assert page.customers[0].name == f"Guest {count - 1}"
    assert queries.list_customers(business.pk, page=999).customers == ()

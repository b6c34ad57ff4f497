"""How contacts are written, compared and searched."""

import pytest

from horarium.modules.customers.rules import (
    InvalidCustomerEmail,
    InvalidName,
    InvalidPhone,
    phone_text,
    read_contact,
    read_email,
    read_name,
    read_phone,
    search_terms,
    search_text,
)


@pytest.mark.parametrize(
    ("written", "country", "phone"),
    [
        ("8 (916) 123-45-67", "RU", "+79161234567"),
        ("+7 916 123 45 67", "RU", "+79161234567"),
        ("7 916 1234567", "RU", "+79161234567"),
        ("(916) 123 45 67", "ru", "+79161234567"),
        ("8-800-555-35-35", "RU", "+78005553535"),
        ("9 1234 5678", "CL", "+56912345678"),
        ("09 1234 5678", "CL", "+56912345678"),
        ("56912345678", "CL", "+56912345678"),
        ("2 2345 6789", "CL", "+56223456789"),
        ("912 345 678", "PT", "+351912345678"),
        ("21 234 5678", "PT", "+351212345678"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("00351 912 345 678", "ES", "+351912345678"),
        ("+7 916 123-45-67", "CL", "+79161234567"),
        ("+7\u00a0916\u00a0123\u201145\u201167", "PT", "+79161234567"),
        ("", "RU", ""),
        ("   ", "CL", ""),
    ],
)
def test_a_phone_is_kept_as_e164_with_the_country_of_the_location(
    written: str, country: str, phone: str
) -> None:
    assert read_phone(written, country) == phone


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("123", "RU"),
        ("8 916 123 45 6", "RU"),
        ("+7 916 123", "RU"),
        ("+0 1", "RU"),
        ("99999999", "CL"),
        ("1-800-FLOWERS", "US"),
        ("9161234567 ext. 5", "RU"),
        ("916 123 45 67\r\nBcc: all@example.org", "RU"),
        ("9" * 300, "ES"),
    ],
)
def test_what_cannot_be_called_is_refused_at_its_field(written: str, country: str) -> None:
    with pytest.raises(InvalidPhone) as refused:
        read_phone(written, country, field="customer.phone")
    assert refused.value.field == "customer.phone"
    assert refused.value.code == "customers.phone_invalid"


def test_an_email_is_normalised_and_may_be_missing() -> None:
    assert read_email("  Anna@Example.ORG ") == "anna@example.org"
    assert read_email(" ") == ""
    with pytest.raises(InvalidCustomerEmail) as refused:
        read_email("anna@", field="customer.email")
    assert (refused.value.field, refused.value.code) == ("customer.email", "email.invalid")


def test_a_name_is_one_line_without_control_characters() -> None:
    assert read_name("  Анна\r\n  Петрова\u202e ") == "Анна Петрова"
    for name in ("", " \t\n", "x" * 121):
        with pytest.raises(InvalidName):
            read_name(name)


def test_a_contact_names_its_fields_and_its_search_text() -> None:
    contact = read_contact(name="Léa Ёлкина", email="LEA@x.org", phone="8 916 123 45 67", country="RU")
    assert contact.search == "lea елкина lea@x.org 79161234567"
    with pytest.raises(InvalidName) as refused:
        read_contact(name="", email="", phone="", country="RU", prefix="customer.")
    assert refused.value.field == "customer.name"


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("8 916 123-45-67", ("9161234567",)),
        ("+7 916", ("7916",)),
        ("09 1234 5678", ("912345678",)),
        ("Петр ёлкин", ("петр", "елкин")),
        ("12", ("12",)),
        ("", ()),
    ],
)
def test_a_search_is_folded_and_a_phone_may_be_typed_as_people_do(typed: str, terms: tuple[str, ...]) -> None:
    assert search_terms(typed) == terms
    assert all(term in search_text("Пётр Ёлкин", "", "+79161234567 +56912345678 12") for term in terms)


def test_a_phone_is_shown_as_people_read_it() -> None:
    assert phone_text("+79161234567") == "+7 916 123-45-67"
    assert phone_text("not a phone") == "not a phone"

"""How contacts are written, compared and searched. Pure: no database."""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers

from horarium.kit.errors import InvalidInput
from horarium.kit.text import InvalidEmail, fold, normalise_email

NAME_LENGTH: Final = 120
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_PHONE_LIKE: Final = re.compile(r"[\d\s()+.\-\u2010-\u2015]+")
_PHONE_CHARACTERS: Final = re.compile(r"[\d\s()+./\-\u00a0\u2010-\u2015]+")
_SHORTEST_PHONE_TERM: Final = 4


class InvalidName(InvalidInput):
    """Nobody can be addressed by this."""

    code = "customers.name_invalid"


class InvalidPhone(InvalidInput):
    """Not a number that can be called from the given country."""

    code = "customers.phone_invalid"


class InvalidCustomerEmail(InvalidEmail):
    """An e-mail address that no mail can reach; the code is that of every malformed address."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What a person is recognised by, in its one spelling; empty means not given."""

    name: str
    email: str
    phone: str

    @property
    def search(self) -> str:
        """The folded text that a search looks into: name, e-mail, digits of the phone."""
        return search_text(self.name, self.email, self.phone)


def read_contact(*, name: str, email: str, phone: str, country: str, prefix: str = "") -> Contact:
    """Normalise what was typed. `country` is the location's, as ISO 3166-1 alpha-2.

    Errors name the field with `prefix` before it (`customer.` at the checkout).
    """
    return Contact(
        name=read_name(name, field=f"{prefix}name"),
        email=read_email(email, field=f"{prefix}email"),
        phone=read_phone(phone, country, field=f"{prefix}phone"),
    )


def read_name(text: str, *, field: str = "name") -> str:
    """One line without control characters, with single spaces."""
    name = " ".join(_UNPRINTABLE.sub(" ", text).split())
    if not name:
        raise InvalidName("a name is needed", field=field)
    if len(name) > NAME_LENGTH:
        raise InvalidName(f"longer than {NAME_LENGTH} characters", field=field, params={"max": NAME_LENGTH})
    return name


def read_email(text: str, *, field: str = "email") -> str:
    if not text.strip():
        return ""
    try:
        return normalise_email(text)
    except InvalidEmail as error:
        raise InvalidCustomerEmail(error.message, field=field) from None


def read_phone(text: str, country: str, *, field: str = "phone") -> str:
    """E.164 of an international number, or of a local one as people of the country write it.

    A number of no known range counts when its length fits: new ranges are in use before any table lists
    them, and a refused true number is a lost booking. Left-over trunk prefixes betray a missing digit.
    """
    written = text.strip()
    if not written:
        return ""
    number = _parse(written, country.upper()) if _PHONE_CHARACTERS.fullmatch(written) else None
    if number is None:
        raise InvalidPhone("not a phone number", field=field, params={"country": country})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _parse(written: str, country: str) -> phonenumbers.PhoneNumber | None:
    trunk = phonenumbers.ndd_prefix_for_region(country, True) or "0"
    # A trunk zero that the country has given up (Chile) is still written by many.
    readings = [
        number for spelling in (written, written.lstrip("0")) if (number := _read_as(spelling, country))
    ]
    for number in readings:
        if phonenumbers.is_valid_number(number):
            return number
    for number in readings:
        has_trunk = str(phonenumbers.national_significant_number(number)).startswith(("0", trunk))
        if _has_possible_length(number) and (written.startswith("+") or not has_trunk):
            return number
    return None


def _read_as(written: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None


def _has_possible_length(number: phonenumbers.PhoneNumber) -> bool:
    reason = phonenumbers.is_possible_number_with_reason(number)
    return bool(reason == phonenumbers.ValidationResult.IS_POSSIBLE)


def phone_text(phone: str) -> str:
    """An E.164 number as people read it: `+7 916 123-45-67`."""
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def search_text(name: str, email: str, phone: str) -> str:
    return " ".join(part for part in (fold(name), email, phone.lstrip("+")) if part)


def search_terms(text: str) -> tuple[str, ...]:
    """What must all be found in `search_text`; a phone may be typed with or without its trunk prefix."""
    written = text.strip()
    if _PHONE_LIKE.fullmatch(written):
        digits = re.sub(r"\D", "", written)
        if len(digits) >= _SHORTEST_PHONE_TERM:
            is_russian_trunk = len(digits) == 11 and digits.startswith("8")
            return (digits[1:] if is_russian_trunk else digits.lstrip("0") or digits,)
    return tuple(fold(written).split())

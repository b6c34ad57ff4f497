"""What may be said about a business."""

import pytest

from horarium.kit.errors import InvalidInput
from horarium.platform.tenancy.rules import (
    clean_business,
    clean_location,
    contrast_on_white,
    darkened,
)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("slug", "ab", "slug"),
        ("slug", "Моя студия", "slug"),
        ("slug", "a--b", "slug"),
        ("slug", "-spa", "slug"),
        ("slug", "manage", "reserved"),
        ("name", "  ", "required"),
        ("name", "n" * 121, "too_long"),
        ("type", "casino", "unknown"),
        ("currency", "QQQ", "unknown"),
        ("country", "ZZ", "unknown"),
        ("default_language", "de", "unknown"),
        ("brand_color", "red", "color"),
        ("brand_color", "#ffe000", "contrast"),
        ("email", "nobody", "email"),
        ("website", "javascript:alert(1)", "website"),
        ("translations", {"fr": {}}, "unknown"),
        ("owner", "me", "unknown"),
    ],
)
def test_a_refusal_names_the_field_and_the_reason(field: str, value: object, reason: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        clean_business({field: value})  # type: ignore[misc]
    assert (refusal.value.field, refusal.value.params["reason"]) == (field, reason)


def test_values_are_kept_in_their_plain_form() -> None:
    cleaned = clean_business(
        {"slug": " Spa-Sol ", "name": " Sol ", "currency": "clp", "country": "cl", "email": "HI@Sol.CL"}
    )
    assert cleaned == {
        "slug": "spa-sol",
        "name": "Sol",
        "currency": "CLP",
        "country": "CL",
        "email": "hi@sol.cl",
    }


def test_a_new_business_needs_its_five_facts() -> None:
    with pytest.raises(InvalidInput) as refusal:
        clean_business({"slug": "spa", "name": "Spa", "type": "services", "currency": "EUR"}, is_new=True)
    assert refusal.value.field == "country"


def test_a_location_needs_a_zone_that_exists() -> None:
    with pytest.raises(InvalidInput) as refusal:
        clean_location({"name": "Main", "country": "PT", "time_zone": "Europe/Lisboa"}, is_new=True)
    assert refusal.value.field == "time_zone"


def test_a_pale_colour_is_refused_with_one_that_is_seen() -> None:
    assert darkened("#ffe000") == "#a29000" or contrast_on_white(darkened("#ffe000")) >= 3
    with pytest.raises(InvalidInput) as refusal:
        clean_business({"brand_color": "#FFE000"})
    suggestion = str(refusal.value.params["suggestion"])
    assert clean_business({"brand_color": suggestion}) == {"brand_color": suggestion}

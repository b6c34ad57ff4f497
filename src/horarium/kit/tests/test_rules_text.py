import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.text import InvalidEmail, fold, normalise_email, slugify_ascii


@pytest.mark.parametrize(
    ("given_as", "stored_as"),
    [
        ("anna@example.org", "anna@example.org"),
        ("  Anna.Ivanova+Spa@Example.ORG \n", "anna.ivanova+spa@example.org"),
        ("info@баня.рф", "info@xn--80ab1b7d.xn--p1ai"),
        ("INFO@БАНЯ.РФ", "info@xn--80ab1b7d.xn--p1ai"),
        ("hola@niño.cl", "hola@xn--nio-8ma.cl"),
        ("ключ@example.org", "ключ@example.org"),
        ("o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"),
    ],
)
def test_an_address_has_one_spelling(given_as: str, stored_as: str) -> None:
    assert normalise_email(given_as) == stored_as
    assert normalise_email(stored_as) == stored_as


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "@example.org",
        "anna@",
        "anna@localhost",
        "anna@@example.org",
        "anna@b@example.org",
        "anna ivanova@example.org",
        "anna@exam ple.org",
        "anna@-example.org",
        "anna@exa_mple.org",
        "anna@example..org",
        "anna@example.org.",
        "anna@[127.0.0.1]",
        ".anna@example.org",
        "anna.@example.org",
        "an..na@example.org",
        '"anna"@example.org',
        "anna@example.org\nbcc: all@example.org",
        "anna\u200b@example.org\x00",
        "<anna@example.org>",
        "a" * 65 + "@example.org",
        "anna@" + "a" * 64 + ".org",
        "anna@" + ".".join(["a" * 50] * 6) + ".org",
    ],
)
def test_what_no_mail_can_be_sent_to_is_refused(text: str) -> None:
    with pytest.raises(InvalidEmail) as refusal:
        normalise_email(text)
    assert refusal.value.code == "email.invalid"


@given(st.emails() | st.text(max_size=30).map(lambda text: f"{text}@example.org") | st.text(max_size=40))
def test_any_text_is_either_normalised_for_good_or_refused(text: str) -> None:
    try:
        stored = normalise_email(text)
    except InvalidEmail:
        return
    assert normalise_email(stored) == stored
    assert not re.search(r"\s", stored)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Баня «Ёлки-Палки»", "banya-yolki-palki"),
        ("Щукинский съезд, 5", "shchukinskiy-sezd-5"),
        ("Йога для всех", "yoga-dlya-vsekh"),
        ("Йога", "yoga"),
        ("Año Nuevo: ¡Viña del Mar!", "ano-nuevo-vina-del-mar"),
        ("Pingüino & Güell", "pinguino-guell"),
        ("Київ", "kiyiv"),
        ("Straße", "strasse"),
        ("  --  ", ""),
        ("温泉", ""),
    ],
)
def test_a_slug_is_readable_ascii(text: str, slug: str) -> None:
    assert slugify_ascii(text) == slug


@given(st.text(max_size=40))
def test_a_slug_is_ascii_words_and_stays_as_it_is(text: str) -> None:
    slug = slugify_ascii(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert slugify_ascii(slug) == slug


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ёлка", "елка"),
        ("ÑANDÚ", "nandu"),
        ("Straße", "strasse"),
        ("İzmir", "izmir"),
        ("ﬁt", "fit"),
        ("Йод", "иод"),
    ],
)
def test_a_search_key_knows_neither_case_nor_accents(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text(max_size=40))
def test_a_search_key_stays_as_it_is_and_is_the_same_for_capitals(text: str) -> None:
    assert fold(fold(text)) == fold(text)

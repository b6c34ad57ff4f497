"""What anybody may ask of a business."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision, update_location

from .bed import Api, Salon, problem_of

DAY = "/offerings/haircut/availability?from=2026-12-01&to=2026-12-01"


def test_a_business_shows_what_a_booking_page_needs(api: Api, salon: Salon) -> None:
    answer = api.get(salon.root).json()
    assert answer["slug"] == "salon"
    assert answer["currency"] == "EUR"
    assert answer["languages"] == ["en", "ru"]
    assert answer["needs_phone"] is False
    assert [one["time_zone"] for one in answer["locations"]] == ["Europe/Lisbon"]


def test_texts_follow_the_language_of_the_reader(api: Api, salon: Salon) -> None:
    russian = api.get(salon.root, accept_language="ru-RU,ru;q=0.9")
    assert russian.json()["tagline"] == "Стрижки"
    assert russian.headers["Content-Language"] == "ru"
    assert russian.headers["Vary"] == "Accept-Language"
    assert api.get(salon.root + "?lang=en", accept_language="ru").json()["tagline"] == ""


def test_the_texts_of_a_location_follow_the_language_too(api: Api, salon: Salon) -> None:
    texts = {"ru": {"name": "Главный", "city": "Лиссабон", "directions": "Второй этаж"}}
    update_location(
        salon.business.pk,
        salon.location.public_id,
        Actor.system(),
        city="Lisboa",
        address="Rua 1",
        directions="Second floor",
        translations=texts,
    )

    def texts_of(language: str) -> list[str]:
        [place] = api.get(f"{salon.root}?lang={language}").json()["locations"]
        return [place[name] for name in ("name", "address", "city", "directions")]

    assert texts_of("ru") == ["Главный", "Rua 1", "Лиссабон", "Второй этаж"]
    assert texts_of("es") == ["Main", "Rua 1", "Lisboa", "Second floor"]


def test_offerings_show_terms_and_whom_one_may_choose(api: Api, salon: Salon) -> None:
    haircut, colouring = api.get(salon.root + "/offerings").json()["offerings"]
    assert [one["name"] for one in haircut["resources"]] == ["Anna", "Boris"]
    assert colouring["resources"] == []
    assert haircut["price_from"] == {"minor": 3000, "currency": "EUR", "amount": "30.00"}
    assert colouring["terms"]["prepayment"] == "full"
    assert api.get(f"{salon.root}/offerings/{salon.haircut.public_id}").json() == haircut


def test_a_day_lists_its_free_starts_with_the_offset_of_the_location(api: Api, salon: Salon) -> None:
    answer = api.get(salon.root + DAY).json()
    assert answer["time_zone"] == "Europe/Lisbon"
    [day] = answer["days"]
    assert (day["date"], day["status"], day["reason"]) == ("2026-12-01", "available", None)
    assert len(day["slots"]) == 9
    assert day["slots"][0] == {
        "start": "2026-12-01T10:00:00+00:00",
        "end": "2026-12-01T11:00:00+00:00",
        "price": {"minor": 3000, "currency": "EUR", "amount": "30.00"},
        "resources": [salon.anna.public_id, salon.boris.public_id],
        "places": 2,
    }


def test_a_chosen_person_and_other_wishes_narrow_the_listing(api: Api, salon: Salon) -> None:
    [day] = api.get(f"{salon.root}{DAY}&resource={salon.boris.public_id}&party=2").json()["days"]
    assert len(day["slots"]) == 9
    refusal = problem_of(api.get(f"{salon.root}{DAY}&party=3"))
    assert refusal["errors"] == [
        {"field": "party", "code": "capacity", "message": "This number of people is not possible."}
    ]


def test_reading_again_costs_one_query_and_no_body(api: Api, salon: Salon) -> None:
    first = api.get(salon.root + DAY)
    with CaptureQueriesContext(connection) as queries:
        again = api.get(salon.root + DAY, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        assert api.get(salon.root + "/offerings").status_code == 200
        assert api.get(salon.root).status_code == 200
    assert len(queries) <= 3


def test_a_day_costs_at_most_four_queries_from_cold(api: Api, salon: Salon) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert api.get(salon.root + DAY).status_code == 200
    assert len(queries) <= 4


def test_why_a_start_is_not_free_comes_with_the_nearest_ones(api: Api, salon: Salon) -> None:
    why = salon.root + "/offerings/haircut/availability/why?start="
    closed = api.get(why + "2026-12-01T20:00:00Z").json()
    assert (closed["is_free"], closed["code"]) == (False, "closed")
    assert closed["text"] == "It is closed at this time."
    assert closed["alternatives"][-1]["start"] == "2026-12-01T12:00:00+00:00"
    free = api.get(why + "2026-12-01T10:00:00+00:00").json()
    assert free == {"is_free": True, "code": None, "text": "", "alternatives": []}


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("", "from", "required"),
        ("?from=2026-12-01", "to", "required"),
        ("?from=1764547200&to=2026-12-01", "from", "date"),
        ("?from=2026-02-30&to=2026-12-01", "from", "date"),
        ("?from=0001-01-01&to=2026-12-01", "from", "date"),
        ("?from=2026-12-02&to=2026-12-01", "to", "end_before_start"),
        ("?from=2026-12-01&to=2027-12-01", "to", "range_too_long"),
        ("?from=2026-12-01&to=2026-12-01&duration=45", "duration", "too_short"),
        ("?from=2026-12-01&to=2026-12-01&party=x", "party", "integer"),
        ("?from=2026-12-01&to=2026-12-01&resource=res_unknown", "resource", "resource_unavailable"),
        ("?from=2026-12-01&to=2026-12-01&extras=ext_unknown", "extras", "extra"),
    ],
)
def test_a_wrong_question_names_the_field(api: Api, salon: Salon, query: str, field: str, code: str) -> None:
    refusal = problem_of(api.get(f"{salon.root}/offerings/haircut/availability{query}"))
    assert refusal["status"] == 422
    assert (field, code) in [(one["field"], one["code"]) for one in refusal["errors"]]


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/v1/nothing",
        "/api/v1/public/nobody",
        "/api/v1/public/nobody/offerings",
        "/api/v1/public/salon/offerings/nothing",
        "/api/v1/public/salon/offerings/nothing/availability?from=2026-12-01&to=2026-12-01",
        "/api/v1/public/sal%00on",
        "/api/v1/public/orders/12",
        "/api/v1/manage/nothing/at/all/here",
    ],
)
def test_what_does_not_exist_is_a_problem_too(api: Api, salon: Salon, path: str) -> None:
    if path == "/api":
        path = "/api/"
    assert problem_of(api.get(path))["code"] == "not_found"


def test_a_hidden_offering_looks_like_none(api: Api, salon: Salon) -> None:
    """T-33."""
    salon.haircut.is_public = False
    salon.haircut.save()
    bump_catalog_revision(salon.business.pk)
    hidden = api.get(salon.root + "/offerings/haircut")
    assert hidden.content == api.get(salon.root + "/offerings/nothing").content

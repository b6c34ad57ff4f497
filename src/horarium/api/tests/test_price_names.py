"""Names of prices: written by staff in several languages, read by guests in theirs."""

from __future__ import annotations

from typing import Any

import pytest

from horarium.platform.tenancy.models import Role
from tests.factories import make_member

from .bed import Api, Salon, item, order_body

pytestmark = pytest.mark.django_db
NAMES = {"ru": {"name": "Тихое утро"}}


@pytest.fixture
def named(api: Api, salon: Salon) -> Any:
    """The haircut costs 24 € on a quiet morning; what the API says about that price."""
    api.client.force_login(make_member(salon.business, Role.OWNER).user)
    price = {"basis": "flat", "amount_minor": 2400, "name": "Quiet morning", "translations": NAMES}
    path = f"/api/v1/manage/{salon.business.slug}/offerings/{salon.haircut.public_id}/prices"
    answer = api.send("put", path, {"prices": [price]})
    assert answer.status_code == 200, answer.content
    api.client.logout()
    return answer.json()["prices"][0]


def label(answer: Any) -> str:
    assert answer.status_code in (200, 201), answer.content
    body = answer.json()
    (line,) = (body.get("items") or body["bookings"])[0]["lines"]
    return str(line["label"])


def test_staff_write_and_read_the_names_of_a_price(named: Any) -> None:
    assert (named["name"], named["translations"]) == ("Quiet morning", NAMES)


def test_a_quote_speaks_the_language_of_the_request(api: Api, salon: Salon, named: Any) -> None:
    body = {"items": [item()]}
    assert label(api.post(f"{salon.root}/quotes?lang=ru", body)) == "Тихое утро"
    spanish = api.post(f"{salon.root}/quotes", body, **{"Accept-Language": "es"})
    assert label(spanish) == "Quiet morning"
    assert label(api.post(f"{salon.root}/quotes", body)) == "Quiet morning"


def test_an_order_speaks_the_language_of_its_guest(api: Api, salon: Salon, named: Any) -> None:
    body = order_body(item())
    body["customer"]["locale"] = "ru"
    assert label(api.post(f"{salon.root}/orders", body)) == "Тихое утро"
    later = order_body(item(start="2026-12-01T11:00:00+00:00"))
    assert label(api.post(f"{salon.root}/orders", later)) == "Quiet morning"

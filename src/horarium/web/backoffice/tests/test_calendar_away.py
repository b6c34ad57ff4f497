"""Somebody is away: their bookings and sessions of the time go to colleagues, one by one or together."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from horarium.kit import clock
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.actions_sessions import create_session
from horarium.modules.availability.models import Session
from horarium.modules.availability.rules.session_drafts import SessionDraft
from horarium.platform.audit.actor import Actor
from tests.factories import make_offering

from .spa import at, book, feed, make_spa

pytestmark = pytest.mark.django_db
AWAY = "/manage/spa/calendar/away/"


@pytest.fixture
def house() -> SimpleNamespace:
    return make_spa()


def make_tour(house: SimpleNamespace, hour: int) -> Session:
    """Two hours with Anna, of eight places."""
    walk = make_offering(
        house.location,
        needs=[[house.anna, house.boris]],
        name="City walk",
        mode="session",
        durations=[120],
        capacity=8,
    )
    draft = SessionDraft(walk.public_id, at(house.on, hour), resources=(house.anna.public_id,))
    return create_session(house.business.pk, draft, Actor.system(), clock.now())


def test_a_day_of_somebody_who_is_away_goes_to_the_colleague(house: SimpleNamespace) -> None:
    booking = book(house, 12)
    url = "/manage/spa/calendar/away/"
    told = {"resource": house.anna.public_id, "on": str(house.on), "until_on": str(house.on)}
    page = house.client.get(url, told).content.decode()
    assert "Rita Costa" in page
    value = page.split(f'name="to_{booking.public_id}" value="')[1].split('"')[0]
    form = {
        **told,
        "accept": booking.public_id,
        f"to_{booking.public_id}": value,
        "block": "1",
        "reason": "Ill",
    }
    done = house.client.post(url, form).content.decode()
    assert "1 booking moved" in done
    items = feed(house)["items"]
    assert sorted((one["type"], one["places"]) for one in items) == [
        ("block", "Anna"),
        ("booking", "Boris, Cabin"),
    ]


def test_a_tour_of_somebody_who_is_away_goes_to_the_colleague_together_with_the_bookings(
    house: SimpleNamespace,
) -> None:
    booking, tour = book(house, 12), make_tour(house, 15)
    url = "/manage/spa/calendar/away/"
    told = {"resource": house.anna.public_id, "on": str(house.on), "until_on": str(house.on)}
    page = house.client.get(url, told).content.decode()
    assert "City walk" in page
    assert "0 of 8 places taken" in page
    assert f'name="by_{tour.public_id}" value="{house.boris.public_id}"' in page
    value = page.split(f'name="to_{booking.public_id}" value="')[1].split('"')[0]
    form = {
        **told,
        "accept": booking.public_id,
        f"to_{booking.public_id}": value,
        "accept_session": tour.public_id,
        f"by_{tour.public_id}": house.boris.public_id,
        "block": "1",
        "reason": "Ill",
    }
    done = house.client.post(url, form).content.decode()
    assert "1 booking moved; 1 session given to a colleague" in done
    week = house.client.get("/manage/spa/calendar/", {"on": str(house.on), "view": "sessions"})
    assert '<p class="muted">Boris</p>' in week.content.decode()
    late = house.client.post(url, {**form, "accept": []}).content.decode()
    assert "0 sessions given to colleagues" in late
    assert "Somebody else leads it by now." in late


def test_a_tour_that_no_colleague_can_lead_says_so(house: SimpleNamespace) -> None:
    make_tour(house, 15)
    place_block(
        house.business.pk,
        [house.boris.pk],
        at(house.on, 15),
        at(house.on, 16),
        reason="Dentist",
        actor=Actor.system(),
        now=clock.now(),
    )
    told = {"resource": house.anna.public_id, "on": str(house.on), "until_on": str(house.on)}
    page = house.client.get("/manage/spa/calendar/away/", told).content.decode()
    assert "No colleague is free for all of it." in page
    assert 'name="accept_session"' not in page

"""New bookings at the desk beyond what binds guests: shown, asked why, refused without, and told in the history.

At short notice it is only shown: guests who walk in are every day's work.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django_scopes import scope

from horarium.modules.booking.models import Booking
from horarium.modules.catalog.models import Restriction
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.actions import bump_catalog_revision
from tests.factories import make_offering, make_price, make_resource, make_session, make_ticket_type

from .inn import HTMX, open_inn, page, post

pytestmark = pytest.mark.django_db
NEW, PLAN = "/manage/inn/bookings/new/", "/manage/inn/bookings/new/plan/"
FIELD = 'id="new-reason"'
SOON = "Guests cannot book at such short notice."
FAR = "Guests cannot book so far ahead."


@pytest.fixture
def inn() -> Iterator[SimpleNamespace]:
    """At nine on the first of December; guests book two hours before, and fourteen days ahead."""
    for found in open_inn():
        make_price(found.double, 10_000, basis="per_night")
        found.adult = make_ticket_type(found.walk, 2000, name="Adult")
        found.session = make_session(found.walk, datetime(2026, 12, 1, 9, 30, tzinfo=UTC), capacity=3)
        anna = make_resource(found.location, name="Anna")
        found.massage = make_offering(
            found.location, needs=[[anna]], price=5000, name="Massage", lead_minutes=120, horizon_days=14
        )
        yield found


def massage(inn: SimpleNamespace, **fields: Any) -> dict[str, Any]:
    usual = {"name": "Maria", "offering": inn.massage.public_id, "on": "2026-12-01", "time": "10:00"}
    return {**usual, **fields}


def booked(inn: SimpleNamespace) -> list[Booking]:
    with scope(business=inn.business.pk):
        return list(Booking.objects.order_by("starts_at"))


def noted(inn: SimpleNamespace) -> list[tuple[str, str]]:
    with scope(business=inn.business.pk):
        found = AuditEntry.objects.filter(action="terms.overridden").order_by("id")
        return [((one.after or {})["limit"], (one.after or {})["reason"]) for one in found]


def plan(inn: SimpleNamespace, form: dict[str, Any]) -> str:
    answer = inn.client.get(PLAN, form, headers=HTMX)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_within_the_limits_the_form_asks_for_no_reason(inn: SimpleNamespace) -> None:
    form = massage(inn, time="11:00")
    assert FIELD not in plan(inn, form)
    post(inn, NEW, form)
    assert (len(booked(inn)), noted(inn)) == (1, [])


def test_a_guest_who_walks_in_is_booked_without_a_reason(inn: SimpleNamespace) -> None:
    form = massage(inn)
    shown = plan(inn, form)
    assert (SOON in shown, FIELD in shown) == (True, False)
    post(inn, NEW, form)
    assert (len(booked(inn)), noted(inn)) == (1, [])


def test_a_slot_beyond_a_limit_is_asked_about_at_its_own_field(inn: SimpleNamespace) -> None:
    form = massage(inn, on="2026-12-20")
    shown = plan(inn, form)
    assert (FAR in shown, FIELD in shown) == (True, True)
    refused = unescape(post(inn, NEW, {**form, "reason": "  "}, 422))
    field = refused.split(FIELD)[1].split(">")[0]
    assert ('aria-invalid="true"' in field, "autofocus" in field) == (True, True)
    assert refused.count("autofocus") == 1
    assert "This is needed." in refused
    assert 'value="Maria"' in refused
    assert booked(inn) == []
    post(inn, NEW, {**form, "reason": " A  regular guest "})
    assert noted(inn) == [("horizon", "A regular guest")]
    (one,) = booked(inn)
    sheet = unescape(page(inn, f"/manage/inn/bookings/{one.public_id}/"))
    assert "Beyond the terms or a limit of guests" in sheet
    assert f"{FAR} · A regular guest" in sheet


def test_a_stay_that_is_too_short_for_guests_needs_a_reason(inn: SimpleNamespace) -> None:
    with scope(business=inn.business.pk):
        Restriction.objects.create(
            business=inn.business,
            offering=inn.double,
            first_on=date(2026, 12, 4),
            last_on=date(2026, 12, 5),
            min_nights=3,
        )
    bump_catalog_revision(inn.business.pk)
    form = {"name": "Maria", "offering": inn.double.public_id, "on": "2026-12-04", "until": "2026-12-06"}
    shown = plan(inn, form)
    assert ("Shorter than guests may stay then." in shown, FIELD in shown) == (True, True)
    post(inn, NEW, form, 422)
    assert booked(inn) == []
    post(inn, NEW, {**form, "reason": "A storm"})
    assert noted(inn) == [("min_stay", "A storm")]


def test_tickets_after_the_end_of_the_sale_need_no_reason(inn: SimpleNamespace) -> None:
    form = {"name": "Maria", "offering": inn.walk.public_id, "session": inn.session.public_id}
    form |= {"on": "2026-12-01", f"ticket-{inn.adult.public_id}": "2"}
    shown = plan(inn, form)
    assert ("Guests cannot book this date any more." in shown, FIELD in shown) == (True, False)
    post(inn, NEW, form)
    assert (len(booked(inn)), noted(inn)) == (1, [])


def test_a_series_says_how_many_of_its_dates_break_a_limit(inn: SimpleNamespace) -> None:
    form = massage(inn, on="2026-12-02", repeats="week", times="4")
    shown = plan(inn, form)
    assert ("2 dates: Guests cannot book so far ahead." in shown, FIELD in shown) == (True, True)
    refused = post(inn, NEW, form, 422)
    assert FIELD in refused
    assert booked(inn) == []
    post(inn, NEW, {**form, "reason": "A course"})
    assert [one.starts_at.day for one in booked(inn)] == [2, 9, 16, 23]
    assert noted(inn) == [("horizon", "A course")] * 2


def test_a_visit_beyond_a_limit_needs_a_reason_as_well(inn: SimpleNamespace) -> None:
    path = "/manage/inn/calendar/visit/book/"
    soon, far = (f"{inn.massage.public_id}|2026-12-{day}T10:00:00+00:00|60|1" for day in ("01", "20"))
    shown = unescape(inn.client.get(path, {"item": soon}).content.decode())
    assert (SOON in shown, FIELD in shown) == (True, False)
    shown = unescape(inn.client.get(path, {"item": [soon, far]}).content.decode())
    assert (SOON in shown, FAR in shown, FIELD in shown) == (True, True, True)
    refused = unescape(post(inn, path, {"item": [soon, far], "name": "Rita"}, 422))
    assert "This is needed." in refused
    assert booked(inn) == []
    post(inn, path, {"item": [soon, far], "name": "Rita", "reason": "Agreed by telephone"})
    assert noted(inn) == [("horizon", "Agreed by telephone")]

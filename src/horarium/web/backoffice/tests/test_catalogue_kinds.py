"""Nights, sessions, goods and terms in the catalogue, over HTTP: what comes in, what is refused, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.kit.money import Money
from horarium.modules.availability.models import Schedule, Session, SessionState
from horarium.modules.availability.queries_supplies import read_supplies, supplies_of_products
from horarium.modules.catalog.actions import create_policy, create_rate_plan, create_ticket_type
from horarium.modules.catalog.models import Offering, Policy, Restriction, TicketType
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Tier
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import Company, price_stay
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Member, Role
from tests.factories import make_business, make_location, make_member, make_offering, make_pool, make_resource

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true"}
ROOT = "/manage/inn/catalogue/"
SYSTEM = Actor.system()


@pytest.fixture
def inn() -> Iterator[SimpleNamespace]:
    """A hotel with two double rooms, a tour with a guide, and an owner at the desk."""
    with frozen(NOW):
        business = make_business(slug="inn", type="hotel")
        location = make_location(business, hours="00:00-24:00")
        rooms = make_pool([make_resource(location, kind="room", name=f"Room {n}") for n in (1, 2)])
        guide = make_resource(location, name="Gil")
        double = make_offering(
            location,
            needs=[[rooms]],
            mode="stay",
            durations=[],
            name="Double",
            party_max=4,
            included_guests=2,
        )
        walk = make_offering(
            location, needs=[[guide]], mode="session", durations=[120], capacity=12, party_max=12, name="Walk"
        )
        owner = make_member(business)
        yield SimpleNamespace(
            business=business,
            location=location,
            rooms=rooms,
            guide=guide,
            double=double,
            walk=walk,
            client=client_of(owner),
            of_double=f"{ROOT}offerings/{double.public_id}/",
            of_walk=f"{ROOT}offerings/{walk.public_id}/",
        )


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def page(inn: SimpleNamespace, path: str, **headers: str) -> str:
    response = inn.client.get(path, headers=headers)
    assert response.status_code == 200, path
    return str(response.content.decode())


def post(inn: SimpleNamespace, path: str, form: dict[str, Any], status: int = 302) -> str:
    response = inn.client.post(path, form)
    content = str(response.content.decode())
    assert response.status_code == status, content[:3000]
    return content


def stay_of(inn: SimpleNamespace) -> dict[str, Any]:
    return {
        "name": "Double", "location": inn.location.public_id, "mode": "stay", "check_in": "15:00",
        "check_out": "12:00", "party_min": "1", "party_max": "4", "included_guests": "2", "prepayment": "none",
        "needs.0.id": "", "needs.0.quantity": "1", "needs.0.choices": inn.rooms.public_id,
    }  # fmt: skip


def test_every_page_and_sheet_opens_with_and_without_scripts(inn: SimpleNamespace) -> None:
    ticket = create_ticket_type(inn.business.pk, inn.walk.public_id, SYSTEM, name="Adult")
    plan = create_rate_plan(inn.business.pk, inn.double.public_id, SYSTEM, name="Saver")
    policy = create_policy(inn.business.pk, SYSTEM, name="Fair", cancellation=[Tier(0, 100)])
    paths = [
        f"{ROOT}offerings/new/?mode=slot", f"{ROOT}offerings/new/?mode=stay", f"{ROOT}offerings/new/?mode=session",
        inn.of_double, inn.of_walk, f"{inn.of_double}rates/", f"{inn.of_double}rates/new/",
        f"{inn.of_double}rates/plans/new/", f"{inn.of_double}rates/plans/{plan.public_id}/",
        f"{inn.of_double}restrictions/", f"{inn.of_double}restrictions/?month=2027-02&plan={plan.public_id}",
        f"{inn.of_walk}tickets/", f"{inn.of_walk}tickets/new/", f"{inn.of_walk}tickets/{ticket.public_id}/",
        f"{inn.of_walk}schedule/", f"{inn.of_walk}schedule/new/", f"{inn.of_walk}sessions/new/",
        f"{ROOT}products/", f"{ROOT}products/new/", f"{ROOT}policies/", f"{ROOT}policies/new/",
        f"{ROOT}policies/{policy.public_id}/", "/manage/inn/settings/rules/",
    ]  # fmt: skip
    for path in paths:
        page(inn, path)
        page(inn, path, **HTMX)


def test_who_may_not_write_sees_lists_and_changes_nothing(inn: SimpleNamespace) -> None:
    client = client_of(make_member(inn.business, Role.OPERATOR))
    for path in (
        f"{inn.of_double}rates/",
        f"{inn.of_double}restrictions/",
        f"{ROOT}policies/",
        f"{ROOT}products/",
    ):
        assert client.get(path).status_code == 200
    for path in (
        f"{inn.of_double}rates/new/", f"{inn.of_double}restrictions/", f"{inn.of_walk}tickets/new/",
        f"{inn.of_walk}schedule/new/", f"{ROOT}policies/new/", f"{ROOT}products/new/",
    ):  # fmt: skip
        assert client.post(path, {"name": "x"}).status_code == 403, path
    with scope(business=inn.business.pk):
        assert not Policy.objects.exists()
        assert not Restriction.objects.exists()


def test_a_page_of_another_mode_is_not_there(inn: SimpleNamespace) -> None:
    for path in (f"{inn.of_walk}rates/", f"{inn.of_walk}restrictions/", f"{inn.of_double}tickets/",
                 f"{inn.of_double}schedule/"):  # fmt: skip
        assert inn.client.get(path).status_code == 404


def test_a_hotel_is_asked_for_nights_first_and_a_form_shows_its_own_mode_only(inn: SimpleNamespace) -> None:
    nights, slots = page(inn, f"{ROOT}offerings/new/"), page(inn, f"{ROOT}offerings/new/?mode=slot")
    assert 'name="check_in"' in nights
    assert 'name="duration"' not in nights
    assert 'name="check_in"' not in slots
    assert 'name="duration"' in slots


def test_a_room_type_is_made_with_the_price_of_a_night(inn: SimpleNamespace) -> None:
    form = stay_of(inn) | {
        "name": "Suite", "first_price": "120", "extras.0.id": "", "extras.0.name": "Late departure",
        "extras.0.amount": "20", "extras.0.basis": "flat", "extras.0.extends_after": "180",
    }  # fmt: skip
    post(inn, f"{ROOT}offerings/new/", form)
    catalog = get_current_catalog(inn.business.pk)
    suite = catalog.get_offering("suite", public_only=False)
    assert (suite.mode, suite.check_in, suite.check_out, suite.included_guests) == ("stay", 900, 720, 2)
    assert suite.extras[0].extends_after == 180
    rules = get_price_list(inn.business.pk, catalog.revision)[suite.id]
    quote = price_stay(rules, date(2026, 12, 4), Company(2, 2, included=2), "EUR")
    assert quote is not None
    assert quote.total == Money(24000, "EUR")


def test_saving_a_room_type_leaves_its_seasons_alone(inn: SimpleNamespace) -> None:
    post(inn, f"{inn.of_double}rates/new/", {"night": "100"})
    post(inn, f"{inn.of_double}rates/new/", {"night": "150", "name": "Summer", "valid_from": "2027-06-01"})
    post(inn, inn.of_double, stay_of(inn) | {"mode": "slot", "name": "Double room"})
    with scope(business=inn.business.pk):
        assert Offering.objects.get(pk=inn.double.pk).mode == "stay"
    assert [line.amount_minor for line in rules_of(inn)] == [15000, 10000]


def rules_of(inn: SimpleNamespace) -> Any:
    catalog = get_current_catalog(inn.business.pk)
    return get_price_list(inn.business.pk, catalog.revision).get(inn.double.pk, ())


def total(inn: SimpleNamespace, arrival: date, company: Company) -> int | None:
    quote = price_stay(rules_of(inn), arrival, company, "EUR")
    return None if quote is None else quote.total.minor


def test_a_narrower_line_is_tried_first_and_guests_pay_by_age(inn: SimpleNamespace) -> None:
    """The table of the screen and the price engine agree."""
    path = f"{inn.of_double}rates/new/"
    post(
        inn,
        path,
        {"night": "100", "guest": "30", "ages.0.id": "", "ages.0.until": "11", "ages.0.amount": "10"},
    )
    post(inn, path, {"night": "130", "name": "Weekend", "weekdays": ["4", "5"]})
    post(
        inn,
        path,
        {"night": "200", "name": "Holidays", "valid_from": "2026-12-24", "valid_until": "2027-01-06"},
    )
    post(inn, path, {"night": "90", "min_nights": "7"})
    thursday = date(2026, 12, 3)
    assert total(inn, thursday, Company(2, 2, included=2)) == 10000 + 13000
    assert total(inn, thursday, Company(1, 3, (8,), included=2)) == 10000 + 3000 + 1000
    assert total(inn, date(2026, 12, 24), Company(1, 2, included=2)) == 20000
    shown = page(inn, f"{inn.of_double}rates/")
    assert shown.index("Holidays") < shown.index("Weekend") < shown.index("All year")
    assert "0–11 years" in shown


def test_a_plan_has_prices_of_its_own_before_those_of_all(inn: SimpleNamespace) -> None:
    post(inn, f"{inn.of_double}rates/plans/new/", {"name": "Saver", "prepayment": "full"})
    plan = get_current_catalog(inn.business.pk).get_offering(inn.double.public_id).rate_plans[0]
    path = f"{inn.of_double}rates/new/"
    post(inn, path, {"night": "100"})
    post(inn, path, {"night": "80", "rate_plan": plan.public_id})
    friday = date(2026, 12, 4)
    assert total(inn, friday, Company(1, 2, included=2, rate_plan_id=plan.id)) == 8000
    assert total(inn, friday, Company(1, 2, included=2)) == 10000
    assert "Paid in full." in page(inn, f"{inn.of_double}rates/")


def test_a_price_line_is_changed_moved_and_removed(inn: SimpleNamespace) -> None:
    path = f"{inn.of_double}rates/"
    post(inn, f"{path}new/", {"night": "100", "name": "Usual"})
    post(inn, f"{path}new/", {"night": "150", "name": "Weekend", "weekdays": "5"})

    def line(number: int) -> str:
        with scope(business=inn.business.pk):
            return str(list(PriceRule.objects.order_by("-priority", "-id"))[number].public_id)

    post(inn, f"{path}{line(1)}/", {"night": "110", "name": "Usual"})
    post(inn, f"{path}{line(1)}/earlier/", {})
    assert [one.amount_minor for one in rules_of(inn)] == [11000, 15000]
    post(inn, f"{path}{line(0)}/remove/", {})
    assert [one.amount_minor for one in rules_of(inn)] == [15000]
    assert inn.client.post(f"{path}rate_gone/remove/").status_code == 404


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({}, "This is needed."),
        ({"night": "much"}, "This is not an amount."),
        ({"night": "1", "min_nights": "5", "max_nights": "3"}, "The end comes before the start."),
        (
            {"night": "1", "valid_from": "2027-02-01", "valid_until": "2027-01-01"},
            "The end comes before the start.",
        ),
        ({"night": "1", "ages.0.id": "", "ages.0.amount": "5"}, "Give at least one age."),
    ],
)
def test_a_wrong_price_is_named_and_nothing_is_written(
    inn: SimpleNamespace, form: dict[str, str], shown: str
) -> None:
    assert shown in post(inn, f"{inn.of_double}rates/new/", form, 422)
    assert rules_of(inn) == ()


def test_limits_are_set_for_many_dates_and_shown_on_each(inn: SimpleNamespace) -> None:
    path = f"{inn.of_double}restrictions/"
    post(
        inn,
        path,
        {"first_on": "2026-12-24", "last_on": "2027-01-02", "min_nights": "3", "weekdays": ["4", "5"]},
    )
    post(inn, path, {"first_on": "2026-12-31", "is_closed": "yes"})
    december = page(inn, f"{path}?month=2026-12")
    assert december.count("<span>at least 3</span>") == 4
    assert "Thursday, December 31, closed" in december
    post(inn, path, {"first_on": "2026-12-24", "last_on": "2027-01-02", "min_nights": "0", "is_closed": "no"})
    with scope(business=inn.business.pk):
        assert not Restriction.objects.exists()


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"min_nights": "2"}, "This is needed."),
        ({"first_on": "2026-12-24"}, "Set at least one limit."),
        (
            {"first_on": "2026-12-24", "last_on": "2026-12-01", "min_nights": "2"},
            "The end comes before the start.",
        ),
        ({"first_on": "2026-12-24", "min_nights": "2", "weekdays": "0"}, "None of these weekdays"),
        ({"first_on": "2026-12-24", "min_nights": "5", "max_nights": "2"}, "The longest must be longer"),
    ],
)
def test_wrong_limits_are_named(inn: SimpleNamespace, form: dict[str, str], shown: str) -> None:
    content = post(inn, f"{inn.of_double}restrictions/", form, 422)
    assert shown in content
    with scope(business=inn.business.pk):
        assert not Restriction.objects.exists()


def test_the_second_date_that_is_chosen_ends_the_range(inn: SimpleNamespace) -> None:
    content = page(inn, f"{inn.of_double}restrictions/?month=2026-12&day=2026-12-10")
    assert "day=2026-12-10&amp;until=2026-12-15#set" in content
    chosen = page(inn, f"{inn.of_double}restrictions/?month=2026-12&day=2026-12-10&until=2026-12-15")
    assert chosen.count("is-chosen") == 6


def test_terms_are_written_in_tiers_and_read_in_words(inn: SimpleNamespace) -> None:
    form = {
        "name": "Fair", "no_show_percent": "100",
        "cancellation.0.id": "", "cancellation.0.time": "0", "cancellation.0.unit": "hours",
        "cancellation.0.percent": "100", "cancellation.1.id": "", "cancellation.1.time": "48",
        "cancellation.1.unit": "hours", "cancellation.2.id": "", "cancellation.2.time": "1",
        "cancellation.2.unit": "days", "cancellation.2.percent": "50", "cancellation.2.amount": "5",
    }  # fmt: skip
    words = "Free until 2 days before, 50% + €5 until 24 hr before, then the whole price."
    assert words in post(inn, f"{ROOT}policies/new/", form | {"step": "preview"}, 200)
    post(inn, f"{ROOT}policies/new/", form)
    assert words in page(inn, f"{ROOT}policies/")
    with scope(business=inn.business.pk):
        policy = Policy.objects.get()
    assert [(one["minutes"], one["percent"], one["minor"]) for one in policy.cancellation] == [
        (2880, 0, 0),
        (1440, 50, 500),
        (0, 100, 0),
    ]
    sheet = f"{ROOT}policies/{policy.public_id}/"
    assert 'name="cancellation.1.amount" id="id_cancellation.1.amount" value="5.00"' in page(inn, sheet)
    late = {
        "name": "Fair",
        "cancellation.0.id": "",
        "cancellation.0.time": "2",
        "cancellation.0.unit": "days",
    }
    assert "add a tier of 0 hours" in post(inn, sheet, late, 422)
    post(inn, "/manage/inn/settings/rules/", rules_form(policy.public_id))
    post(inn, f"{sheet}delete/", {})
    with scope(business=inn.business.pk):
        assert Policy.objects.count() == 1
    post(inn, "/manage/inn/settings/rules/", rules_form(""))
    post(inn, f"{sheet}delete/", {})
    with scope(business=inn.business.pk):
        assert not Policy.objects.exists()


def rules_form(policy: str) -> dict[str, str]:
    return {
        "grid_minutes": "15", "lead_minutes": "60", "horizon_days": "90", "hold_minutes": "15",
        "cancel_free_hours": "24", "reminder_hours": "24", "waiting_offer_minutes": "60", "policy": policy,
    }  # fmt: skip


def test_a_new_tour_has_a_first_ticket_with_its_price(inn: SimpleNamespace) -> None:
    form = {
        "name": "Boat", "location": inn.location.public_id, "mode": "session", "duration": "90", "capacity": "8",
        "party_min": "1", "party_max": "8", "prepayment": "full", "first_ticket": "Grown-up", "first_price": "35",
        "needs.0.id": "", "needs.0.quantity": "1", "needs.0.choices": inn.guide.public_id,
    }  # fmt: skip
    post(inn, f"{ROOT}offerings/new/", form)
    catalog = get_current_catalog(inn.business.pk)
    boat = catalog.get_offering("boat", public_only=False)
    assert [(one.name, one.places) for one in boat.ticket_types] == [("Grown-up", 1)]
    [rule] = get_price_list(inn.business.pk, catalog.revision)[boat.id]
    assert (rule.basis, rule.amount_minor, rule.ticket_type_id) == (
        "per_person",
        3500,
        boat.ticket_types[0].id,
    )


def test_tickets_keep_their_prices_apart(inn: SimpleNamespace) -> None:
    path = f"{inn.of_walk}tickets/"
    adult = {
        "name": "Adult",
        "places": "1",
        "max_per_order": "10",
        "prices.0.id": "",
        "prices.0.amount": "20",
    }
    weekend = {
        "prices.1.id": "",
        "prices.1.amount": "25",
        "prices.1.weekdays": ["5", "6"],
        "prices.1.name": "Weekend",
    }
    post(inn, f"{path}new/", adult | weekend)
    post(inn, f"{path}new/", {"name": "Infant", "places": "0", "max_per_order": "2"})
    shown = page(inn, path)
    assert "€20" in shown
    assert "Weekend, Sat, Sun" in shown
    with scope(business=inn.business.pk):
        ticket = TicketType.objects.get(name="Infant")
        assert (ticket.places, ticket.position) == (0, 1)
    post(inn, f"{path}{ticket.public_id}/archive/", {})
    assert "Infant: archived" in page(inn, path)
    assert "Infant" not in page(inn, path)
    assert "Infant" in page(inn, f"{path}?show=archived")
    assert "A number from 1 to 1000." in post(inn, f"{path}new/", {"name": "x", "max_per_order": "0"}, 422)


def test_goods_are_received_counted_and_never_below_what_is_sold(inn: SimpleNamespace) -> None:
    post(
        inn,
        f"{ROOT}products/new/",
        {"name": "Honey", "price": "9.50", "max_per_order": "5", "is_stocked": "on"},
    )
    product = next(iter(get_current_catalog(inn.business.pk).products.values()))
    path = f"{ROOT}products/{product.public_id}/"
    post(inn, f"{path}stock/", {"stock_kind": "receive", "quantity": "12"})
    post(inn, f"{path}stock/", {"stock_kind": "count", "counted": "10", "stock_reason": "Two broken"})
    shown = page(inn, path)
    assert "Two broken" in shown
    assert "\u22122" in shown
    assert "This is needed." in post(inn, f"{path}stock/", {"stock_kind": "count"}, 422)
    with scope(business=inn.business.pk):
        [supply] = supplies_of_products(inn.business.pk, [product.id]).values()
        assert read_supplies(inn.business.pk, [supply], NOW)[supply].free == 10


def schedule_form(**fields: Any) -> dict[str, Any]:
    return {
        "starts": "10:00", "weekdays": ["0", "2"], "first_on": "2026-12-07", "last_on": "2026-12-31",
        "decide_hours": "24", **fields,
    }  # fmt: skip


def sessions(inn: SimpleNamespace) -> list[Session]:
    with scope(business=inn.business.pk):
        return list(Session.objects.filter(state=SessionState.SCHEDULED).order_by("starts_at"))


def test_a_schedule_makes_sessions_that_are_changed_one_by_one_and_from_here_on(inn: SimpleNamespace) -> None:
    path = f"{inn.of_walk}schedule/"
    exceptions = {
        "except.0.id": "",
        "except.0.on": "2026-12-09",
        "dates.0.id": "",
        "dates.0.on": "2026-12-12",
    }
    post(inn, f"{path}new/", schedule_form(**exceptions))
    made = sessions(inn)
    days = [one.starts_at.date().isoformat() for one in made]
    assert days == ["2026-12-07", "2026-12-12", "2026-12-14", "2026-12-16", "2026-12-21", "2026-12-23",
                    "2026-12-28", "2026-12-30"]  # fmt: skip
    assert "Gil" in page(inn, path)
    one = f"{inn.of_walk}sessions/{made[2].public_id}/"
    assert "Change from here on" in page(inn, one)
    post(
        inn, one, {"day": "2026-12-14", "starts": "15:00", "capacity": "6", "resources": inn.guide.public_id}
    )
    with scope(business=inn.business.pk):
        schedule = Schedule.objects.get()
    post(inn, f"{path}{schedule.public_id}/", schedule_form(starts="11:00", from_on="2026-12-21"))
    hours = [f"{one.starts_at:%d %H:%M}" for one in sessions(inn)]
    assert hours == [
        "07 10:00",
        "12 10:00",
        "14 15:00",
        "16 10:00",
        "21 11:00",
        "23 11:00",
        "28 11:00",
        "30 11:00",
    ]
    post(inn, f"{inn.of_walk}sessions/{made[0].public_id}/cancel/", {"reason": "Rain"})
    with scope(business=inn.business.pk):
        assert Session.objects.get(pk=made[0].pk).cancel_reason == "Rain"
        second = Schedule.objects.exclude(pk=schedule.pk).get()
    post(inn, f"{path}{second.public_id}/end/", {})
    assert [f"{one.starts_at:%d}" for one in sessions(inn)] == ["12", "14", "16"]


def test_what_no_guide_is_free_for_is_refused_or_told(inn: SimpleNamespace) -> None:
    post(
        inn,
        f"{inn.of_walk}sessions/new/",
        {"day": "2026-12-07", "starts": "10:30", "resources": inn.guide.public_id},
    )
    refused = post(inn, f"{inn.of_walk}sessions/new/", {"day": "2026-12-07", "starts": "11:00"}, 422)
    assert "field-error" in refused
    past = post(inn, f"{inn.of_walk}sessions/new/", {"day": "2026-11-07", "starts": "11:00"}, 422)
    assert "This time has passed." in past
    response = inn.client.post(f"{inn.of_walk}schedule/new/", schedule_form(), headers=HTMX)
    assert "1 date has no new session" in response["HX-Trigger"]
    assert len(sessions(inn)) == 8
    wrong = post(inn, f"{inn.of_walk}schedule/new/", {"starts": "10:00", "first_on": "2026-12-07"}, 422)
    assert "Choose weekdays, or add single dates below." in wrong


def test_the_pages_cost_the_same_queries_however_long_they_are(inn: SimpleNamespace) -> None:
    paths = [
        f"{inn.of_double}rates/",
        f"{inn.of_double}restrictions/",
        f"{inn.of_walk}schedule/",
        f"{ROOT}products/",
    ]
    post(inn, f"{ROOT}products/new/", {"name": "Honey", "price": "1", "is_stocked": "on"})
    post(inn, f"{inn.of_double}rates/new/", {"night": "100"})
    post(inn, f"{inn.of_walk}schedule/new/", schedule_form(weekdays=["0"]))
    few = [queries(inn, path) for path in paths]
    for number in range(1, 20):
        post(inn, f"{ROOT}products/new/", {"name": f"Jar {number}", "price": "1", "is_stocked": "on"})
        post(inn, f"{inn.of_double}rates/new/", {"night": "90", "min_nights": str(number + 1)})
        post(inn, f"{inn.of_double}restrictions/", {"first_on": f"2026-12-{number:02}", "min_nights": "2"})
    post(inn, f"{inn.of_walk}schedule/new/", schedule_form(starts="15:00", weekdays=["1", "2", "3", "4"]))
    assert [queries(inn, path) for path in paths] == few
    assert max(few) <= 25


def queries(inn: SimpleNamespace, path: str) -> int:
    page(inn, path)
    with CaptureQueriesContext(connection) as captured:
        page(inn, path)
    return len(captured)

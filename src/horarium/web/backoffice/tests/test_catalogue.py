"""The catalogue and the settings over HTTP: who may, what it costs, and what a refusal leaves as it was."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.modules.catalog.models import Offering
from horarium.modules.resources.models import Opening
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import ApiKey, Invitation, Member, Role
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.factories import (
    make_business,
    make_location,
    make_member,
    make_offering,
    make_resource,
    open_week,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world() -> Iterator[SimpleNamespace]:
    with frozen(NOW):
        business = make_business(slug="spa")
        location = make_location(business, hours="09:00-20:00")
        anna = make_resource(location, name="Anna")
        massage = make_offering(location, needs=[[anna]], price=5000, name="Massage")
        owner = make_member(business)
        yield SimpleNamespace(
            business=business,
            location=location,
            anna=anna,
            massage=massage,
            owner=owner,
            client=client_of(owner),
        )


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def read_paths(world: SimpleNamespace) -> list[str]:
    catalogue = [
        "", "categories/", "offerings/new/", f"offerings/{world.massage.public_id}/",
        "resources/", "resources/new/",
        f"resources/{world.anna.public_id}/", "pools/new/", "hours/", f"hours/{world.anna.public_id}/",
        f"hours/{world.location.public_id}/",
    ]  # fmt: skip
    settings = [
        "", "locations/", "locations/new/", f"locations/{world.location.public_id}/", "rules/", "members/",
        "members/invite/", f"members/{world.owner.public_id}/", "keys/", "keys/new/", "widget/", "payments/",
        "profile/",
    ]  # fmt: skip
    return [
        *(f"/manage/spa/catalogue/{one}" for one in catalogue),
        *(f"/manage/spa/settings/{one}" for one in settings),
    ]


def test_an_owner_opens_every_page_and_every_sheet(world: SimpleNamespace) -> None:
    for path in read_paths(world):
        assert world.client.get(path).status_code == 200, path
        assert world.client.get(path, headers=HTMX).status_code == 200, path


def test_a_member_of_another_business_finds_none_of_it(world: SimpleNamespace) -> None:
    other = client_of(make_member(make_business(slug="other")))
    for path in read_paths(world):
        assert other.get(path).status_code == 404, path
        assert other.post(path, {"name": "x"}).status_code in (404, 405), path
    with scope(business=world.business.pk):
        assert Offering.objects.get().name == "Massage"


def test_things_of_another_business_are_not_found_under_ones_own_address(world: SimpleNamespace) -> None:
    client_of_other = client_of(make_member(make_business(slug="other")))
    for path in (
        f"catalogue/offerings/{world.massage.public_id}/",
        f"catalogue/resources/{world.anna.public_id}/",
        f"catalogue/hours/{world.location.public_id}/",
        f"settings/locations/{world.location.public_id}/",
        f"settings/members/{world.owner.public_id}/",
    ):
        assert client_of_other.get(f"/manage/other/{path}").status_code == 404, path


def test_a_reception_sees_the_catalogue_and_changes_nothing(world: SimpleNamespace) -> None:
    """T-42: hidden and refused, not only hidden."""
    client = client_of(make_member(world.business, Role.OPERATOR))
    sheet = f"/manage/spa/catalogue/offerings/{world.massage.public_id}/"
    page = client.get(sheet).content.decode()
    assert "Save" not in page
    assert client.post(sheet, {"name": "Other"}).status_code == 403
    assert client.post(f"{sheet}archive/").status_code == 403
    assert client.post(f"/manage/spa/catalogue/hours/{world.location.public_id}/", {}).status_code == 403
    for path in ("", "locations/", "rules/", "members/", "members/invite/", "keys/", "payments/", "widget/"):
        assert client.get(f"/manage/spa/settings/{path}").status_code == 403, path
    assert client.get("/manage/spa/settings/profile/").status_code == 200
    with scope(business=world.business.pk):
        offering = Offering.objects.get()
        assert (offering.name, offering.is_active) == ("Massage", True)
        assert Opening.objects.count() == 7


def test_the_texts_of_a_location_are_written_in_several_languages(world: SimpleNamespace) -> None:
    sheet = f"/manage/spa/settings/locations/{world.location.public_id}/"
    form = {
        "name": "Main",
        "city": "Lisboa",
        "country": "PT",
        "time_zone": "Europe/Lisbon",
        "is_active": "on",
        "tr.ru.city": "Лиссабон",
        "tr.ru.directions": "Второй этаж",
        "tr.es.directions": " ",
    }
    assert world.client.post(sheet, form).status_code == 302
    world.location.refresh_from_db()
    assert world.location.city == "Lisboa"
    assert world.location.translations == {"ru": {"city": "Лиссабон", "directions": "Второй этаж"}}
    assert "Второй этаж" in world.client.get(sheet).content.decode()
    booking_page = Client().get("/b/spa/", headers={"accept-language": "ru"}).content.decode()
    assert "Лиссабон" in booking_page


def test_keys_are_for_owners_only(world: SimpleNamespace) -> None:
    client = client_of(make_member(world.business, Role.MANAGER))
    form = {"name": "Mine", "scopes": "catalog.read"}
    assert client.post("/manage/spa/settings/keys/new/", form).status_code == 403
    with scope(business=world.business.pk):
        assert ApiKey.objects.count() == 0


def test_a_manager_invites_no_owner(world: SimpleNamespace) -> None:
    client = client_of(make_member(world.business, Role.MANAGER))
    form = {"email": "new@example.org", "role": "owner"}
    response = client.post("/manage/spa/settings/members/invite/", form)
    assert (response.status_code, "Only an owner" in response.content.decode()) == (422, True)
    with scope(business=world.business.pk):
        assert Invitation.objects.count() == 0


def test_the_lists_cost_the_same_queries_however_long_they_are(world: SimpleNamespace) -> None:
    paths = ("/manage/spa/catalogue/", "/manage/spa/catalogue/resources/", "/manage/spa/catalogue/hours/")
    few = [queries(world, path) for path in paths]
    for number in range(40):
        resource = make_resource(world.location, name=f"Person {number}")
        open_week(resource, "10:00-12:00")
        make_offering(world.location, needs=[[resource]], price=100, name=f"Offering {number}")
    assert [queries(world, path) for path in paths] == few
    assert max(few) <= 20


def queries(world: SimpleNamespace, path: str) -> int:
    world.client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert world.client.get(path).status_code == 200
    return len(captured)


def test_new_hours_tell_how_many_bookings_are_outside_of_them_and_leave_them(world: SimpleNamespace) -> None:
    start = NOW + timedelta(days=1, hours=6)
    item = SlotItem(world.massage.public_id, start)
    checkout = Checkout(Contact("Maria Silva", "", "+351 912 345 678"), (item,))
    place_order("spa", checkout, Actor.system(), NOW, staff=True)
    form = {"hours_kind": "own", "week.0.day": "2", "week.0.starts": "9", "week.0.ends": "12"}
    response = world.client.post(f"/manage/spa/catalogue/hours/{world.anna.public_id}/", form, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert "1 booking is outside of these hours" in page
    assert "1 booking is outside" in response["HX-Trigger"]


def test_an_offering_comes_out_of_its_form_as_it_went_in(world: SimpleNamespace) -> None:
    path = f"/manage/spa/catalogue/offerings/{world.massage.public_id}/"
    form = {
        "name": "Massage", "location": world.location.public_id, "duration_kind": "range", "duration_from": "60",
        "duration_to": "120", "duration_step": "30", "starts_kind": "fixed", "fixed_starts": "10:00, 12:30",
        "party_min": "1", "party_max": "2", "prepayment": "deposit_percent", "deposit_percent": "30",
        "lead": "2", "lead_unit": "hours", "tr.ru.name": "Массаж", "is_public": "on", "repeats_up_to": "12",
        "needs.0.id": "", "needs.0.quantity": "1", "needs.0.choices": world.anna.public_id,
        "extras.0.id": "", "extras.0.name": "Oils", "extras.0.amount": "12,50", "extras.0.basis": "per_person",
        "prices.0.id": "", "prices.0.amount": "80", "prices.0.basis": "per_hour", "prices.0.weekdays": ["5", "6"],
        "prices.0.priority": "5", "prices.1.id": "", "prices.1.amount": "60", "prices.1.basis": "per_hour",
    }  # fmt: skip
    assert world.client.post(path, form).status_code == 302
    page = world.client.get(path).content.decode()
    for shown in ("10:00, 12:30", 'value="Массаж"', 'value="12.50"', 'value="80.00"', 'value="30"'):
        assert shown in page, shown
    with scope(business=world.business.pk):
        offering = Offering.objects.get()
        assert (offering.durations, offering.fixed_starts) == ([60, 90, 120], [600, 750])
        assert (offering.lead_minutes, offering.deposit_value, offering.party_max) == (120, 30, 2)
        assert offering.repeats_up_to == 12
        assert offering.translations == {"ru": {"name": "Массаж"}}


def test_a_wrong_price_changes_nothing_of_the_offering(world: SimpleNamespace) -> None:
    path = f"/manage/spa/catalogue/offerings/{world.massage.public_id}/"
    form = {
        "name": "Renamed", "location": world.location.public_id, "duration_kind": "fixed", "duration": "60",
        "party_min": "1", "party_max": "1", "prepayment": "none", "needs.0.id": "", "needs.0.quantity": "1",
        "needs.0.choices": world.anna.public_id, "prices.0.id": "", "prices.0.amount": "10",
        "prices.0.basis": "flat", "prices.0.from_minute": "12:00", "prices.0.until_minute": "10:00",
    }  # fmt: skip
    response = world.client.post(path, form)
    assert (response.status_code, "The end comes before the start." in response.content.decode()) == (
        422,
        True,
    )
    with scope(business=world.business.pk):
        assert Offering.objects.get().name == "Massage"

"""Who gets into the back office, and what they find there."""

import pytest
from django.test import Client

from horarium.platform.tenancy.models import Business, Role
from tests.factories import make_business, make_location, make_member, make_user

pytestmark = pytest.mark.django_db


def signed_in(business: Business, role: str = Role.OWNER, **user_fields: str) -> Client:
    member = make_member(business, role, user=make_user(**user_fields))
    client = Client()
    client.force_login(member.user)
    return client


@pytest.fixture
def business() -> Business:
    found = make_business(slug="spa")
    make_location(found, hours="10:00-20:00")
    return found


def test_who_has_not_signed_in_is_asked_to(business: Business) -> None:
    response = Client().get("/manage/spa/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/manage/spa/")


def test_a_member_of_another_business_finds_nothing_there(business: Business) -> None:
    other = signed_in(make_business(slug="other"))
    assert other.get("/manage/spa/").status_code == 404
    assert other.get("/manage/none/").status_code == 404


def test_an_owner_sees_the_whole_menu(business: Business) -> None:
    page = signed_in(business).get("/manage/spa/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Today" in page.content.decode()


def test_one_business_is_gone_into_at_once(business: Business) -> None:
    response = signed_in(business).get("/manage/")
    assert (response.status_code, response["Location"]) == (302, "/manage/spa/")


def test_several_businesses_are_offered(business: Business) -> None:
    user = make_user()
    make_member(business, user=user)
    make_member(make_business(slug="salon", name="Salon Azul"), Role.OPERATOR, user=user)
    client = Client()
    client.force_login(user)
    page = client.get("/manage/").content.decode()
    assert "/manage/spa/" in page
    assert "/manage/salon/" in page
    assert "Reception" in page


def test_an_account_without_a_business_is_told_what_to_do() -> None:
    client = Client()
    client.force_login(make_user())
    assert "No business yet" in client.get("/manage/").content.decode()


def test_the_page_speaks_the_language_of_the_member_unless_another_was_chosen_here(
    business: Business,
) -> None:
    client = signed_in(business, language="ru")
    assert 'lang="ru"' in client.get("/manage/spa/").content.decode()
    client.cookies["django_language"] = "es"
    assert 'lang="es"' in client.get("/manage/spa/").content.decode()

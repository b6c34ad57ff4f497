"""What a guest has chosen of a stay, of tickets and of extras, read from an address and written into one."""

from datetime import date

from django.http import QueryDict

from horarium.web.components.quantities import read_extras, read_tickets
from horarium.web.storefront.stay_choice import USUAL_AGE, StayChoice

IN, OUT = date(2026, 12, 4), date(2026, 12, 6)


def test_a_stay_survives_the_address() -> None:
    choice = StayChoice(
        check_in=IN,
        check_out=OUT,
        adults=2,
        child_ages=(4, 11),
        rate_plan="plan_a",
        resource="res_b",
        extras=("ext_c", "ext_c"),
        month=date(2026, 12, 1),
    )
    assert StayChoice.of(QueryDict(choice.query()[1:])) == choice
    assert choice.nights == 2


def test_as_many_ages_stand_there_as_children_were_said() -> None:
    more = StayChoice.of(QueryDict("children=3&age=4"))
    assert more.child_ages == (4, USUAL_AGE, USUAL_AGE)
    assert StayChoice.of(QueryDict("children=1&age=4&age=9")).child_ages == (4,)
    assert StayChoice.of(QueryDict("age=400")).child_ages == (17,)


def test_dates_that_no_calendar_shows_are_forgotten() -> None:
    """T-04"""
    choice = StayChoice(check_in=IN, check_out=OUT)
    assert choice.within(date(2026, 12, 5), date(2027, 12, 5)) == StayChoice()
    assert choice.within(date(2026, 12, 4), date(2027, 12, 5)) == choice
    assert StayChoice.of(QueryDict("check_in=yesterday&check_out=2026-13-01")) == StayChoice()


def test_numbers_of_a_form_become_pieces() -> None:
    data = QueryDict("extra-ext_a=2&extra=ext_b&extra-ext_c=0&extra-ext_d=x&extra-ext_e=99999")
    extras = read_extras(data)
    assert extras.count("ext_a") == 2
    assert extras.count("ext_b") == 1
    assert extras.count("ext_c") == extras.count("ext_d") == 0
    assert extras.count("ext_e") == 99


def test_no_tickets_is_another_answer_than_nothing_said() -> None:
    assert read_tickets(QueryDict("session=ses_a")) is None
    assert read_tickets(QueryDict("ticket-tkt_a=0")) == (("tkt_a", 0),)

"""What a guest has chosen, read from an address and written into one."""

from datetime import UTC, date, datetime

from django.http import QueryDict

from horarium.web.storefront.choice import Choice


def test_a_choice_survives_the_address() -> None:
    choice = Choice(
        duration=90,
        party=2,
        resource="res_a",
        extras=("ext_b", "ext_c"),
        month=date(2026, 12, 1),
        day=date(2026, 12, 5),
        start=datetime(2026, 12, 5, 10, tzinfo=UTC),
    )
    assert Choice.of(QueryDict(choice.query()[1:])) == choice


def test_what_cannot_be_read_is_as_if_it_was_not_given() -> None:
    found = Choice.of(QueryDict("duration=long&party=-1&month=May&day=2026-02-30&start=2026-12-01T10:00"))
    assert found == Choice()

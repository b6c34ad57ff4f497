import copy

import pytest

from horarium.kit.errors import Conflict, Forbidden, HorariumError, InvalidInput, NotFound


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidInput, "input.invalid"),
        (NotFound, "not_found"),
        (Forbidden, "forbidden"),
        (Conflict, "conflict"),
    ],
)
def test_every_branch_has_its_code_and_the_code_is_the_default_message(
    error: type[HorariumError], code: str
) -> None:
    assert error.code == code
    assert str(error()) == error().message == code
    assert error().field is None
    assert error().params == {}


def test_an_error_carries_its_field_and_machine_readable_facts() -> None:
    facts = {"least": 2}
    error = InvalidInput("too few guests", field="guests", params=facts)
    facts["least"] = 3
    assert (str(error), error.field, error.params) == ("too few guests", "guests", {"least": 2})


def test_a_copy_of_an_error_keeps_its_facts() -> None:
    error = copy.copy(Conflict("taken", field="start", params={"slot": 1}))
    assert (error.message, error.field, error.params) == ("taken", "start", {"slot": 1})

"""Price lines in the language of the reader."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from horarium.modules.availability.tests.test_rules_solver import offering
from horarium.web.components.terms import price_lines

CUT = offering(name="Cut", translations={"ru": {"name": "Стрижка"}})
LINE: dict[str, Any] = {"label": "Quiet morning", "minor": 2400, "extra": "", "names": {"ru": "Тихое утро"}}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Cut", "Quiet morning")),
        ("ru", ("Стрижка", "Тихое утро")),
        ("es", ("Cut", "Quiet morning")),
    ],
)
def test_the_name_of_a_price_is_told_in_the_language_of_the_reader(
    language: str, told: tuple[str, str]
) -> None:
    with override(language):
        (line,) = price_lines([LINE], CUT, "EUR")
    assert (line.label, line.note) == told


def test_a_line_that_was_frozen_before_there_were_names_is_told_as_it_is() -> None:
    with override("ru"):
        (line,) = price_lines([{"label": "Quiet morning", "minor": 2400, "extra": ""}], CUT, "EUR")
    assert line.note == "Quiet morning"

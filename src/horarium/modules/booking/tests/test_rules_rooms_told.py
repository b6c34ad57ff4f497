"""Whose room guests are told of."""

import pytest

from horarium.modules.booking.rules import may_change_rooms


@pytest.mark.parametrize(
    ("mode", "state", "is_pinned", "expected"),
    [
        ("stay", "held", False, True),
        ("stay", "pending", False, True),
        ("stay", "confirmed", False, True),
        ("stay", "confirmed", True, False),
        ("stay", "checked_in", False, False),
        ("stay", "completed", False, False),
        ("slot", "confirmed", False, False),
        ("session", "confirmed", False, False),
    ],
)
def test_only_a_stay_to_come_that_nobody_pinned_may_change_rooms(
    mode: str, state: str, is_pinned: bool, expected: bool
) -> None:
    assert may_change_rooms(mode, state, is_pinned=is_pinned) is expected

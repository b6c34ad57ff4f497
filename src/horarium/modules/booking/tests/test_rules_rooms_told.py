"""Whose room guests are told of."""

import pytest

from horarium.modules.booking.rules import may_change_rooms


@pytest.mark.parametrize(
    ("mode", "state", "expected"),
    [
        ("stay", "held", True),
        ("stay", "pending", True),
        ("stay", "confirmed", True),
        ("stay", "checked_in", False),
        ("stay", "completed", False),
        ("stay", "cancelled", False),
        ("slot", "confirmed", False),
        ("session", "confirmed", False),
    ],
)
def test_only_a_stay_to_come_may_change_rooms(mode: str, state: str, expected: bool) -> None:
    assert may_change_rooms(mode, state, is_kept=False, has_begun=False) is expected


def test_a_room_that_was_pinned_or_chosen_is_kept() -> None:
    assert not may_change_rooms("stay", "confirmed", is_kept=True, has_begun=False)


def test_who_should_have_come_by_now_keeps_the_room_that_waits_for_them() -> None:
    assert not may_change_rooms("stay", "confirmed", is_kept=False, has_begun=True)

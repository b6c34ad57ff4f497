"""Items keep their content on the way through a cart."""

from datetime import UTC, date, datetime

import pytest

from horarium.workflows.items import (
    Guests,
    Item,
    ProductItem,
    SessionItem,
    SlotItem,
    StayItem,
    item_as_json,
    item_of_json,
)

START = datetime(2026, 12, 1, 10, tzinfo=UTC)
ITEMS: list[Item] = [
    SlotItem("off_cut", START),
    SlotItem("off_cut", START, 60, "res_ana", 2, ("ext_tea", "ext_tea")),
    StayItem("off_double", date(2026, 12, 1), date(2026, 12, 3)),
    StayItem(
        "off_double", date(2026, 12, 1), date(2026, 12, 3), Guests(2, (0, 4)), "plan_a", "res_7", ("ext_x",)
    ),
    SessionItem((("tkt_adult", 2), ("tkt_child", 1)), session="ses_1"),
    SessionItem((("tkt_adult", 1),), offering="off_class", start=START),
    ProductItem("prd_honey", 3),
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda one: type(one).__name__)
def test_an_item_is_the_same_after_it_was_written_down(item: Item) -> None:
    assert item_of_json(item_as_json(item)) == item


def test_what_was_left_open_is_left_out() -> None:
    assert item_as_json(SlotItem("off_cut", START)) == {"offering": "off_cut", "start": START.isoformat()}

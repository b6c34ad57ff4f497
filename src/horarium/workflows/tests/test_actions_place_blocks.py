"""Blocks: what is in the way is named; the time is taken all or not at all, once or many times."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions_blocks import Reach, remove_blocks, restore_blocks
from horarium.modules.availability.models import Block
from horarium.modules.availability.queries import list_blocks
from horarium.modules.availability.queries_blocks import find_block_group
from horarium.modules.availability.rules.blocks import BlockSpan, Repeat, WallTime
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.resources.models import Resource
from horarium.workflows.place_blocks import (
    BlocksCollide,
    BlockWish,
    change_block,
    place_blocks,
    resolve_resources,
    spans_of,
)
from tests.factories import make_location, make_offering, make_pool, make_resource

from .rows import bookings_of, counts, name_of
from .stage import NOW, STAFF, TUESDAY, at, book, make_place, offered

pytestmark = pytest.mark.django_db


def cut_of(people: int = 2, **fields: Any) -> tuple[Offering, list[int]]:
    place = make_place("10:00-14:00")
    staff = [make_resource(place) for _ in range(people)]
    return make_offering(place, needs=[staff], price=3000, **fields), [one.pk for one in staff]


def span(first: str, last: str, *keys: int) -> BlockSpan:
    return BlockSpan(at(first), at(last), keys)


def test_a_block_over_a_booking_names_it_and_takes_nothing() -> None:
    cut, [anna] = cut_of(1, buffer_after=15)
    placed = book(cut, "11:00")
    before = counts()
    with pytest.raises(BlocksCollide) as refused:
        place_blocks(cut.business_id, BlockWish((span("12:00", "13:00", anna),)), actor=STAFF, now=NOW)
    (one,) = refused.value.collisions
    assert (one.kind, one.id, one.title) == ("booking", bookings_of(placed)[0].public_id, "Anna Guest")
    assert (one.starts_at, one.ends_at, one.resource_ids) == (at("11:00"), at("12:00"), (anna,))
    assert counts() == before


def test_a_block_may_go_around_what_is_there() -> None:
    cut, [anna, boris] = cut_of()
    first = book(cut, "11:00")
    wish = BlockWish((span("10:00", "14:00", anna, boris),), "Inventory", around=True)
    placed = place_blocks(cut.business_id, wish, actor=STAFF, now=NOW)
    assert [one.id for one in placed.left_out] == [bookings_of(first)[0].public_id]
    assert offered(cut) == []
    rows = list_blocks(cut.business_id, at("00:00"), at("23:00"))
    assert sorted((f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}", len(one.resource_ids)) for one in rows) == [
        ("10:00-11:00", 1),
        ("10:00-14:00", 1),
        ("12:00-14:00", 1),
    ]
    assert remove_blocks(cut.business_id, placed.ids[0], Reach.ALL, actor=STAFF, now=NOW) == 3


def test_a_block_over_a_block_alone_is_named_too() -> None:
    cut, [anna] = cut_of(1)
    place_blocks(cut.business_id, BlockWish((span("10:00", "11:00", anna),), "Lunch"), actor=STAFF, now=NOW)
    with pytest.raises(BlocksCollide) as refused:
        place_blocks(cut.business_id, BlockWish((span("10:30", "12:00", anna),)), actor=STAFF, now=NOW)
    assert [(one.kind, one.title) for one in refused.value.collisions] == [("block", "Lunch")]


def test_a_weekly_block_is_removed_by_itself_from_here_on_or_altogether() -> None:
    cut, [anna] = cut_of(1)
    catalog = get_current_catalog(cut.business_id)
    time = WallTime(TUESDAY, 600, TUESDAY, 660)
    repeat = Repeat((), TUESDAY + timedelta(days=21))
    spans = spans_of(catalog, [anna], time, repeat)
    placed = place_blocks(cut.business_id, BlockWish(spans, "Lunch", repeat), actor=STAFF, now=NOW)
    assert len(placed.ids) == 4
    group = find_block_group(cut.business_id, placed.ids[2])
    assert group is not None
    assert (group.count, group.following, group.last_on) == (4, 2, repeat.last_on)
    assert remove_blocks(cut.business_id, placed.ids[1], actor=STAFF, now=NOW) == 1
    later = NOW + timedelta(minutes=1)
    assert remove_blocks(cut.business_id, placed.ids[2], Reach.FOLLOWING, actor=STAFF, now=later) == 2
    live = list_blocks(cut.business_id, at("00:00"), at("00:00", date(2027, 1, 1)))
    assert [one.public_id for one in live] == [placed.ids[0]]
    assert restore_blocks(cut.business_id, placed.ids[2], actor=STAFF, now=NOW) == 2
    assert remove_blocks(cut.business_id, placed.ids[0], Reach.ALL, actor=STAFF, now=NOW) == 3
    with pytest.raises(NotFound):
        remove_blocks(cut.business_id, placed.ids[0], Reach.ALL, actor=STAFF, now=NOW)


def test_one_clash_in_a_series_of_blocks_leaves_none_of_them() -> None:
    cut, [anna] = cut_of(1)
    book(cut, "10:00")
    catalog = get_current_catalog(cut.business_id)
    monday = TUESDAY - timedelta(days=1)
    repeat = Repeat((0, 1, 2), TUESDAY + timedelta(days=7))
    spans = spans_of(catalog, [anna], WallTime(monday, 600, monday, 660), repeat)
    before = counts()
    with pytest.raises(BlocksCollide):
        place_blocks(cut.business_id, BlockWish(spans, "Lunch", repeat), actor=STAFF, now=NOW)
    assert counts() == before


def test_a_changed_block_keeps_its_company_and_a_refused_change_keeps_the_block() -> None:
    cut, [anna] = cut_of(1)
    book(cut, "12:00")
    spans = (span("10:00", "10:30", anna), span("11:00", "11:30", anna))
    placed = place_blocks(cut.business_id, BlockWish(spans, "Tea"), actor=STAFF, now=NOW)
    with pytest.raises(BlocksCollide):
        change_block(
            cut.business_id,
            placed.ids[0],
            BlockWish((span("12:30", "13:00", anna),)),
            actor=STAFF,
            now=NOW,
        )
    with scope(business=cut.business_id):
        assert Block.objects.filter(removed_at=None).count() == 2
    moved = change_block(
        cut.business_id, placed.ids[0], BlockWish((span("13:30", "14:00", anna),)), actor=STAFF, now=NOW
    )
    assert remove_blocks(cut.business_id, moved.ids[0], Reach.ALL, actor=STAFF, now=NOW) == 2


def test_resources_are_named_by_themselves_by_pool_by_place_and_all_together() -> None:
    cut, [anna, boris] = cut_of()
    other = make_location(cut.business, hours="10:00-14:00", name="Other")
    cabin = make_resource(other, kind="room")
    with scope(business=cut.business_id):
        pool = make_pool([Resource.objects.get(pk=boris)])
        catalog = get_current_catalog(cut.business_id)
        assert resolve_resources(catalog, [name_of(anna)]) == (anna,)
        assert resolve_resources(catalog, [pool.public_id]) == (boris,)
        assert resolve_resources(catalog, [other.public_id]) == (cabin.pk,)
        assert resolve_resources(catalog, ["all"]) == (anna, boris, cabin.pk)
        for names in (["res_none"], []):
            with pytest.raises(InvalidInput):
                resolve_resources(catalog, names)

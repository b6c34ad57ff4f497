"""Taking and giving back time: the constraint judges, lapsed holds make way, revisions tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions import firm_up, release, retake
from horarium.modules.availability.actions_blocks import place_block, remove_blocks
from horarium.modules.availability.actions_taking import Taking, take
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import Allocation, Block, OwnerKind
from horarium.modules.availability.queries import count_held, list_blocks
from horarium.modules.availability.queries_blocks import get_block
from horarium.modules.availability.rules.blocks import LONGEST_BLOCK
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from tests.factories import make_business, make_location, make_resource

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LAPSE = NOW + timedelta(minutes=15)
SYSTEM = Actor.system()


@pytest.fixture
def anna() -> Resource:
    return make_resource(make_location(make_business()))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 1, hour, minute, tzinfo=UTC)


def taking(resource: Resource, starts: int, ends: int, owner: int) -> Taking:
    return Taking(resource.pk, int(at(starts).timestamp()), int(at(ends).timestamp()), owner)


def grab(*takings: Taking, of: Resource, until: datetime | None = None, now: datetime = NOW) -> None:
    take(of.business_id, takings, owner_kind=OwnerKind.BOOKING, now=now, expires_at=until)


def live(resource: Resource) -> list[tuple[int, str, int]]:
    """`(owner, state, hour of its start)`."""
    with scope(business=resource.business_id):
        found = Allocation.objects.filter(resource=resource).exclude(state="released").order_by("during")
        return [(one.owner_id, str(one.state), one.during.lower.hour) for one in found]


def revision(resource: Resource) -> int:
    with scope(business=resource.business_id):
        return Resource.objects.get(pk=resource.pk).calendar_revision


def test_time_is_taken_for_good_or_held(anna: Resource) -> None:
    before = revision(anna)
    grab(taking(anna, 10, 11, 1), of=anna)
    grab(taking(anna, 11, 12, 2), of=anna, until=LAPSE)
    assert live(anna) == [(1, "taken", 10), (2, "held", 11)]
    assert revision(anna) == before + 2


def test_all_of_it_is_taken_or_none(anna: Resource) -> None:
    """T-01."""
    grab(taking(anna, 10, 11, 1), of=anna)
    before = revision(anna)
    with pytest.raises(NotFree) as refused, transaction.atomic():
        grab(taking(anna, 12, 13, 2), taking(anna, 10, 12, 2), of=anna)
    assert refused.value.code == "availability.slot_taken"
    assert live(anna) == [(1, "taken", 10)]
    assert revision(anna) == before


def test_two_takings_of_one_call_do_not_overlap_either(anna: Resource) -> None:
    with pytest.raises(NotFree), transaction.atomic():
        grab(taking(anna, 10, 12, 1), taking(anna, 11, 13, 2), of=anna)
    assert live(anna) == []


@pytest.mark.parametrize(("starts", "ends"), [(9, 11), (10, 11), (11, 13), (9, 13)])
def test_overlap_counts_not_equality_or_containment(anna: Resource, starts: int, ends: int) -> None:
    """T-10, T-11."""
    grab(taking(anna, 10, 12, 1), of=anna)
    with pytest.raises(NotFree), transaction.atomic():
        grab(taking(anna, starts, ends, 2), of=anna)


def test_a_lapsed_hold_makes_way_at_the_very_instant_and_a_live_one_does_not(anna: Resource) -> None:
    """T-51."""
    grab(taking(anna, 10, 11, 1), of=anna, until=LAPSE)
    with pytest.raises(NotFree), transaction.atomic():
        grab(taking(anna, 10, 11, 2), of=anna, now=LAPSE - timedelta(microseconds=1))
    grab(taking(anna, 10, 11, 2), of=anna, now=LAPSE)
    assert live(anna) == [(2, "taken", 10)]


def test_only_lapsed_holds_in_the_way_are_released(anna: Resource) -> None:
    grab(taking(anna, 10, 11, 1), of=anna, until=LAPSE)
    grab(taking(anna, 12, 13, 2), of=anna, now=LAPSE)
    assert live(anna) == [(1, "held", 10), (2, "taken", 12)]
    assert count_held(anna.business_id, OwnerKind.BOOKING, [1, 2]) == {1: 1}


def test_what_is_given_back_can_be_taken_again(anna: Resource) -> None:
    grab(taking(anna, 10, 11, 1), taking(anna, 12, 13, 1), of=anna)
    before = revision(anna)
    assert release(anna.business_id, OwnerKind.BLOCK, [1]) == 0
    assert release(anna.business_id, OwnerKind.BOOKING, [1]) == 2
    assert release(anna.business_id, OwnerKind.BOOKING, [1]) == 0
    assert revision(anna) == before + 1
    grab(taking(anna, 10, 11, 2), of=anna)


def test_holds_become_taken_time_and_lapse_no_more(anna: Resource) -> None:
    grab(taking(anna, 10, 11, 1), of=anna, until=LAPSE)
    assert firm_up(anna.business_id, OwnerKind.BOOKING, [1]) == 1
    assert firm_up(anna.business_id, OwnerKind.BOOKING, [1]) == 0
    with pytest.raises(NotFree), transaction.atomic():
        grab(taking(anna, 10, 11, 2), of=anna, now=LAPSE + timedelta(days=1))


def test_time_is_retaken_over_the_owner_s_own_and_a_refusal_leaves_the_old(anna: Resource) -> None:
    grab(taking(anna, 10, 12, 1), of=anna)
    grab(taking(anna, 13, 14, 2), of=anna)
    retake(anna.business_id, [taking(anna, 11, 13, 1)], owner_kind=OwnerKind.BOOKING, now=NOW)
    assert live(anna) == [(1, "taken", 11), (2, "taken", 13)]
    with pytest.raises(NotFree):
        retake(anna.business_id, [taking(anna, 12, 14, 1)], owner_kind=OwnerKind.BOOKING, now=NOW)
    assert live(anna) == [(1, "taken", 11), (2, "taken", 13)]


def test_the_database_itself_refuses_overlap_and_a_hold_without_an_end(anna: Resource) -> None:
    """T-01: whatever code writes."""
    grab(taking(anna, 10, 11, 1), of=anna)
    row = {"business_id": anna.business_id, "resource": anna, "owner_kind": "block", "owner_id": 9}
    with pytest.raises(IntegrityError, match="allocation_no_overlap"), transaction.atomic():
        Allocation.objects.create(**row, during=(at(10), at(11)), state="taken")
    with pytest.raises(IntegrityError, match="allocation_hold_expires"), transaction.atomic():
        Allocation.objects.create(**row, during=(at(15), at(16)), state="held")


def test_a_block_takes_all_its_resources_or_none(anna: Resource) -> None:
    boris = make_resource(anna.location)
    block = place_block(
        anna.business_id, [boris.pk, anna.pk, anna.pk], at(10), at(12), reason="Lunch", actor=SYSTEM, now=NOW
    )
    assert get_block(anna.business_id, block.public_id).resource_ids == (anna.pk, boris.pk)
    with pytest.raises(NotFree):
        place_block(
            anna.business_id,
            [make_resource(anna.location).pk, anna.pk],
            at(11),
            at(13),
            reason="",
            actor=SYSTEM,
            now=NOW,
        )
    found = list_blocks(anna.business_id, at(0), at(23))
    assert [(one.public_id, one.reason) for one in found] == [(block.public_id, "Lunch")]
    remove_blocks(anna.business_id, block.public_id, actor=SYSTEM, now=NOW)
    assert live(anna) == live(boris) == []
    assert list_blocks(anna.business_id, at(0), at(23)) == []
    with pytest.raises(NotFound):
        remove_blocks(anna.business_id, block.public_id, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        get_block(anna.business_id, block.public_id)


def test_a_block_has_resources_and_an_interval(anna: Resource) -> None:
    for resources, ends, field in (
        ([anna.pk], at(10), "end"),
        ([anna.pk], at(9), "end"),
        ([anna.pk], at(10) + LONGEST_BLOCK + timedelta(seconds=1), "end"),
        ([], at(11), "resources"),
    ):
        with pytest.raises(InvalidInput) as refused:
            place_block(anna.business_id, resources, at(10), ends, reason="", actor=SYSTEM, now=NOW)
        assert refused.value.field == field
    with scope(business=anna.business_id):
        assert Block.objects.count() == 0


def test_a_block_of_another_business_is_not_found(anna: Resource) -> None:
    other = make_resource(make_location(make_business()))
    block = place_block(other.business_id, [other.pk], at(10), at(11), reason="", actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        remove_blocks(anna.business_id, block.public_id, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        place_block(anna.business_id, [anna.pk, other.pk], at(15), at(16), reason="", actor=SYSTEM, now=NOW)
    assert live(anna) == []
    assert live(other) == [(block.pk, "taken", 10)]

"""Sessions one by one: what they take, moving, resizing, cancelling, deciding."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.actions_sessions import (
    cancel_session,
    change_session,
    create_session,
    decide_session,
    list_sessions_to_decide,
)
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import Session
from horarium.modules.availability.rules.session_drafts import SessionChange, SessionDraft
from horarium.modules.resources.models import Resource
from horarium.platform.audit.models import AuditEntry
from horarium.platform.events.models import OutboxEvent
from tests.factories import make_offering

from .session_scene import (
    LAPSE,
    NOW,
    SYSTEM,
    Tours,
    add_session,
    at,
    facts,
    ids,
    make_tours,
    run_schedule,
    sell,
    sessions,
    taken,
)

pytestmark = pytest.mark.django_db


def change(session: Session, **fields: Any) -> Session:
    return change_session(session.business_id, session.public_id, SessionChange(**fields), SYSTEM, NOW)


def told(tours: Tours) -> list[str]:
    with scope(business=tours.id):
        return list(OutboxEvent.objects.order_by("id").values_list("type", flat=True))


def block(guide: Resource, hour: int) -> None:
    place_block(guide.business_id, [guide.pk], at(hour), at(hour + 1), reason="", actor=SYSTEM, now=NOW)


def test_a_session_takes_a_free_resource_and_the_wished_one_first() -> None:
    tours = make_tours()
    first = add_session(tours, resources=ids(tours.guides[1:]))
    second = add_session(tours, resources=ids(tours.guides[1:]))
    assert taken(tours) == [(1, 1, 10), (0, 1, 10)] or taken(tours) == [(0, 1, 10), (1, 1, 10)]
    assert facts(first).resources == (tours.guides[1].pk,)
    assert facts(second).resources == (tours.guides[0].pk,)
    assert (facts(first).total, facts(first).free, facts(first).minutes) == (10, 10, 120)


def test_what_cannot_be_seated_is_refused_with_the_reason_and_not_created() -> None:
    tours = make_tours(guides=1)
    add_session(tours)
    for start, reason in ((at(11), "taken"), (at(21), "closed")):
        with pytest.raises(NotFree) as refused:
            add_session(tours, start)
        assert refused.value.reason == reason
    block(tours.guides[0], 15)
    with pytest.raises(NotFree) as refused:
        add_session(tours, at(14))
    assert refused.value.reason == "blocked"
    assert len(sessions(tours)) == 1


def test_a_session_without_needs_takes_nothing() -> None:
    tours = make_tours(needs=False)
    assert facts(add_session(tours, at(3))).resources == ()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"duration": 7}, "duration"),
        ({"capacity": 0}, "capacity"),
        ({"min_places": 11}, "min_places"),
        ({"decide_hours": -1}, "decide_hours"),
        ({"starts_at": NOW}, "starts_at"),
        ({"starts_at": at(10, 2)}, "starts_at"),
        ({"resources": ("res_unknown",)}, "resources"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_at_its_field(fields: dict[str, Any], field: str) -> None:
    tours = make_tours()
    with pytest.raises(InvalidInput) as refused:
        add_session(tours, **fields)
    assert refused.value.field == field
    assert sessions(tours) == []


def test_only_offerings_with_sessions_have_sessions() -> None:
    tours = make_tours()
    other = make_offering(tours.offering.location)
    with pytest.raises(InvalidInput) as refused:
        create_session(tours.id, SessionDraft(other.public_id, at(10)), SYSTEM, NOW)
    assert refused.value.field == "offering"


def test_a_session_is_moved_over_its_own_time_and_a_refusal_leaves_it() -> None:
    tours = make_tours(guides=1)
    session = add_session(tours)
    block(tours.guides[0], 14)
    moved = change(session, starts_at=at(11))
    assert (moved.starts_at, moved.ends_at) == (at(11), at(13))
    assert taken(tours) == [(0, 1, 11)]
    with pytest.raises(NotFree) as refused:
        change(session, starts_at=at(13))
    assert refused.value.reason == "blocked"
    assert taken(tours) == [(0, 1, 11)]
    assert facts(session).starts_at == at(11)
    with scope(business=tours.id):
        event = OutboxEvent.objects.get(type="SessionMoved")
    assert event.payload == {"session_id": session.public_id, "was": "2026-12-01T10:00:00+00:00"}


def test_resources_are_changed_and_the_others_kept() -> None:
    tours = make_tours()
    session = add_session(tours, resources=ids(tours.guides[:1]))
    change(session, duration=180)
    assert facts(session).resources == (tours.guides[0].pk,)
    change(session, resources=ids(tours.guides[1:]))
    assert facts(session).resources == (tours.guides[1].pk,)
    assert told(tours) == []


def test_capacity_never_falls_below_what_is_taken() -> None:
    tours = make_tours()
    session = add_session(tours)
    sell(session, 6)
    with pytest.raises(InvalidInput) as refused:
        change(session, capacity=5)
    assert (refused.value.field, refused.value.params["least"]) == ("capacity", 6)
    change(session, capacity=6)
    assert facts(session).free == 0
    change(session, capacity=20)
    assert facts(session).free == 14


def test_a_session_of_a_schedule_that_was_changed_is_its_own_from_then_on() -> None:
    tours = make_tours()
    run_schedule(tours)
    session = sessions(tours)[0]
    assert not session.is_edited
    assert change(session, note="From the other pier").is_edited
    with scope(business=tours.id):
        entry = AuditEntry.objects.get(action="session.changed")
    assert (entry.before, entry.after) == ({"note": ""}, {"note": "From the other pier"})


def test_a_cancelled_session_frees_its_guide_sells_nothing_and_is_told_once() -> None:
    tours = make_tours(guides=1)
    session = add_session(tours)
    sell(session, 2)
    for _ in range(2):
        cancel_session(tours.id, session.public_id, reason="Storm", actor=SYSTEM, now=NOW)
    assert taken(tours) == []
    assert told(tours) == ["SessionCancelled"]
    with pytest.raises(NotFree), transaction.atomic():
        sell(session, 1, 2)
    with pytest.raises(NotFree) as refused:
        change(session, capacity=5)
    assert refused.value.reason == "cancelled"
    add_session(tours)


def test_a_session_with_enough_guests_runs_and_one_without_is_cancelled_at_its_hour() -> None:
    tours = make_tours()
    full, empty = (add_session(tours, min_places=4, decide_hours=2) for _ in range(2))
    sell(full, 4)
    sell(empty, 3, 2)
    early, due = at(8) - timedelta(seconds=1), at(8)
    assert list_sessions_to_decide(early) == []
    assert decide_session(tours.id, full.public_id, early) is None
    assert len(list_sessions_to_decide(due)) == 2
    assert decide_session(tours.id, full.public_id, due) is True
    assert decide_session(tours.id, empty.public_id, due) is False
    assert list_sessions_to_decide(due) == []
    assert told(tours) == ["SessionBelowMinimum", "SessionCancelled"]
    with scope(business=tours.id):
        payload = OutboxEvent.objects.get(type="SessionBelowMinimum").payload
    assert payload == {"session_id": empty.public_id, "sold": 3, "needed": 4}
    assert facts(full).decided_at == due
    assert facts(empty).cancel_reason == "below_minimum"


def test_the_decision_waits_for_those_who_are_paying() -> None:
    tours = make_tours()
    session = add_session(tours, min_places=4)
    sell(session, 3)
    sell(session, 1, 2, until=LAPSE)
    decide = at(10) - timedelta(hours=24)
    assert decide < LAPSE + timedelta(days=1)
    sell_at = decide + timedelta(minutes=1)
    sell(session, 1, 3, until=sell_at + timedelta(minutes=10), now=sell_at)
    assert decide_session(tours.id, session.public_id, sell_at) is None
    assert decide_session(tours.id, session.public_id, sell_at + timedelta(minutes=10)) is False


def test_the_hour_of_decision_moves_with_the_session() -> None:
    tours = make_tours()
    session = add_session(tours, min_places=4, decide_hours=3)
    assert change(session, starts_at=at(12)).decide_at == at(9)
    assert change(session, min_places=0).decide_at is None
    assert change(session, min_places=2, decide_hours=1).decide_at == at(11)


def test_sessions_of_another_business_are_not_found() -> None:
    tours, other = make_tours(), make_tours()
    session = add_session(other)
    for act in (
        lambda: change_session(tours.id, session.public_id, SessionChange(note="x"), SYSTEM, NOW),
        lambda: cancel_session(tours.id, session.public_id, reason="", actor=SYSTEM, now=NOW),
        lambda: decide_session(tours.id, session.public_id, NOW),
    ):
        with pytest.raises(NotFound):
            act()
    assert facts(session).is_scheduled

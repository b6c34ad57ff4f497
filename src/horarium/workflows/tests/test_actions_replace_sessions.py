"""A sick guide: each session gets a free colleague, its time and guests stay, and one that clashes stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_scopes import scope

from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.actions_sessions import cancel_session, change_session
from horarium.modules.availability.models import Allocation, Session
from horarium.modules.availability.rules.session_drafts import SessionChange
from horarium.modules.availability.tests.session_scene import (
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
from horarium.modules.resources.models import Resource
from horarium.platform.audit.models import AuditEntry
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.replace_in_sessions import AcceptedSession
from horarium.workflows.replace_specialist import (
    Absence,
    Accepted,
    Replaced,
    Replacement,
    apply_replacements,
    propose_replacements,
)
from tests.factories import make_need, make_offering, make_resource, open_week

from .rows import told

pytestmark = pytest.mark.django_db


def away(guide: Resource) -> Absence:
    """All of the first of December."""
    return Absence(guide.public_id, at(0), at(0, day=2))


def propose(guide: Resource) -> Replacement:
    return propose_replacements(guide.business_id, away(guide), NOW)


def shown(found: Replacement) -> list[tuple[str, str, str]]:
    return [
        (f"{one.session.starts_at:%d %H:%M}", one.kind, one.instead or one.reason) for one in found.sessions
    ]


def accept(found: Replacement) -> list[Accepted | AcceptedSession]:
    bookings = [Accepted(one.booking.id, one.start, one.instead) for one in found.proposals if one.start]
    led = [AcceptedSession(one.session.public_id, one.instead) for one in found.sessions if one.instead]
    return [*led, *bookings]


def apply(guide: Resource, chosen: list[Accepted | AcceptedSession], reason: str | None = None) -> Replaced:
    return apply_replacements(guide.business_id, away(guide), chosen, reason=reason, actor=SYSTEM, now=NOW)


def led_by(session: Session) -> list[int]:
    return list(facts(session).resources)


def with_guide(tours: Tours, hour: int, number: int = 0) -> Session:
    return add_session(tours, at(hour), resources=(tours.guides[number].public_id,))


def test_each_session_gets_a_free_colleague_and_proposals_see_one_another() -> None:
    tours = make_tours(guides=3)
    anna, boris, vera = tours.guides
    first, second = with_guide(tours, 10), with_guide(tours, 14)
    with_guide(tours, 10, number=1)
    place_block(tours.id, [vera.pk], at(17), at(18), reason="Call", actor=SYSTEM, now=NOW)
    found = propose(anna)
    assert shown(found) == [
        ("01 10:00", "colleague", vera.public_id),
        ("01 14:00", "colleague", boris.public_id),
    ], "Boris is busy at ten; at two he has less to do that day than Vera"
    assert found.proposals == ()
    done = apply(anna, accept(found), reason="Ill")
    assert [(one.session, one.reason) for one in done.sessions] == [
        (first.public_id, None),
        (second.public_id, None),
    ]
    assert (led_by(first), led_by(second)) == ([vera.pk], [boris.pk])
    assert (facts(first).starts_at, facts(second).starts_at) == (at(10), at(14))
    assert (len(done.blocks), done.left) == (1, ())


def test_the_exchange_is_audited_and_guests_are_not_told() -> None:
    tours = make_tours()
    anna, boris = tours.guides
    session = with_guide(tours, 10)
    sell(session, 4)
    before = told(tours.id)
    apply(anna, accept(propose(anna)))
    with scope(business=tours.id):
        entry = AuditEntry.objects.get(action="session.changed")
    assert (entry.subject_id, entry.before, entry.after) == (
        session.public_id,
        {"resources": [anna.pk]},
        {"resources": [boris.pk]},
    )
    assert (facts(session).taken, told(tours.id)) == (4, before)


def test_without_a_free_colleague_there_is_no_proposal_and_the_session_is_blocked_around() -> None:
    tours = make_tours()
    anna, boris = tours.guides
    session = with_guide(tours, 10)
    place_block(tours.id, [boris.pk], at(11), at(12), reason="Dentist", actor=SYSTEM, now=NOW)
    found = propose(anna)
    assert shown(found) == [("01 10:00", "none", "blocked")]
    done = apply(anna, accept(found), reason="Ill")
    assert (done.sessions, [one.id for one in done.left]) == ((), [session.public_id])
    assert led_by(session) == [anna.pk]


def test_a_colleague_must_be_there_for_the_buffers_as_well() -> None:
    tours = make_tours(buffer_after=30)
    anna, boris = tours.guides
    with_guide(tours, 10)
    place_block(tours.id, [boris.pk], at(12, 25), at(13), reason="Lunch", actor=SYSTEM, now=NOW)
    assert shown(propose(anna)) == [("01 10:00", "none", "blocked")]


def test_a_colleague_who_does_not_work_then_is_not_proposed() -> None:
    tours = make_tours()
    anna, boris = tours.guides
    open_week(boris, "14:00-20:00")
    with_guide(tours, 10)
    assert [one.kind for one in propose(anna).sessions] == ["none"]


def test_everything_else_that_the_session_has_stays_with_it() -> None:
    tours = make_tours()
    place = tours.offering.location
    boats = [make_resource(place, kind="vehicle") for _ in range(3)]
    make_need(tours.offering, boats, position=1)
    anna, boris = tours.guides
    session = add_session(tours, at(10), resources=ids([anna, boats[2]]))
    apply(anna, accept(propose(anna)))
    assert led_by(session) == [boris.pk, boats[2].pk]


def test_a_session_keeps_its_guide_when_the_colleague_has_been_taken_meanwhile() -> None:
    """A third one would be free, but nobody said yes to them."""
    tours = make_tours(guides=3)
    anna, boris, vera = tours.guides
    first, second = with_guide(tours, 10), with_guide(tours, 14)
    chosen = [AcceptedSession(one.public_id, boris.public_id) for one in (first, second)]
    place_block(tours.id, [boris.pk], at(10), at(11), reason="Dentist", actor=SYSTEM, now=NOW)
    done = apply(anna, [*chosen])
    assert [one.reason for one in done.sessions] == ["taken", None]
    assert (led_by(first), led_by(second)) == ([anna.pk], [boris.pk])
    assert (1, 1, 10) not in taken(tours)
    assert vera.pk not in led_by(first)


def test_what_has_changed_meanwhile_is_said_and_nothing_happens_to_it() -> None:
    tours = make_tours(guides=3)
    anna, boris, vera = tours.guides
    cancelled, exchanged = with_guide(tours, 10), with_guide(tours, 14)
    chosen = accept(propose(anna))
    cancel_session(tours.id, cancelled.public_id, reason="Storm", actor=SYSTEM, now=NOW)
    change = SessionChange(resources=(vera.public_id,))
    change_session(tours.id, exchanged.public_id, change, SYSTEM, NOW)
    done = apply(anna, [*chosen, AcceptedSession("ses_none", boris.public_id)])
    assert [one.reason for one in done.sessions] == ["cancelled", "state", "state"]
    assert led_by(exchanged) == [vera.pk]


def test_who_does_not_serve_the_offering_cannot_be_put_in() -> None:
    tours = make_tours()
    anna, _boris = tours.guides
    stranger = make_resource(tours.offering.location)
    session = with_guide(tours, 10)
    done = apply(anna, [AcceptedSession(session.public_id, stranger.public_id)])
    assert [one.reason for one in done.sessions] == ["resource_unavailable"]
    assert led_by(session) == [anna.pk]


def test_sessions_come_before_bookings_because_their_time_cannot_change() -> None:
    """The only colleague goes to the tour; the private walk at the same hour gets another time."""
    tours = make_tours()
    anna, boris = tours.guides
    place = tours.offering.location
    walk = make_offering(place, price=2000, durations=[60])
    make_need(walk, [anna, boris], is_choosable=True)
    contact = Contact("Rita", "rita@example.org")
    item = SlotItem(walk.public_id, at(9), resource=anna.public_id)
    place_order(tours.business.slug, Checkout(contact, (item,)), SYSTEM, NOW, staff=True)
    session = with_guide(tours, 10)
    place_block(tours.id, [boris.pk], at(8), at(10), reason="Late", actor=SYSTEM, now=NOW)
    found = propose(anna)
    assert shown(found) == [("01 10:00", "colleague", boris.public_id)]
    assert [(one.kind, one.start, one.instead) for one in found.proposals] == [
        ("time", at(12), boris.public_id)
    ]
    done = apply(anna, accept(found), reason="Ill")
    assert ([one.reason for one in done.sessions], [one.reason for one in done.outcomes]) == ([None], [None])
    assert led_by(session) == [boris.pk]
    assert done.left == ()


def test_a_session_of_a_schedule_that_got_a_colleague_is_left_alone_by_it() -> None:
    tours = make_tours()
    anna, boris = tours.guides
    run_schedule(tours, resources=(anna.public_id,))
    apply(anna, accept(propose(anna)))
    first, second = sessions(tours)[:2]
    assert (first.is_edited, led_by(first)) == (True, [boris.pk])
    assert (second.is_edited, led_by(second)) == (False, [anna.pk])


def test_the_old_time_is_given_back_in_the_same_step() -> None:
    tours = make_tours()
    anna, _boris = tours.guides
    session = with_guide(tours, 10)
    apply(anna, accept(propose(anna)))
    assert taken(tours) == [(1, 1, 10)]
    with scope(business=tours.id):
        assert Allocation.objects.filter(resource=anna, state="released").count() == 1
    again = with_guide(tours, 10)
    assert led_by(again) == [anna.pk], "their time is free again"
    assert facts(session).ends_at - facts(session).starts_at == timedelta(hours=2)

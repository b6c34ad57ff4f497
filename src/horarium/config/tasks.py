"""What the worker does by the clock across modules. Nothing here decides whether a time is free."""

from horarium.kit.clock import now
from horarium.modules.availability.actions_schedules import fill_schedule
from horarium.platform.jobs.declare import job, periodic
from horarium.platform.tenancy.scope import business_scope
from horarium.workflows.approve_booking import expire_requests
from horarium.workflows.poll_payments import poll_payments
from horarium.workflows.run_sessions import (
    CANCEL_GUESTS,
    FILL_SCHEDULE,
    cancel_guests_of_order,
    close_empty_sessions,
    decide_sessions,
    fill_schedules,
)
from horarium.workflows.tidy_bookings import complete_past_bookings, expire_lapsed_orders
from horarium.workflows.waiting_list import RUN, run_all_waiting_lists, run_waiting_list


@periodic("* * * * *", name="booking.expire_lapsed_orders")
def expire() -> None:
    expire_lapsed_orders(now())
    expire_requests(now())


@periodic("*/5 * * * *", name="booking.complete_past_bookings")
def complete() -> None:
    complete_past_bookings(now())


@periodic("*/2 * * * *", name="payments.poll")
def poll() -> None:
    poll_payments(now())


@job(RUN)
def offer_freed_time(business_id: int) -> None:
    with business_scope(business_id):
        run_waiting_list(business_id, now())


@periodic("*/5 * * * *", name="booking.run_all_waiting_lists")
def offer_all_freed_time() -> None:
    run_all_waiting_lists(now())


@periodic("20 2 * * *", name="sessions.fill_schedules")
def fill() -> None:
    fill_schedules()


@job(FILL_SCHEDULE)
def fill_one(business_id: int, schedule_id: str) -> None:
    fill_schedule(business_id, schedule_id, now())


@periodic("*/5 * * * *", name="sessions.decide")
def decide() -> None:
    decide_sessions(now())


@periodic("*/3 * * * *", name="sessions.close_empty")
def close_empty() -> None:
    close_empty_sessions(now())


@job(CANCEL_GUESTS)
def cancel_guests(business_id: int, session_id: str, order_id: str) -> None:
    cancel_guests_of_order(business_id, session_id, order_id, now())

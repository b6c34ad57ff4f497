"""What the worker does by the clock across modules. Nothing here decides whether a time is free."""

from horarium.kit.clock import now
from horarium.platform.jobs.declare import periodic
from horarium.workflows.poll_payments import poll_payments
from horarium.workflows.tidy_bookings import complete_past_bookings, expire_lapsed_orders


@periodic("* * * * *", name="booking.expire_lapsed_orders")
def expire() -> None:
    expire_lapsed_orders(now())


@periodic("*/5 * * * *", name="booking.complete_past_bookings")
def complete() -> None:
    complete_past_bookings(now())


@periodic("*/2 * * * *", name="payments.poll")
def poll() -> None:
    poll_payments(now())

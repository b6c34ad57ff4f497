"""Refusals about orders and bookings.

HorariumError
├── NotFound
│   └── OrderNotFound        order.not_found       unknown, or the link is wrong or has run out
└── Conflict
    ├── IllegalTransition    booking.state         the booking's state does not allow this
    ├── DeadlinePassed       booking.deadline_passed  the terms let guests do this earlier, or not at all
    ├── OrderExpired         order.expired         the hold has run out
    ├── PaymentDue           order.payment_due     a hold that must be paid, not merely accepted
    └── ApprovalExpired      booking.approval_expired  the time to decide about the request has passed
"""

from __future__ import annotations

from horarium.kit.errors import Conflict, NotFound


class OrderNotFound(NotFound):
    code = "order.not_found"


class IllegalTransition(Conflict):
    code = "booking.state"


class DeadlinePassed(Conflict):
    """`params`: `action` is `cancel` or `reschedule`."""

    code = "booking.deadline_passed"


class OrderExpired(Conflict):
    code = "order.expired"


class PaymentDue(Conflict):
    code = "order.payment_due"


class ApprovalExpired(Conflict):
    """Its time may have been sold to others since."""

    code = "booking.approval_expired"

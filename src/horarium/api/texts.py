"""What each code means, for people: the one table behind every refusal of the API.

`docs/reference/errors.md` is written from it, and a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Text:
    """The usual HTTP status of a code, its short title and one sentence on what to do."""

    status: int
    title: str
    detail: str


PROBLEMS: dict[str, Text] = {
    "request.malformed": Text(400, _("Not JSON"), _("The body of the request is not well-formed JSON.")),
    "auth.required": Text(401, _("Sign in first"), _("Send an API key or sign in.")),
    "auth.csrf": Text(403, _("Check of origin failed"), _("Send the CSRF token with a session's request.")),
    "forbidden": Text(403, _("Not allowed"), _("Your role or key does not allow this.")),
    "not_found": Text(404, _("Not found"), _("There is nothing here, or it is not for you.")),
    "order.not_found": Text(404, _("Order not found"), _("The link is wrong or has run out.")),
    "method_not_allowed": Text(405, _("Wrong method"), _("This address does not answer this method.")),
    "request.too_large": Text(413, _("Too large"), _("The body of the request is too large.")),
    "request.media_type": Text(415, _("Wrong type of content"), _("Send the body as application/json.")),
    "input.invalid": Text(422, _("Please check what you sent"), _("Some fields cannot be accepted.")),
    "idempotency.mismatch": Text(
        422, _("Key used before"), _("This Idempotency-Key came with another request before. Use a new one.")
    ),
    "rate_limited": Text(429, _("Too many requests"), _("Please wait a little and try again.")),
    "internal": Text(500, _("Something went wrong"), _("It is our fault and we have been told.")),
    "unavailable": Text(503, _("Not available now"), _("Please try again in a moment.")),
    "conflict": Text(409, _("Not possible now"), _("The present state does not allow this.")),
    "idempotency.in_flight": Text(
        409,
        _("Still being worked on"),
        _("The first request with this Idempotency-Key has not been answered yet."),
    ),
    "availability.slot_taken": Text(
        409,
        _("This time has just been taken"),
        _("Please choose another time; the nearest free ones are listed."),
    ),
    "availability.closed": Text(
        409, _("Closed at this time"), _("Please choose a time within the opening hours.")
    ),
    "availability.blocked": Text(
        409, _("Not offered at this time"), _("Please choose another time; the nearest free ones are listed.")
    ),
    "availability.lead_time": Text(
        409, _("Too soon"), _("This time is too close. Please choose a later one.")
    ),
    "availability.horizon": Text(409, _("Too far ahead"), _("This date cannot be booked yet.")),
    "availability.off_grid": Text(
        409, _("No start at this minute"), _("Please choose one of the listed starting times.")
    ),
    "availability.resource_unavailable": Text(
        409,
        _("Not available for this"),
        _("What you chose cannot be booked for this. Please choose another."),
    ),
    "availability.min_stay": Text(
        409, _("Too few nights"), _("A stay at this time is longer. Please choose more nights.")
    ),
    "availability.max_stay": Text(
        409, _("Too many nights"), _("A stay at this time is shorter. Please choose fewer nights.")
    ),
    "availability.closed_to_arrival": Text(
        409, _("No arrival on this day"), _("Please choose another day of arrival.")
    ),
    "availability.closed_to_departure": Text(
        409, _("No departure on this day"), _("Please choose another day of departure.")
    ),
    "availability.capacity": Text(
        409,
        _("Not enough left"),
        _("There is less left than you asked for. Please choose fewer, or another date."),
    ),
    "availability.cutoff": Text(
        409, _("Booking is closed"), _("It is too late to book this date. Please choose another one.")
    ),
    "availability.cancelled": Text(
        409, _("Cancelled"), _("This date does not take place. Please choose another one.")
    ),
    "booking.state": Text(
        409, _("Not possible any more"), _("The state of the booking does not allow this.")
    ),
    "booking.deadline_passed": Text(
        409,
        _("Too late to do it yourself"),
        _("The terms do not allow this any more. Please contact the business."),
    ),
    "order.expired": Text(409, _("The hold has run out"), _("Please choose a time and book again.")),
    "order.payment_due": Text(
        409, _("To be paid first"), _("This time is yours as soon as what is due now has been paid.")
    ),
    "series.clash": Text(
        409,
        _("Some dates are not free"),
        _("Nothing was changed. Choose another time for the dates that are listed, or leave them out."),
    ),
    "booking.approval_expired": Text(
        409,
        _("Too late to confirm"),
        _("The time to decide about this request has passed, and its time is free for others again."),
    ),
    "payments.bad_signature": Text(
        400, _("Not from the gateway"), _("The signature of the callback is wrong.")
    ),
    "availability.collides": Text(
        409,
        _("Some of this time is taken"),
        _(
            "Bookings, sessions or blocks are in the way; they are listed. Move them, or leave out their time."
        ),
    ),
    "payments.unknown_gateway": Text(404, _("No such way to pay"), _("Please choose another way to pay.")),
    "payments.not_found": Text(
        404, _("Payment not found"), _("There is no such payment, or it is not for you.")
    ),
    "payments.nothing_due": Text(409, _("Nothing to pay"), _("Nothing is due for this order now.")),
    "payments.too_much": Text(409, _("Too much"), _("The amount is more than is due.")),
    "payments.gateway_refused": Text(
        409, _("The payment system refused"), _("Please choose another way to pay or contact the business.")
    ),
    "payments.gateway_unavailable": Text(
        503, _("The payment system does not answer"), _("Please try again in a moment.")
    ),
    "customers.contact_taken": Text(
        409, _("Contact already known"), _("Another customer has this e-mail or phone.")
    ),
    "tenancy.last_owner": Text(409, _("The last owner"), _("A business needs at least one owner.")),
    "tenancy.owners_only": Text(403, _("For owners only"), _("Only an owner may do this.")),
    "tenancy.already_member": Text(409, _("Already a member"), _("This person already works here.")),
    "tenancy.invitation_gone": Text(404, _("Invitation gone"), _("The invitation has run out or was used.")),
    "tenancy.invitation_for_other": Text(
        403, _("For somebody else"), _("The invitation is for another address.")
    ),
    "identity.account_exists": Text(
        409, _("Account exists"), _("There is an account with this e-mail already.")
    ),
    "identity.sign_in_link_gone": Text(
        404, _("Link used or run out"), _("Please ask for a new sign-in link.")
    ),
    "messaging.delivery_failed": Text(
        409, _("Not delivered"), _("The mail server has not taken the message.")
    ),
    "tenancy.permission_missing": Text(403, _("Not allowed"), _("Your role or key does not allow this.")),
}

FIELDS: dict[str, str] = {
    "required": _("This is needed."),
    "unknown_field": _("There is no such field."),
    "too_long": _("This is too long."),
    "too_short": _("This is too short."),
    "out_of_range": _("This is outside of what is possible."),
    "instant": _("Write a date and time such as 2026-12-01T10:00:00+03:00."),
    "zone_missing": _("The time needs its offset, such as +03:00 or Z."),
    "date": _("Write a date such as 2026-12-01, within reach of the calendar."),
    "not_allowed": _("This is not one of the possible values."),
    "integer": _("Write a whole number."),
    "text": _("Write a text."),
    "boolean": _("Write true or false."),
    "list": _("Write a list."),
    "object": _("Write an object."),
    "invalid": _("This cannot be accepted."),
    "items": _("Between 1 and 60 items fit into one order."),
    "needs_offering": _("This goes together with another offering only: add that to the order, too."),
    "duration": _("This length is not on offer."),
    "capacity": _("This number of people is not possible."),
    "extra": _("There is no such extra here."),
    "resource_unavailable": _("This cannot be chosen here."),
    "end_before_start": _("The end must come after the start."),
    "range_too_long": _("This range is too long."),
    "range": _("This range is empty."),
    "start_outside_day": _("The start must lie within the day."),
    "not_five_minutes": _("Use steps of five minutes."),
    "weekday": _("There is no such weekday."),
    "overlap": _("These hours overlap."),
    "taken": _("This is already in use."),
    "unknown": _("This is not known here."),
    "url": _("Write a full address that begins with https:// or http://."),
    "color": _("Write a colour such as #2f6f62."),
    "in_use": _("This is still in use."),
    "mode": _("This is not for offerings of this kind."),
    "one_place": _("All of this must be at one place."),
    "mode_fixed": _("An offering stays of its kind."),
    "only_one": _("Only one fits here."),
    "too_many": _("There are too many."),
    "too_many_included": _("No more than the most who may come."),
    "after_check_in": _("Check-out must come before check-in, so that the next guest finds the room free."),
    "twice": _("Two tiers have the same time."),
    "tiers_end_early": _("Say what cancelling costs until the very start: the last tier is of 0 minutes."),
    "below_taken": _("More than that are sold or held already."),
    "not_stocked": _("The pieces of this product are not counted."),
    "nothing_set": _("Set at least one limit."),
    "no_such_day": _("None of these weekdays lies between the dates."),
    "rate_plan": _("There is no such rate plan here."),
    "ticket_type": _("There is no such ticket type here."),
    "email.invalid": _("This is not an e-mail address."),
    "customers.phone_invalid": _("This is not a phone number."),
    "customers.name_invalid": _("Please write a name of at most 120 characters."),
    "zone.unknown": _("There is no such time zone."),
    "money.unknown_currency": _("This currency is not supported."),
    "money.invalid_amount": _("This is not an amount."),
    "slug": _("Use 3 to 60 lower-case letters, digits and single hyphens."),
    "reserved": _("This address belongs to the installation itself."),
    "website": _("Write a full address that begins with https:// or http://."),
    "email": _("This is not an e-mail address."),
    "contrast": _("This colour is too pale to be seen on white."),
    "account": _("There is no such account."),
    "amount": _("This is not an amount."),
    "length": _("This is too long or too short."),
    "too_large": _("This is too large."),
    "tenancy.slug_taken": _("This address is already in use."),
    "tenancy.currency_fixed": _("A business keeps its currency."),
    "files.invalid_image": _("This is not a picture that can be used here."),
    "money.currency_mismatch": _("These amounts are in different currencies."),
    "period.invalid": _("The end must come after the start."),
    "idempotency.key": _("An Idempotency-Key has 1 to 255 visible ASCII characters."),
}

REASONS: dict[str, str] = {
    "closed": _("It is closed at this time."),
    "taken": _("This time is taken."),
    "blocked": _("This time is not offered."),
    "lead_time": _("This time is too close."),
    "horizon": _("This date cannot be booked yet."),
    "off_grid": _("Bookings do not start at this minute."),
    "resource_unavailable": _("Nobody or nothing suitable is there at this time."),
    "min_stay": _("A stay at this time has more nights."),
    "max_stay": _("A stay at this time has fewer nights."),
    "closed_to_arrival": _("Nobody arrives on this day."),
    "closed_to_departure": _("Nobody leaves on this day."),
    "capacity": _("There is less left than that."),
    "cutoff": _("It is too late to book this date."),
    "cancelled": _("This date does not take place."),
}

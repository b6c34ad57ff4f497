"""The words of each message, in the active language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import pgettext


@dataclass(frozen=True, slots=True)
class Wording:
    """`lead` is one or two sentences under the heading; `button` stands on the only link that matters."""

    subject: str
    heading: str
    lead: str
    button: str


def booking_confirmed(what: str, when: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Booking confirmed: %(what)s, %(when)s") % {"what": what, "when": when},
        heading=pgettext("mail", "Your booking is confirmed"),
        lead=pgettext("mail", "See you at %(business)s.") % {"business": business},
        button=manage(),
    )


def booking_pending(what: str, when: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Waiting for approval: %(what)s, %(when)s") % {"what": what, "when": when},
        heading=pgettext("mail", "Your request has been received"),
        lead=pgettext(
            "mail",
            "The time is kept for you. %(business)s will look at the request, and you will get a message "
            "as soon as it is decided.",
        )
        % {"business": business},
        button=manage(),
    )


def booking_cancelled(what: str, when: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Booking cancelled: %(what)s, %(when)s") % {"what": what, "when": when},
        heading=pgettext("mail", "Your booking is cancelled"),
        lead=pgettext("mail", "%(business)s no longer expects you at the time below.")
        % {"business": business},
        button=pgettext("mail", "Choose another time"),
    )


def booking_moved(what: str, when: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "New time: %(what)s, %(when)s") % {"what": what, "when": when},
        heading=pgettext("mail", "Your booking has been moved"),
        lead=pgettext(
            "mail", "%(business)s expects you at the time below. The former time no longer applies."
        )
        % {"business": business},
        button=manage(),
    )


def booking_changed(what: str, when: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Booking changed: %(what)s, %(when)s") % {"what": what, "when": when},
        heading=pgettext("mail", "Your booking has been changed"),
        lead=pgettext("mail", "This is what %(business)s now expects you for.") % {"business": business},
        button=manage(),
    )


def booking_reminder(what: str, when: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Reminder: %(what)s, %(when)s") % {"what": what, "when": when},
        heading=pgettext("mail", "See you soon"),
        lead=pgettext("mail", "A reminder of your booking at %(business)s.") % {"business": business},
        button=manage(),
    )


def late_money_refunded(amount: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Your payment is being returned: %(amount)s") % {"amount": amount},
        heading=pgettext("mail", "Your payment is being returned"),
        lead=pgettext(
            "mail",
            "Your payment of %(amount)s reached %(business)s after the time for it had run out, and somebody "
            "else had taken your time by then. The whole amount goes back the way it came; there is nothing "
            "you need to do.",
        )
        % {"amount": amount, "business": business},
        button=pgettext("mail", "Choose another time"),
    )


def member_invited(role: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Invitation to %(business)s") % {"business": business},
        heading=pgettext("mail", "You are invited to %(business)s") % {"business": business},
        lead=pgettext(
            "mail",
            "You can work with the bookings of %(business)s in Horarium. Your role: %(role)s. "
            "The link is for you alone.",
        )
        % {"role": _role(role), "business": business},
        button=pgettext("mail", "Accept the invitation"),
    )


def manage() -> str:
    return pgettext("mail", "View or change booking")


def _role(role: str) -> str:
    names = {
        "owner": pgettext("mail", "owner"),
        "manager": pgettext("mail", "manager"),
        "operator": pgettext("mail", "operator"),
        "specialist": pgettext("mail", "specialist"),
        "marketer": pgettext("mail", "marketer"),
        "accountant": pgettext("mail", "accountant"),
    }
    return names.get(role, role)

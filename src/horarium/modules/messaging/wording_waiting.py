"""The words of messages to those who wait, and about requests that were not agreed on, in the active language."""

from __future__ import annotations

from django.utils.translation import pgettext

from .wording import Wording


def waiting_joined(what: str, dates: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "On the waiting list: %(what)s, %(dates)s") % {"what": what, "dates": dates},
        heading=pgettext("mail", "You are on the waiting list"),
        lead=pgettext(
            "mail",
            "%(what)s at %(business)s, %(dates)s. As soon as a time becomes free that fits, it is kept for you "
            "alone for a while, and you get a message at once. There is nothing you need to do until then.",
        )
        % {"what": what, "business": business, "dates": dates},
        button=pgettext("mail", "See or leave the waiting list"),
    )


def time_offered(what: str, when: str, until: str, due: str) -> Wording:
    """`due`: what must be paid to take it; empty: nothing."""
    lead = pgettext(
        "mail",
        "You were waiting for this time. It is kept for you alone until %(until)s: one click, and it is yours. "
        "After that it is offered to the next person.",
    )
    button = pgettext("mail", "Take this time")
    if due:
        lead = pgettext(
            "mail",
            "You were waiting for this time. It is kept for you alone until %(until)s: pay %(due)s by then, and "
            "it is yours. After that it is offered to the next person.",
        )
        button = pgettext("mail", "Take this time and pay %(due)s") % {"due": due}
    return Wording(
        subject=pgettext("mail", "Free for you until %(until)s: %(what)s, %(when)s")
        % {"what": what, "when": when, "until": until},
        heading=pgettext("mail", "A time has become free for you"),
        lead=lead % {"until": until, "due": due},
        button=button,
    )


def offer_lapsed(what: str, dates: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "No longer kept for you: %(what)s") % {"what": what},
        heading=pgettext("mail", "The time is no longer kept for you"),
        lead=pgettext(
            "mail",
            "The time of %(what)s that was kept for you was not taken, so it is offered to the next person, and your "
            "place on the waiting list has ended. You can join it again on the page of %(business)s.",
        )
        % {"what": what, "business": business},
        button=pgettext("mail", "Choose another time"),
    )


def request_expired(what: str, when: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Not confirmed: %(what)s, %(when)s") % {"what": what, "when": when},
        heading=pgettext("mail", "Your request was not answered in time"),
        lead=pgettext(
            "mail",
            "%(business)s did not answer your request in time, so it is over and the time is no longer kept for you. "
            "It costs you nothing: whatever you have paid for it goes back the way it came.",
        )
        % {"business": business},
        button=pgettext("mail", "Choose another time"),
    )


def request_declined(what: str, when: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Not confirmed: %(what)s, %(when)s") % {"what": what, "when": when},
        heading=pgettext("mail", "Your request was declined"),
        lead=pgettext(
            "mail",
            "%(business)s cannot confirm your request. It costs you nothing: whatever you have paid for it goes back "
            "the way it came.",
        )
        % {"business": business},
        button=pgettext("mail", "Choose another time"),
    )

"""The words of messages about several dates at once, in the active language."""

from __future__ import annotations

from django.utils.translation import npgettext, pgettext

from .wording import Wording, manage


def moved(what: str, count: int, business: str) -> Wording:
    subject = npgettext(
        "mail", "New time: %(what)s, %(count)d date", "New times: %(what)s, %(count)d dates", count
    )
    return Wording(
        subject=subject % {"what": what, "count": count},
        heading=pgettext("mail", "Your dates have been moved"),
        lead=pgettext(
            "mail", "%(business)s expects you at the new times below. The former times no longer apply."
        )
        % {"business": business},
        button=manage(),
    )


def changed(what: str, count: int, business: str) -> Wording:
    """The times stay."""
    subject = npgettext(
        "mail",
        "Booking changed: %(what)s, %(count)d date",
        "Booking changed: %(what)s, %(count)d dates",
        count,
    )
    return Wording(
        subject=subject % {"what": what, "count": count},
        heading=pgettext("mail", "Your booking has been changed"),
        lead=pgettext("mail", "This is what %(business)s now expects you for.") % {"business": business},
        button=manage(),
    )

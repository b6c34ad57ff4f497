"""The words of messages about goods, in the active language."""

from __future__ import annotations

from django.utils.translation import pgettext

from .wording import Wording


def goods_sold(what: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Your order: %(what)s") % {"what": what},
        heading=pgettext("mail", "Thank you for your order"),
        lead=pgettext("mail", "%(business)s keeps it ready for you.") % {"business": business},
        button=pgettext("mail", "View the order"),
    )


def goods_cancelled(what: str, business: str) -> Wording:
    return Wording(
        subject=pgettext("mail", "Cancelled: %(what)s") % {"what": what},
        heading=pgettext("mail", "Goods of your order are cancelled"),
        lead=pgettext(
            "mail",
            "%(business)s no longer keeps what stands below for you. What you have paid for it goes back to you.",
        )
        % {"business": business},
        button=pgettext("mail", "View the order"),
    )

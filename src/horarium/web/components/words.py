"""Nouns that follow the type of a business: the same engine, called room, hall, tour or procedure."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Words:
    """`offering` and `offerings` name what is sold; `choose` heads the list of it on the booking page."""

    offering: str | Promise
    offerings: str | Promise
    choose: str | Promise


@dataclass(frozen=True, slots=True)
class ResourceWords:
    """`one` heads a choice or a line of a summary, `any` is the choice of nobody in particular."""

    one: str | Promise
    any: str | Promise


_OF_TYPE: Final[dict[str, Words]] = {
    "hotel": Words(pgettext_lazy("hotel", "Room"), pgettext_lazy("hotel", "Rooms"), _("Choose a room")),
    "services": Words(
        pgettext_lazy("services", "Treatment"),
        pgettext_lazy("services", "Treatments"),
        _("Choose a treatment"),
    ),
    "tours": Words(pgettext_lazy("tours", "Tour"), pgettext_lazy("tours", "Tours"), _("Choose a tour")),
    "events": Words(
        pgettext_lazy("events", "Event"), pgettext_lazy("events", "Events"), _("Choose an event")
    ),
    "rental": Words(
        pgettext_lazy("rental", "Item"), pgettext_lazy("rental", "Items"), _("Choose what to rent")
    ),
    "studio": Words(pgettext_lazy("studio", "Hall"), pgettext_lazy("studio", "Halls"), _("Choose a hall")),
}
_USUAL: Final = Words(_("Offering"), _("Offerings"), _("Choose what to book"))

_PEOPLE: Final[dict[str, ResourceWords]] = {
    "tours": ResourceWords(_("Guide"), _("Any guide")),
    "studio": ResourceWords(_("Photographer"), _("Any photographer")),
    "events": ResourceWords(_("Host"), _("Any host")),
}
_OF_KIND: Final[dict[str, ResourceWords]] = {
    "person": ResourceWords(_("Specialist"), _("Any specialist")),
    "room": ResourceWords(_("Room"), _("Any room")),
    "hall": ResourceWords(_("Hall"), _("Any hall")),
    "vehicle": ResourceWords(_("Vehicle"), _("Any vehicle")),
    "equipment": ResourceWords(_("Equipment"), _("Any of them")),
}


def words_of(business_type: str) -> Words:
    """What this type of business calls its offerings."""
    return _OF_TYPE.get(business_type, _USUAL)


def resource_words(business_type: str, kind: str) -> ResourceWords:
    """What this type of business calls a resource of this kind."""
    of_people = _PEOPLE.get(business_type) if kind == "person" else None
    return of_people or _OF_KIND.get(kind, _OF_KIND["equipment"])

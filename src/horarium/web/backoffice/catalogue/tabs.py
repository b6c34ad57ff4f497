"""The lists of the catalogue, and the pages of one offering."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from horarium.modules.catalog.models import Offering
from horarium.web.backoffice.shell import Office
from horarium.web.components.words import words_of


def tabs_of(office: Office, active: str) -> list[dict[str, Any]]:
    entries = (
        ("catalogue", words_of(office.business.type).offerings),
        ("catalogue_resources", _("Resources")),
        ("catalogue_hours", _("Opening hours")),
        ("catalogue_products", _("Products")),
        ("catalogue_policies", _("Cancellation terms")),
    )
    return [{"label": label, "url": office.url(name), "active": name == active} for name, label in entries]


def places_of(office: Office, offering: Offering, active: str = "") -> list[dict[str, Any]]:
    """Where the prices and dates of a stay or a session offering are kept; slots have all of it in their form."""
    entries = {
        "stay": (
            ("catalogue_rates", _("Prices"), "banknote"),
            ("catalogue_restrictions", _("Restrictions"), "calendar-x"),
        ),
        "session": (
            ("catalogue_schedule", _("Schedule"), "calendar-days"),
            ("catalogue_tickets", _("Tickets"), "ticket"),
        ),
    }.get(offering.mode, ())
    return [
        {
            "label": label, "icon": icon, "url": office.url(name, offering.public_id), "active": name == active,
        }
        for name, label, icon in entries
    ]  # fmt: skip

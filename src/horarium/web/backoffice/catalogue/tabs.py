"""The three lists of the catalogue."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from horarium.web.backoffice.shell import Office
from horarium.web.components.words import words_of


def tabs_of(office: Office, active: str) -> list[dict[str, Any]]:
    entries = (
        ("catalogue", words_of(office.business.type).offerings),
        ("catalogue_resources", _("Resources")),
        ("catalogue_hours", _("Opening hours")),
    )
    return [{"label": label, "url": office.url(name), "active": name == active} for name, label in entries]

"""What the selects and boxes of an offering's form offer."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_booking_rules, list_categories, list_offerings
from horarium.modules.catalog.queries_parts import list_policies, list_products
from horarium.modules.resources.queries import list_pools, list_resources
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office
from horarium.web.components.words import resource_words, words_of

from .offering_modes import MODES, mode_of
from .wording import BASES, PREPAYMENTS, weekday_choices

_BASES_OF: Final = {
    "slot": ("flat", "per_hour", "per_person", "per_person_hour", "per_day", "per_person_day"),
    "stay": ("flat", "per_person", "per_night", "per_person_night"),
    "session": ("flat", "per_person"),
}


def mode_links(office: Office, mode: str) -> list[dict[str, Any]]:
    """The choice of the mode of a new offering."""
    url = office.url("catalogue_offering_new")
    return [
        {
            "url": f"{url}?mode={key}", "active": key == mode, "label": label, "hint": hint, "icon": icon,
        }
        for key, (label, hint, icon) in MODES.items()
    ]  # fmt: skip


def choices_of(office: Office, entered: Entered, offering: Offering | None) -> dict[str, Any]:
    business_id = office.business.pk
    extras = [
        (
            row.value.get("id") or f"#{number}",
            row.value.get("name") or _("Extra %(number)s") % {"number": number + 1},
        )
        for number, row in enumerate(entered.rows("extras"))
    ]
    return {
        "resource_groups": _resources(office),
        "location_options": [(one.public_id, one.name) for one in office.locations],
        "category_options": [(one.public_id, one.name) for one in list_categories(business_id)],
        "extra_options": [("", _("every booking")), *extras],
        "price_options": [("", words_of(office.business.type).offering), *extras],
        "basis_options": [(one, BASES[one]) for one in _BASES_OF[mode_of(entered)]],
        "prepayment_options": list(PREPAYMENTS.items()),
        "policy_options": policy_options(business_id, _("As in the booking rules")),
        "product_options": [(one.public_id, one.name) for one in list_products(business_id) if one.is_active],
        "company_options": [
            (one.public_id, one.name)
            for one in list_offerings(business_id)
            if one.is_active and (offering is None or one.pk != offering.pk)
        ],
        "weekday_options": weekday_choices(),
        "defaults": get_booking_rules(business_id),
    }


def policy_options(business_id: int, otherwise: str) -> list[tuple[str, str]]:
    return [("", otherwise), *((one.public_id, one.name) for one in list_policies(business_id))]


def _resources(office: Office) -> list[tuple[str, list[tuple[str, str]]]]:
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for one in list_resources(office.business.pk):
        if one.is_active:
            word = str(resource_words(office.business.type, one.kind).one)
            by_kind.setdefault(word, []).append((one.public_id, one.name))
    pools = [(one.public_id, one.name) for one in list_pools(office.business.pk)]
    if pools:
        by_kind[_("Pools (any of them)")] = pools
    return list(by_kind.items())

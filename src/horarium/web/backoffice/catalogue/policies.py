"""Policies: the list in sentences, and the sheet in which the tiers of one are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit.errors import Conflict, InvalidInput
from horarium.kit.money import Money
from horarium.modules.catalog.actions import PolicyFields, create_policy, delete_policy, update_policy
from horarium.modules.catalog.models import Policy
from horarium.modules.catalog.queries import get_booking_rules
from horarium.modules.catalog.queries_parts import get_policy, list_policies
from horarium.modules.catalog.rules import Tier
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show

from .answers import done
from .offering_modes import UNITS
from .policy_words import no_show_text, tiers_text
from .tabs import tabs_of

LISTS: Final = ("cancellation", "rescheduling")


@dataclass(frozen=True, slots=True)
class PolicyLine:
    policy: Policy
    cancellation: str
    rescheduling: str
    no_show: str
    is_default: bool


@require_GET
@member_page(Permission.CATALOG_READ)
def show_policies(request: HttpRequest, office: Office) -> HttpResponse:
    default = get_booking_rules(office.business.pk).policy_id
    context = {
        "tabs": tabs_of(office, "catalogue_policies"),
        "lines": [_line(office, one, default) for one in list_policies(office.business.pk)],
    }
    template = "backoffice/catalogue/policies.html"
    return show(request, office, template, context, active="catalogue", part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_READ)
def edit(request: HttpRequest, office: Office, policy_id: str) -> HttpResponse:
    policy = get_policy(office.business.pk, policy_id)
    if request.method != "POST":
        return _sheet(request, office, _form_of(policy, office.business.currency), policy)
    if not office.can(Permission.CATALOG_WRITE):
        return _sheet(request, office, _form_of(policy, office.business.currency), policy, status=403)
    return _changed(request, office, policy)


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    if request.method == "POST":
        return _changed(request, office, None)
    entered = Entered.of({"no_show_percent": 100})
    for part in LISTS:
        entered.add_row(part, time="48", unit="hours", percent="0")
    entered.add_row("cancellation", time="0", unit="hours", percent="100")
    return _sheet(request, office, entered)


@require_POST
@member_page(Permission.CATALOG_WRITE)
def delete(request: HttpRequest, office: Office, policy_id: str) -> HttpResponse:
    policy = get_policy(office.business.pk, policy_id)
    url = office.url("catalogue_policies")
    try:
        delete_policy(office.business.pk, policy_id, office.actor)
    except Conflict:
        text = _("%(name)s is in use. Choose other terms there first.")
        return done(request, url, text % {"name": policy.name}, hue="bad")
    return done(request, url, _("%(name)s: removed") % {"name": policy.name})


def _changed(request: HttpRequest, office: Office, policy: Policy | None) -> HttpResponse:
    entered = Entered.posted(request)
    if step := request.POST.get("step", ""):
        _take_step(entered, step)
        return _sheet(request, office, entered, policy)
    fields = _read(entered, office.business.currency)
    if not entered.errors:
        try:
            if policy is not None:
                update_policy(office.business.pk, policy.public_id, office.actor, **fields)
            else:
                create_policy(office.business.pk, office.actor, **fields)
        except InvalidInput as error:
            entered.refuse(error, otherwise="name", names={"no_show_minor": "no_show_amount"})
    if entered.errors:
        return _sheet(request, office, entered, policy, status=422)
    return done(request, office.url("catalogue_policies"), _("%(name)s: saved") % {"name": fields["name"]})


def _take_step(entered: Entered, step: str) -> None:
    """`add:cancellation` or `remove:rescheduling:1`; anything else only shows the sentences again."""
    verb, part, number = (*step.split(":"), "", "")[:3]
    if part not in LISTS:
        return
    if verb == "add":
        entered.add_row(part, time="", unit="hours", percent="")
    elif verb == "remove" and number.isdigit():
        entered.remove_row(part, int(number))


def _read(entered: Entered, currency: str) -> PolicyFields:
    return {
        "name": entered.text("name"),
        "cancellation": _read_tiers(entered, "cancellation", currency),
        "rescheduling": _read_tiers(entered, "rescheduling", currency),
        "no_show_percent": entered.whole("no_show_percent") or 0,
        "no_show_minor": entered.money("no_show_amount", currency) or 0,
    }


def _read_tiers(entered: Entered, part: str, currency: str) -> list[Tier]:
    entered.renumber(part)
    found = []
    for row in entered.rows(part):
        at = row.prefix
        time = entered.whole(f"{at}.time", needed=True) or 0
        percent = entered.whole(f"{at}.percent") or 0
        if percent > 100:
            entered.wrong(f"{at}.percent", _("A number from %(min)s to %(max)s.") % {"min": 0, "max": 100})
        minor = entered.money(f"{at}.amount", currency) or 0
        found.append(Tier(time * UNITS.get(entered.text(f"{at}.unit"), 60), percent, minor))
    return found


def _form_of(policy: Policy, currency: str) -> Entered:
    values: dict[str, Any] = {
        "name": policy.name,
        "no_show_percent": policy.no_show_percent,
        "no_show_amount": _amount(policy.no_show_minor, currency),
    }
    for part in LISTS:
        for number, one in enumerate(getattr(policy, part)):
            minutes = one["minutes"]
            unit = next(name for name in ("days", "hours", "minutes") if minutes % UNITS[name] == 0)
            unit = "hours" if minutes in (0, 1440, 2880, 4320) else unit
            row = {
                "id": "", "time": minutes // UNITS[unit], "unit": unit, "percent": one["percent"],
                "amount": _amount(one["minor"], currency),
            }  # fmt: skip
            values |= {f"{part}.{number}.{name}": value for name, value in row.items()}
    return Entered.of(values)


def _amount(minor: int, currency: str) -> str:
    return Money(minor, currency).as_text() if minor else ""


def _sheet(
    request: HttpRequest,
    office: Office,
    entered: Entered,
    policy: Policy | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    name = ("catalogue_policy", policy.public_id) if policy else ("catalogue_policy_new",)
    context = {
        "form": entered,
        "policy": policy,
        "parts": [_part(entered, part) for part in LISTS],
        "sentences": _sentences(entered, office.business.currency),
        "unit_options": [("hours", _("hours")), ("days", _("days")), ("minutes", _("minutes"))],
        "action": office.url(*name),
    }
    template = "backoffice/catalogue/policy.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)


def _part(entered: Entered, part: str) -> dict[str, Any]:
    titles = {"cancellation": _("Cancelling"), "rescheduling": _("Rescheduling by the guest")}
    return {
        "key": part,
        "title": titles[part],
        "rows": entered.rows(part),
        "error": entered.errors.get(part, ""),
    }


def _sentences(entered: Entered, currency: str) -> list[tuple[str, str]]:
    """What stands in the form, in words; what cannot be read counts as nothing, and is named elsewhere."""
    typed = Entered(entered.data)
    fields = _read(typed, currency)
    no_show = Tier(0, min(fields["no_show_percent"], 100), fields["no_show_minor"])
    return [
        (_("Cancelling"), tiers_text(_falling(fields["cancellation"]), currency)),
        (_("Rescheduling"), tiers_text(_falling(fields["rescheduling"]), currency)),
        (_("Not coming"), no_show_text(no_show, currency)),
    ]


def _falling(tiers: Sequence[Tier]) -> list[Tier]:
    return sorted(tiers, key=lambda one: -one.minutes)


def _line(office: Office, policy: Policy, default: int | None) -> PolicyLine:
    currency = office.business.currency
    return PolicyLine(
        policy,
        tiers_text([Tier(**one) for one in policy.cancellation], currency),
        tiers_text([Tier(**one) for one in policy.rescheduling], currency),
        no_show_text(Tier(0, policy.no_show_percent, policy.no_show_minor), currency),
        policy.pk == default,
    )

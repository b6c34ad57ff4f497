"""The sheet of a rate plan: its name and what of the terms is its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.actions import (
    RatePlanFields,
    archive_rate_plan,
    create_rate_plan,
    update_rate_plan,
)
from horarium.modules.catalog.models import RatePlan
from horarium.modules.catalog.queries_parts import get_rate_plan
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show

from .answers import done
from .deposits import read_deposit, typed_deposit
from .languages import languages_of, read_translations, typed_translations
from .offering_choices import policy_options
from .rates import get_stay
from .wording import PREPAYMENTS

TEXTS = ("name", "summary")


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    get_stay(office, offering_id)
    if request.method == "POST":
        return _changed(request, office, offering_id, None)
    return _sheet(request, office, offering_id, Entered.of({}))


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def edit(request: HttpRequest, office: Office, offering_id: str, plan_id: str) -> HttpResponse:
    plan = get_rate_plan(office.business.pk, plan_id)
    if request.method == "POST":
        return _changed(request, office, offering_id, plan)
    values: dict[str, Any] = {name: getattr(plan, name) for name in (*TEXTS, "prepayment")}
    values |= typed_translations(plan.translations)
    values |= typed_deposit(plan.prepayment, plan.deposit_value, office.business.currency)
    values["policy"] = plan.policy.public_id if plan.policy else ""
    return _sheet(request, office, offering_id, Entered.of(values), plan)


@require_POST
@member_page(Permission.CATALOG_WRITE)
def archive(request: HttpRequest, office: Office, offering_id: str, plan_id: str) -> HttpResponse:
    plan = get_rate_plan(office.business.pk, plan_id)
    if plan.is_active:
        archive_rate_plan(office.business.pk, plan_id, office.actor)
        text = _("%(name)s: archived")
    else:
        update_rate_plan(office.business.pk, plan_id, office.actor, is_active=True)
        text = _("%(name)s: on offer again")
    return done(request, office.url("catalogue_rates", offering_id), text % {"name": plan.name})


def _changed(request: HttpRequest, office: Office, offering_id: str, plan: RatePlan | None) -> HttpResponse:
    entered = Entered.posted(request)
    fields: RatePlanFields = {
        "name": entered.text("name"),
        "summary": entered.text("summary"),
        "translations": read_translations(entered, office.business.default_language, TEXTS),
        "policy": entered.text("policy"),
        "prepayment": entered.text("prepayment"),
        "deposit_value": read_deposit(entered, office.business.currency),
    }
    if not entered.errors:
        try:
            if plan is None:
                create_rate_plan(office.business.pk, offering_id, office.actor, **fields)
            else:
                update_rate_plan(office.business.pk, plan.public_id, office.actor, **fields)
        except InvalidInput as error:
            entered.refuse(error, otherwise="name", names={"deposit_value": "deposit_percent"})
    if entered.errors:
        return _sheet(request, office, offering_id, entered, plan, status=422)
    text = _("%(name)s: saved") % {"name": fields["name"]}
    return done(request, office.url("catalogue_rates", offering_id), text)


def _sheet(
    request: HttpRequest,
    office: Office,
    offering_id: str,
    entered: Entered,
    plan: RatePlan | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    action = (
        office.url("catalogue_rate_plan", offering_id, plan.public_id)
        if plan
        else office.url("catalogue_rate_plan_new", offering_id)
    )
    context = {
        "form": entered,
        "plan": plan,
        "offering_id": offering_id,
        "languages": languages_of(entered, office.business.default_language),
        "prepayment_options": [("", _("As the room has it")), *PREPAYMENTS.items()],
        "policy_options": policy_options(office.business.pk, _("As the room has it")),
        "action": action,
    }
    template = "backoffice/catalogue/rate_plan.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)

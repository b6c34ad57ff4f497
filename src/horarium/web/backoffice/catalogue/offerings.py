"""Offerings: the list, and the sheet in which one is made and changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.catalog.actions import (
    archive_offering,
    create_category,
    delete_category,
    update_category,
    update_offering,
)
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_offering, list_categories, list_offerings
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.queries import list_prices
from horarium.platform.files.storage import media_path
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.words import words_of
from horarium.workflows.copy_offering import copy_offering

from .answers import done
from .languages import languages_of
from .offering_choices import choices_of, mode_links
from .offering_form import blank_form, form_of, save
from .offering_modes import MODES, mode_of, usual_mode
from .offering_parts import remove_extra
from .pictures import keep_picture, picture_url
from .tabs import places_of, tabs_of
from .wording import digests_of, lowest_price, terms_text, time_text

EDIT = "backoffice/catalogue/offering.html"
MOST_OF_NAME = 100
"""Letters of a name that a copy takes over, so that there is room for the word that says so."""
NEW_ROWS: dict[str, dict[str, str]] = {
    "needs": {"quantity": "1"},
    "extras": {"basis": "flat"},
    "prices": {"basis": "flat", "priority": "0"},
}

SECTION_OF = {
    **dict.fromkeys(
        ("duration", "durations", "duration_from", "duration_to", "duration_step", "fixed_starts", "grid_minutes",
         "buffer_before", "buffer_after", "lead", "horizon_days", "party_min", "party_max", "check_in", "check_out",
         "included_guests", "capacity", "repeats_up_to"), "time",
    ),
    **dict.fromkeys(
        ("prepayment", "deposit_percent", "deposit_amount", "hold_minutes", "cancel_free_hours", "policy",
         "approval_hours"), "payment"
    ),
    **{part: part for part in NEW_ROWS},
    **dict.fromkeys(("first_price", "first_ticket"), "prices"),
    **dict.fromkeys(("location", "category", "slug"), "place"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One offering in the list."""

    offering: Offering
    photo: str
    durations: str
    price_from: Money | None
    terms: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Offerings of one category; `public_id` is empty for those without."""

    public_id: str
    name: str
    lines: list[Line]


@require_GET
@member_page(Permission.CATALOG_READ)
def show_offerings(request: HttpRequest, office: Office) -> HttpResponse:
    search = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:100]
    archived = request.GET.get("show") == "archived"
    everything = list_offerings(office.business.pk)
    chosen = [
        one
        for one in everything
        if one.is_active is not archived and search.casefold() in f"{one.name} {one.summary}".casefold()
    ]
    context = {
        "tabs": tabs_of(office, "catalogue"),
        "words": words_of(office.business.type),
        "shelves": _shelves(office, chosen),
        "search": search,
        "archived": archived,
        "archived_count": sum(1 for one in everything if not one.is_active),
        "has_resources": bool(office.locations),
    }
    return show(
        request, office, "backoffice/catalogue/offerings.html", context, active="catalogue", part="list"
    )


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_READ)
def edit(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_offering(office.business.pk, offering_id)
    if request.method != "POST" or not office.can(Permission.CATALOG_WRITE):
        return edit_sheet(request, office, offering, status=200 if request.method != "POST" else 403)
    return _changed(request, office, offering)


def edit_sheet(
    request: HttpRequest, office: Office, offering: Offering, *, status: int = 200
) -> HttpResponse:
    """The offering as it stands in the catalogue."""
    prices = list_prices(office.business.pk, [offering.pk])[offering.pk]
    entered = form_of(offering, prices, office.business.currency)
    return _sheet(request, office, entered, offering, status=status)


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    if request.method != "POST":
        wanted = request.GET.get("mode", "")
        return _sheet(
            request,
            office,
            blank_form(office, wanted if wanted in MODES else usual_mode(office.business.type)),
        )
    return _changed(request, office, None)


@require_POST
@member_page(Permission.CATALOG_WRITE)
def duplicate(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    """A copy with all that belongs to it, hidden from guests, and its sheet to change what differs."""
    offering = get_offering(office.business.pk, offering_id)
    made = copy_offering(
        office.business.pk,
        offering_id,
        office.actor,
        clock.now(),
        name=_copy_name(offering.name),
        names=_copy_names(offering),
    )
    text = _("%(name)s: made, hidden from guests") % {"name": made.name}
    if not is_partial(request):
        return back_to(request, office.url("catalogue_offering", made.public_id), text)
    opened = edit_sheet(request, office, get_offering(office.business.pk, made.public_id))
    opened["HX-Replace-Url"] = office.url("catalogue_offering", made.public_id)
    return with_toast(opened, text, also=("catalogue:changed",))


def _copy_name(name: str) -> str:
    return (_("%(name)s (copy)") % {"name": name[:MOST_OF_NAME]})[:120]


def _copy_names(offering: Offering) -> dict[str, str]:
    """In each language that the name is translated into."""
    names = {}
    for code, texts in offering.translations.items():
        if texts.get("name"):
            with override(code):
                names[code] = _copy_name(texts["name"])
    return names


@require_POST
@member_page(Permission.CATALOG_WRITE)
def archive(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_offering(office.business.pk, offering_id)
    if offering.is_active:
        archive_offering(office.business.pk, offering_id, office.actor)
        text = _("%(name)s: archived")
    else:
        update_offering(office.business.pk, offering_id, office.actor, is_active=True)
        text = _("%(name)s: on offer again")
    return done(request, office.url("catalogue"), text % {"name": offering.name})


@require_POST
@member_page(Permission.CATALOG_WRITE)
def toggle(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    """Show it on the booking page or hide it from there."""
    offering = get_offering(office.business.pk, offering_id)
    update_offering(office.business.pk, offering_id, office.actor, is_public=not offering.is_public)
    text = _("%(name)s: hidden from guests") if offering.is_public else _("%(name)s: shown to guests")
    return done(request, office.url("catalogue"), text % {"name": offering.name})


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def categories(request: HttpRequest, office: Office) -> HttpResponse:
    """All names in one form; an empty one removes the category, the last line adds one."""
    known = list_categories(office.business.pk)
    template = "backoffice/catalogue/categories.html"
    if request.method != "POST":
        return show(
            request, office, template, {"rows": _category_rows(known)}, active="catalogue", part="sheet"
        )
    entered, business_id = Entered.posted(request), office.business.pk
    try:
        with transaction.atomic():
            for position, one in enumerate(known):
                field = f"name.{one.public_id}"
                if name := entered.text(field) if field in entered.data else one.name:
                    update_category(business_id, one.public_id, office.actor, name=name, position=position)
                else:
                    delete_category(business_id, one.public_id, office.actor)
            if added := entered.text("new"):
                create_category(business_id, added, office.actor, position=len(known))
    except InvalidInput as error:
        entered.refuse(error, otherwise="new", names={"name": "new"})
        context = {"rows": _category_rows(known, entered), "form": entered}
        return show(request, office, template, context, active="catalogue", part="sheet", status=422)
    return done(request, office.url("catalogue"), _("Categories saved"))


def _category_rows(known: Sequence[Any], entered: Entered | None = None) -> list[dict[str, str]]:
    return [
        {
            "id": one.public_id,
            "name": entered.text(f"name.{one.public_id}") if entered else one.name,
        }
        for one in known
    ]


def _changed(request: HttpRequest, office: Office, offering: Offering | None) -> HttpResponse:
    entered = Entered.posted(request)
    entered.put("mode", offering.mode if offering else mode_of(entered))
    keep_picture(request, office, entered)
    step = request.POST.get("step", "")
    if step:
        _take_step(entered, step)
        return _sheet(request, office, entered, offering)
    saved = save(office, entered, offering.public_id if offering else "")
    if saved is None:
        return _sheet(request, office, entered, offering, status=422)
    text = _("%(name)s: saved") % {"name": saved.name}
    if is_partial(request):
        return done(request, office.url("catalogue"), text)
    return back_to(request, office.url("catalogue"), text)


def _take_step(entered: Entered, step: str) -> None:
    """`add:needs` or `remove:needs:1`: rows come and go without saving."""
    verb, part, number = (*step.split(":"), "", "")[:3]
    if part not in NEW_ROWS:
        return
    if verb == "add":
        entered.add_row(part, **NEW_ROWS[part])
    elif verb == "remove" and number.isdigit():
        if part == "extras":
            remove_extra(entered, int(number))
        else:
            entered.remove_row(part, int(number))


def _sheet(
    request: HttpRequest,
    office: Office,
    entered: Entered,
    offering: Offering | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": entered,
        "offering": offering,
        "picture": picture_url(office, entered),
        "languages": languages_of(entered, office.business.default_language),
        "needs": entered.rows("needs"),
        "extras": entered.rows("extras"),
        "prices": entered.rows("prices"),
        "digests": digests_of(entered, office.business.currency),
        "open": _open_sections(request, entered, offering),
        "mode": mode_of(entered),
        **choices_of(office, entered, offering),
    }
    if offering is not None:
        context["action"] = office.url("catalogue_offering", offering.public_id)
        context["preview_url"] = reverse("storefront_offering", args=[office.slug, offering.slug])
        context["places"] = places_of(office, offering)
    else:
        context["action"] = office.url("catalogue_offering_new")
        context["modes"] = mode_links(office, mode_of(entered))
    return show(request, office, EDIT, context, active="catalogue", part="sheet", status=status)


def _open_sections(request: HttpRequest, entered: Entered, offering: Offering | None) -> set[str]:
    """Sections that stand open: those with mistakes, the one that was worked in, all that a new offering needs."""
    sections = {SECTION_OF.get(name.partition(".")[0], "texts") for name in entered.errors}
    sections.add(request.POST.get("step", ":").split(":")[1] if request.POST.get("step") else "texts")
    return sections if offering else sections | {"texts", "time", "needs", "prices"}


def _shelves(office: Office, offerings: Sequence[Offering]) -> list[Shelf]:
    prices = list_prices(office.business.pk, [one.pk for one in offerings])
    shelves = [Shelf(one.public_id, one.name, []) for one in list_categories(office.business.pk)]
    loose = Shelf("", _("Without a category") if shelves else "", [])
    by_id = {one.public_id: one for one in shelves}
    for one in offerings:
        shelf = by_id.get(one.category.public_id if one.category else "", loose)
        shelf.lines.append(_line(office, one, prices[one.pk]))
    return [one for one in (*shelves, loose) if one.lines]


def _line(office: Office, offering: Offering, prices: Sequence[PriceRule]) -> Line:
    return Line(
        offering=offering,
        photo=media_path(offering.photo.name) if offering.photo else "",
        durations=time_text(offering),
        price_from=lowest_price(offering, prices, office.business.currency),
        terms=terms_text(offering.prepayment, offering.deposit_value, office.business.currency),
    )

"""What guests see of the business."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from horarium.kit.errors import InvalidInput
from horarium.platform.files.actions import store_image
from horarium.platform.files.models import StoredFile
from horarium.platform.files.storage import media_path
from horarium.platform.tenancy.actions import update_business
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.rules import (
    LANGUAGES,
    LEAST_CONTRAST,
    check_color,
    contrast_on_white,
    darkened,
)
from horarium.web.backoffice.answers import back_to
from horarium.web.backoffice.catalogue.languages import (
    NAMES,
    languages_of,
    read_translations,
    typed_translations,
)
from horarium.web.backoffice.entered import Entered, refusal_text
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.brand import ink_on

from .frame import settings_page

FIELDS = (
    "name", "tagline", "about", "email", "phone", "website", "brand_color", "default_language", "cover_file",
)  # fmt: skip
TEXTS = ("tagline", "about")


@require_http_methods(["GET", "POST"])
@member_page(Permission.SETTINGS_READ)
def edit(request: HttpRequest, office: Office) -> HttpResponse:
    business = office.business
    if request.method != "POST" or not office.can(Permission.SETTINGS_WRITE):
        values: dict[str, Any] = {name: getattr(business, name) for name in FIELDS}
        return _page(request, office, Entered.of(values | typed_translations(business.translations)))
    entered = Entered.posted(request)
    _keep_cover(request, office, entered)
    translations = {
        code: texts
        for code, texts in business.translations.items()
        if code == entered.text("default_language")
    } | read_translations(entered, business.default_language, TEXTS)
    if not entered.errors:
        try:
            fields: dict[str, Any] = {name: entered.text(name) for name in FIELDS}
            update_business(business.pk, office.actor, **fields, translations=translations)
        except InvalidInput as error:
            entered.refuse(error, otherwise="name")
    if entered.errors:
        return _page(request, office, entered)
    return back_to(request, office.url("settings"), _("Saved"))


@require_GET
@member_page(Permission.SETTINGS_READ)
def contrast(request: HttpRequest, office: Office) -> HttpResponse:
    """How a colour is seen, while it is being chosen."""
    context = {"sample": sample_of(request.GET.get("brand_color", ""))}
    return show(request, office, "backoffice/settings/business.html", context, part="contrast")


def sample_of(text: str) -> dict[str, Any] | None:
    """A button in this colour and its contrast; None for what is no colour."""
    color = text.strip().lower()
    try:
        check_color(color)
    except InvalidInput as error:
        if error.params.get("reason") != "contrast":
            return None
    ratio = contrast_on_white(color)
    is_seen = ratio >= LEAST_CONTRAST
    return {
        "color": color,
        "ink": ink_on(color),
        "ratio": f"{ratio:.1f}",
        "is_seen": is_seen,
        "better": "" if is_seen else darkened(color),
    }


def _keep_cover(request: HttpRequest, office: Office, entered: Entered) -> None:
    name = entered.text("cover_file")
    is_ours = StoredFile.objects.filter(business_id=office.business.pk, name=name).exists()
    if entered.flag("cover_remove") or (not is_ours and name != office.business.cover_file):
        entered.put("cover_file", "")
    upload = request.FILES.get("cover_upload")
    if upload is None:
        return
    try:
        entered.put("cover_file", store_image(office.business.pk, upload, office.actor).name)
    except InvalidInput as error:
        entered.wrong("cover_upload", refusal_text(error))


def _page(request: HttpRequest, office: Office, entered: Entered) -> HttpResponse:
    context = {
        "cover": media_path(entered.text("cover_file")),
        "languages": languages_of(entered, office.business.default_language),
        "language_options": [(code, NAMES[code]) for code in LANGUAGES],
        "sample": sample_of(entered.text("brand_color")),
    }
    return settings_page(request, office, "business", context, form=entered)

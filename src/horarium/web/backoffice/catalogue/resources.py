"""Resources and pools: the list by kind, and the sheets in which they are made and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit.errors import Conflict, InvalidInput, NotFound
from horarium.modules.catalog.actions import remove_pool
from horarium.modules.resources.actions import (
    ResourceFields,
    create_pool,
    create_resource,
    update_pool,
    update_resource,
)
from horarium.modules.resources.models import Pool, Resource, ResourceKind
from horarium.modules.resources.queries import get_resource, list_pools, list_resources
from horarium.platform.files.storage import media_path
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries import list_members
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.words import resource_words

from .answers import done
from .languages import languages_of, read_translations, typed_translations
from .pictures import keep_picture, picture_url
from .tabs import tabs_of

TEXTS = ("name", "title", "description")
COLORS = ("#2f6f62", "#3a6ea5", "#7a5ea8", "#b0568a", "#c2603a", "#a07b1e", "#5b7d2b", "#2d8a8a")


@dataclass(frozen=True, slots=True)
class ResourceLine:
    resource: Resource
    photo: str


@require_GET
@member_page(Permission.CATALOG_READ)
def show_resources(request: HttpRequest, office: Office) -> HttpResponse:
    archived = request.GET.get("show") == "archived"
    everything = list_resources(office.business.pk)
    groups: dict[str, list[ResourceLine]] = {kind: [] for kind in ResourceKind.values}
    for one in everything:
        if one.is_active is not archived:
            photo = media_path(one.photo.name) if one.photo else ""
            groups[one.kind].append(ResourceLine(one, photo))
    context = {
        "tabs": tabs_of(office, "catalogue_resources"),
        "groups": [(_kind_word(office, kind), lines) for kind, lines in groups.items() if lines],
        "pools": [] if archived else list_pools(office.business.pk),
        "archived": archived,
        "archived_count": sum(1 for one in everything if not one.is_active),
        "several_places": len(office.locations) > 1,
    }
    template = "backoffice/catalogue/resources.html"
    return show(request, office, template, context, active="catalogue", part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_READ)
def edit(request: HttpRequest, office: Office, resource_id: str) -> HttpResponse:
    resource = get_resource(office.business.pk, resource_id)
    if request.method != "POST":
        return _sheet(request, office, _form_of(resource), resource)
    if not office.can(Permission.CATALOG_WRITE):
        return _sheet(request, office, _form_of(resource), resource, status=403)
    return _changed(request, office, resource)


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    if request.method != "POST":
        count = len(list_resources(office.business.pk))
        kind = request.GET.get("kind", "")
        values = {
            "kind": kind if kind in ResourceKind.values else "person",
            "color": COLORS[count % len(COLORS)],
            "location": office.locations[0].public_id if office.locations else "",
        }
        return _sheet(request, office, Entered.of(values))
    return _changed(request, office, None)


@require_POST
@member_page(Permission.CATALOG_WRITE)
def archive(request: HttpRequest, office: Office, resource_id: str) -> HttpResponse:
    resource = get_resource(office.business.pk, resource_id)
    update_resource(office.business.pk, resource_id, office.actor, is_active=not resource.is_active)
    text = _("%(name)s: archived") if resource.is_active else _("%(name)s: active again")
    return done(request, office.url("catalogue_resources"), text % {"name": resource.name})


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new_pool(request: HttpRequest, office: Office) -> HttpResponse:
    return _pool(request, office, None)


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def edit_pool(request: HttpRequest, office: Office, pool_id: str) -> HttpResponse:
    return _pool(request, office, _find_pool(office, pool_id))


@require_POST
@member_page(Permission.CATALOG_WRITE)
def delete_pool(request: HttpRequest, office: Office, pool_id: str) -> HttpResponse:
    url = office.url("catalogue_resources")
    try:
        remove_pool(office.business.pk, pool_id, office.actor)
    except Conflict:
        text = _("An offering needs this pool. Take it out there first.")
        return done(request, url, text, hue="bad")
    return done(request, url, _("Pool removed"))


def _changed(request: HttpRequest, office: Office, resource: Resource | None) -> HttpResponse:
    entered = Entered.posted(request)
    keep_picture(request, office, entered)
    fields = _read(entered, office)
    if not entered.errors:
        try:
            if resource is not None:
                resource = update_resource(office.business.pk, resource.public_id, office.actor, **fields)
            else:
                resource = create_resource(office.business.pk, office.actor, **fields)
        except InvalidInput as error:
            entered.refuse(error, otherwise="name")
    if entered.errors or resource is None:
        return _sheet(request, office, entered, resource, status=422)
    text = _("%(name)s: saved") % {"name": resource.name}
    return done(request, office.url("catalogue_resources"), text)


def _read(entered: Entered, office: Office) -> ResourceFields:
    fields: dict[str, Any] = {name: entered.text(name) for name in TEXTS}
    if not fields["name"]:
        entered.wrong("name", _("This is needed."))
    fields |= {name: entered.text(name) for name in ("kind", "location", "color", "photo", "member")}
    fields["translations"] = read_translations(entered, office.business.default_language, TEXTS)
    return cast(ResourceFields, fields)


def _form_of(resource: Resource) -> Entered:
    values = {name: getattr(resource, name) for name in (*TEXTS, "kind", "color")}
    values |= typed_translations(resource.translations)
    values["color"] = resource.color or COLORS[0]
    values["location"] = resource.location.public_id
    values["photo"] = resource.photo.public_id if resource.photo else ""
    values["member"] = resource.member.public_id if resource.member else ""
    return Entered.of(values)


def _sheet(
    request: HttpRequest,
    office: Office,
    entered: Entered,
    resource: Resource | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    name = ("catalogue_resource", resource.public_id) if resource else ("catalogue_resource_new",)
    context = {
        "form": entered,
        "resource": resource,
        "picture": picture_url(office, entered),
        "languages": languages_of(entered, office.business.default_language),
        "kind_options": [(kind, _kind_word(office, kind)) for kind in ResourceKind.values],
        "location_options": [(one.public_id, one.name) for one in office.locations],
        "member_options": [
            (one.public_id, one.user.get_full_name()) for one in list_members(office.business.pk)
        ],
        "action": office.url(*name),
    }
    template = "backoffice/catalogue/resource.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)


def _find_pool(office: Office, pool_id: str) -> Pool:
    found = next((one for one in list_pools(office.business.pk) if one.public_id == pool_id), None)
    if found is None:
        raise NotFound("pool", params={"kind": "pool"})
    return found


def _pool(request: HttpRequest, office: Office, pool: Pool | None) -> HttpResponse:
    if request.method != "POST":
        chosen = [one.public_id for one in pool.resources.all()] if pool else []
        return _pool_sheet(
            request, office, Entered.of({"name": pool.name if pool else "", "resources": chosen}), pool
        )
    entered = Entered.posted(request)
    name, chosen = entered.text("name"), entered.many("resources")
    if not chosen:
        entered.wrong("resources", _("Choose at least one."))
    if not entered.errors:
        try:
            if pool is not None:
                update_pool(office.business.pk, pool.public_id, office.actor, name=name, resource_ids=chosen)
            else:
                create_pool(office.business.pk, name, chosen, office.actor)
        except InvalidInput as error:
            entered.refuse(error, otherwise="name")
    if entered.errors:
        return _pool_sheet(request, office, entered, pool)
    return done(request, office.url("catalogue_resources"), _("%(name)s: saved") % {"name": name})


def _pool_sheet(request: HttpRequest, office: Office, entered: Entered, pool: Pool | None) -> HttpResponse:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in list_resources(office.business.pk):
        if one.is_active:
            groups.setdefault(_kind_word(office, one.kind), []).append((one.public_id, one.name))
    name = ("catalogue_pool", pool.public_id) if pool else ("catalogue_pool_new",)
    context = {"form": entered, "pool": pool, "groups": list(groups.items()), "action": office.url(*name)}
    template = "backoffice/catalogue/pool.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=entered.status)


def _kind_word(office: Office, kind: str) -> str:
    return str(resource_words(office.business.type, kind).one)

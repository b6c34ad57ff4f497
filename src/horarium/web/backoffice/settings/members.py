"""Who works here, and who is invited."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit.errors import HorariumError, NotFound
from horarium.platform.tenancy.actions import change_role, invite_member, remove_member, withdraw_invitation
from horarium.platform.tenancy.errors import InvitationGone
from horarium.platform.tenancy.models import Member, Role
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries import invitation_path, list_invitations, list_members
from horarium.web.backoffice.answers import is_partial, with_toast
from horarium.web.backoffice.entered import Entered, refusal_text
from horarium.web.backoffice.shell import Office, member_page
from horarium.web.backoffice.words import role_word

from .frame import CHANGED, done, settings_page, sheet

ROLE_HINTS: dict[str, str | Promise] = {
    "owner": gettext_lazy("Everything, API keys too."),
    "manager": gettext_lazy("Everything but API keys."),
    "operator": gettext_lazy("Bookings, customers and payments."),
    "specialist": gettext_lazy("Their own bookings."),
    "marketer": gettext_lazy("Customers and messages."),
    "accountant": gettext_lazy("Sees bookings, payments and settings; changes nothing."),
}


@require_GET
@member_page(Permission.SETTINGS_READ)
def show_members(request: HttpRequest, office: Office) -> HttpResponse:
    context = {
        "members": [
            {"member": one, "role": role_word(one.role), "is_me": one.pk == office.member.pk}
            for one in list_members(office.business.pk)
        ],
        "invitations": [
            {"invitation": one, "role": role_word(one.role)} for one in list_invitations(office.business.pk)
        ],
    }
    return settings_page(request, office, "members", context, part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.MEMBERS_WRITE)
def invite(request: HttpRequest, office: Office) -> HttpResponse:
    """The link is shown at once, so that it can be handed over when the mail does not come."""
    context: dict[str, object] = {"roles": _roles(), "link": ""}
    if request.method != "POST":
        return sheet(request, office, "invite", context, Entered.of({"role": "operator"}))
    entered = Entered.posted(request)
    try:
        invited = invite_member(
            office.business.pk, email=entered.text("email"), role=entered.text("role"), actor=office.actor
        )
    except HorariumError as error:
        entered.refuse(error, otherwise="email")
        return sheet(request, office, "invite", context, entered)
    address = invited.invitation.email
    context |= {"link": f"{settings.PUBLIC_URL}{invited.path}", "email": address}
    response = sheet(request, office, "invite", context, entered)
    text = _("%(email)s is invited") % {"email": address}
    return with_toast(response, text, also=(CHANGED,)) if is_partial(request) else response


@require_GET
@member_page(Permission.MEMBERS_WRITE)
def show_invitation(request: HttpRequest, office: Office, invitation_id: str) -> HttpResponse:
    """The link again, to hand it over."""
    waiting = list_invitations(office.business.pk)
    found = next((one for one in waiting if one.public_id == invitation_id), None)
    if found is None:
        raise NotFound("invitation", params={"kind": "invitation"})
    context = {
        "link": f"{settings.PUBLIC_URL}{invitation_path(found.public_id)}",
        "email": found.email,
        "invitation": found,
    }
    return sheet(request, office, "invite", context, Entered({}))


@require_POST
@member_page(Permission.MEMBERS_WRITE)
def withdraw(request: HttpRequest, office: Office, invitation_id: str) -> HttpResponse:
    url = office.url("settings_members")
    try:
        withdraw_invitation(office.business.pk, invitation_id, office.actor)
    except InvitationGone:
        return done(request, url, _("This invitation has ended already"), hue="info")
    return done(request, url, _("Invitation withdrawn"))


@require_http_methods(["GET", "POST"])
@member_page(Permission.MEMBERS_WRITE)
def edit(request: HttpRequest, office: Office, member_id: str) -> HttpResponse:
    member = _find(office, member_id)
    context = {"subject": member, "roles": _roles(), "is_me": member.pk == office.member.pk}
    if request.method != "POST":
        return sheet(request, office, "member", context, Entered.of({"role": member.role}))
    entered = Entered.posted(request)
    try:
        changed = change_role(office.business.pk, member_id, entered.text("role"), office.actor)
    except HorariumError as error:
        entered.refuse(error, otherwise="role")
        return sheet(request, office, "member", context, entered)
    words = {"name": member.user.get_full_name(), "role": role_word(changed.role)}
    return done(request, office.url("settings_members"), _("%(name)s: %(role)s") % words)


@require_POST
@member_page(Permission.MEMBERS_WRITE)
def remove(request: HttpRequest, office: Office, member_id: str) -> HttpResponse:
    member = _find(office, member_id)
    url = office.url("settings_members")
    try:
        remove_member(office.business.pk, member_id, office.actor)
    except NotFound:
        raise
    except HorariumError as error:
        return done(request, url, refusal_text(error), hue="bad")
    return done(request, url, _("%(name)s works here no more") % {"name": member.user.get_full_name()})


def _find(office: Office, member_id: str) -> Member:
    found = next((one for one in list_members(office.business.pk) if one.public_id == member_id), None)
    if found is None:
        raise NotFound("member", params={"kind": "member"})
    return found


def _roles() -> list[dict[str, str]]:
    return [{"value": role, "label": role_word(role), "hint": str(ROLE_HINTS[role])} for role in Role.values]

"""Staff's work with the business itself: facts, locations, booking rules, members and keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers import staff as as_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.schemas import manage as given
from horarium.api.schemas import staff_answers as shown
from horarium.modules.catalog.actions import update_booking_rules
from horarium.modules.catalog.queries import get_booking_rules
from horarium.platform.tenancy import actions, queries
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries_keys import list_api_keys

router = Router(tags=["Staff: settings"])
READ = ApiKey(Permission.SETTINGS_READ)
WRITE = ApiKey(Permission.SETTINGS_WRITE)
MEMBERS = ApiKey(Permission.MEMBERS_WRITE)
KEYS = ApiKey(Permission.KEYS_WRITE)


@router.get("", auth=READ, response=shown.BusinessSettingsAnswer, summary="The business")
def get_business(request: HttpRequest, business: Path[str]) -> HttpResponse:
    return etags.private(request, as_json.business_settings_json(staff_of(request).business))


@router.patch("", auth=WRITE, response=shown.BusinessSettingsAnswer, summary="Change")
def change_business(request: HttpRequest, business: Path[str], change: given.BusinessChange) -> HttpResponse:
    staff = staff_of(request)
    found = actions.update_business(staff.business_id, staff.actor, **change.given())
    return etags.made(as_json.business_settings_json(found), status=200)


@router.get("/booking-rules", auth=READ, response=shown.BookingRulesAnswer, summary="Booking rules")
def get_rules(request: HttpRequest, business: Path[str]) -> HttpResponse:
    """Defaults that offerings start from."""
    return etags.private(
        request, as_json.booking_rules_json(get_booking_rules(staff_of(request).business_id))
    )


@router.patch("/booking-rules", auth=WRITE, response=shown.BookingRulesAnswer, summary="Change")
def change_rules(request: HttpRequest, business: Path[str], change: given.BookingRulesChange) -> HttpResponse:
    staff = staff_of(request)
    rules = update_booking_rules(staff.business_id, staff.actor, **change.given())
    return etags.made(as_json.booking_rules_json(rules), status=200)


@router.get("/locations", auth=READ, response=shown.LocationsAnswer, summary="Locations")
def get_locations(request: HttpRequest, business: Path[str]) -> HttpResponse:
    found = queries.list_locations(staff_of(request).business_id)
    return etags.private(request, {"items": [as_json.location_row_json(one) for one in found]})


@router.post("/locations", auth=WRITE, response={201: shown.StaffLocationAnswer}, summary="New location")
def create_location(request: HttpRequest, business: Path[str], wanted: given.LocationInput) -> HttpResponse:
    staff = staff_of(request)
    location = actions.create_location(staff.business_id, staff.actor, **wanted.given())
    return etags.made(as_json.location_row_json(location))


@router.patch(
    "/locations/{public_id:location}", auth=WRITE, response=shown.StaffLocationAnswer, summary="Change"
)
def change_location(
    request: HttpRequest, business: Path[str], location: str, change: given.LocationChange
) -> HttpResponse:
    """Instants that are booked stay what they are when the time zone changes."""
    staff = staff_of(request)
    found = actions.update_location(staff.business_id, location, staff.actor, **change.given())
    return etags.made(as_json.location_row_json(found), status=200)


@router.get("/members", auth=READ, response=shown.MembersAnswer, summary="Members and invitations")
def get_members(request: HttpRequest, business: Path[str]) -> HttpResponse:
    business_id = staff_of(request).business_id
    members = [as_json.member_json(one) for one in queries.list_members(business_id)]
    invitations = [as_json.invitation_json(one) for one in queries.list_invitations(business_id)]
    return etags.private(request, {"items": members, "invitations": invitations})


@router.post("/invitations", auth=MEMBERS, response={201: shown.InvitationAnswer}, summary="Invite")
def invite(request: HttpRequest, business: Path[str], wanted: given.InvitationInput) -> HttpResponse:
    """The link goes to the address by e-mail; an earlier invitation of it ends."""
    staff = staff_of(request)
    invited = actions.invite_member(
        staff.business_id, email=wanted.email, role=wanted.role, actor=staff.actor
    )
    return etags.made(as_json.invitation_json(invited.invitation))


@router.delete("/invitations/{public_id:invitation}", auth=MEMBERS, response={204: None}, summary="Withdraw")
def withdraw(request: HttpRequest, business: Path[str], invitation: str) -> HttpResponse:
    staff = staff_of(request)
    actions.withdraw_invitation(staff.business_id, invitation, staff.actor)
    return etags.done()


@router.patch("/members/{public_id:member}", auth=MEMBERS, response=shown.MemberAnswer, summary="Change role")
def change_role(
    request: HttpRequest, business: Path[str], member: str, wanted: given.RoleInput
) -> HttpResponse:
    staff = staff_of(request)
    found = actions.change_role(staff.business_id, member, wanted.role, staff.actor)
    return etags.made(as_json.member_json(found), status=200)


@router.delete("/members/{public_id:member}", auth=MEMBERS, response={204: None}, summary="Remove")
def remove_member(request: HttpRequest, business: Path[str], member: str) -> HttpResponse:
    staff = staff_of(request)
    actions.remove_member(staff.business_id, member, staff.actor)
    return etags.done()


@router.get("/api-keys", auth=KEYS, response=shown.KeysAnswer, summary="API keys")
def get_keys(request: HttpRequest, business: Path[str]) -> HttpResponse:
    found = list_api_keys(staff_of(request).business_id)
    return etags.private(request, {"items": [as_json.api_key_json(one) for one in found]})


@router.post("/api-keys", auth=KEYS, response={201: shown.NewKeyAnswer}, summary="New API key")
def create_key(request: HttpRequest, business: Path[str], wanted: given.KeyInput) -> HttpResponse:
    """The secret is told this once."""
    staff = staff_of(request)
    key, secret = actions.create_api_key(staff.business_id, wanted.name, wanted.scopes, staff.actor)
    return etags.made({**as_json.api_key_json(key), "secret": secret})


@router.delete("/api-keys/{public_id:key}", auth=KEYS, response={204: None}, summary="Revoke")
def revoke_key(request: HttpRequest, business: Path[str], key: str) -> HttpResponse:
    staff = staff_of(request)
    actions.revoke_api_key(staff.business_id, key, staff.actor)
    return etags.done()

"""Refusals about businesses and their members."""

from horarium.kit.errors import Conflict, Forbidden, InvalidInput, NotFound


class SlugTaken(InvalidInput):
    """Another business has this address."""

    code = "tenancy.slug_taken"


class CurrencyFixed(InvalidInput):
    """Money was counted in the old currency already; a business keeps the one it began with."""

    code = "tenancy.currency_fixed"


class LastOwner(Conflict):
    """A business always has an owner who can sign in."""

    code = "tenancy.last_owner"


class OwnersOnly(Forbidden):
    """Only an owner makes, changes or removes an owner."""

    code = "tenancy.owners_only"


class AlreadyMember(Conflict):
    """The person works here already."""

    code = "tenancy.already_member"


class InvitationGone(NotFound):
    """Unknown, used, replaced or expired: which of them is nobody's business."""

    code = "tenancy.invitation_gone"


class InvitationForOther(Forbidden):
    """The invitation names another e-mail address than the account's."""

    code = "tenancy.invitation_for_other"

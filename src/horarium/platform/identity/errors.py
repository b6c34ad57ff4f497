"""Refusals about accounts."""

from horarium.kit.errors import Conflict, NotFound


class AccountExists(Conflict):
    """Somebody has an account with this address."""

    code = "identity.account_exists"


class SignInLinkGone(NotFound):
    """Unknown, used or expired: which of them is nobody's business."""

    code = "identity.sign_in_link_gone"

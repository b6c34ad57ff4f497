"""What can be wrong with a customer."""

from horarium.kit.errors import Conflict

from .rules import InvalidCustomerEmail, InvalidName, InvalidPhone


class ContactTaken(Conflict):
    """Another customer of the business has this e-mail or phone; `field` says which."""

    code = "customers.contact_taken"


class CustomerUnsettled(Conflict):
    """Others are making this very customer now; ask again in a moment."""


__all__ = ["ContactTaken", "CustomerUnsettled", "InvalidCustomerEmail", "InvalidName", "InvalidPhone"]

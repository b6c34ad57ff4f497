"""The roots of every error the product raises on purpose.

    HorariumError
    ├── InvalidInput          input.invalid            what was given cannot be accepted
    │   ├── CurrencyMismatch  money.currency_mismatch  (kit.money)
    │   ├── UnknownCurrency   money.unknown_currency   (kit.money)
    │   ├── InvalidAmount     money.invalid_amount     (kit.money)
    │   ├── InvalidPeriod     period.invalid           (kit.period)
    │   ├── UnknownZone       zone.unknown             (kit.zones)
    │   └── InvalidEmail      email.invalid            (kit.text)
    ├── NotFound              not_found                no such thing, or not visible to the caller
    ├── Forbidden             forbidden                visible, but not allowed
    └── Conflict              conflict                 allowed, but the present state says no

Modules derive their own errors from one of the four branches and give each its own `code`.
A broken call by a programmer (a naive clock, two timelines of different windows) is a `ValueError` instead:
nobody outside can cause it and nobody should catch it.
"""

from collections.abc import Mapping
from typing import ClassVar


class HorariumError(Exception):
    """A refusal that the outside may see.

    `code` is stable and looked up for the text shown to people; `message` is English, for developers.
    `field` names the input at fault, if one is; `params` are the machine-readable facts that the text and
    the caller may use.
    """

    code: ClassVar[str] = "error"

    def __init__(
        self, message: str = "", *, field: str | None = None, params: Mapping[str, object] | None = None
    ) -> None:
        self.message = message or self.code
        self.field = field
        self.params: dict[str, object] = dict(params or {})
        super().__init__(self.message)


class InvalidInput(HorariumError):
    """What was given cannot be accepted, whatever the state of the system."""

    code = "input.invalid"


class NotFound(HorariumError):
    """The thing does not exist, or the caller may not know that it does."""

    code = "not_found"


class Forbidden(HorariumError):
    """The caller sees the thing and may not do this with it."""

    code = "forbidden"


class Conflict(HorariumError):
    """The request is sound and allowed, but the present state rules it out."""

    code = "conflict"

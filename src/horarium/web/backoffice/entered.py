"""A form as it was typed: nothing is lost when something is wrong.

Names of controls are the fields that `InvalidInput` names (`needs.0.choices`), so every refusal finds its place.
What stands in the database is shown in the same way, as if somebody had typed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from horarium.kit.errors import HorariumError
from horarium.kit.money import Money

MAX_TEXT: Final = 6000
_REASONS: Final[dict[str, str | Promise]] = {
    "required": gettext_lazy("This is needed."),
    "unknown": gettext_lazy("Choose one from the list."),
    "not_five_minutes": gettext_lazy("Times go in steps of five minutes."),
    "start_outside_day": gettext_lazy("The start must be a time of that day."),
    "end_before_start": gettext_lazy("The end comes before the start."),
    "overlap": gettext_lazy("Two intervals of one day overlap."),
    "range": gettext_lazy("The longest must be longer than the shortest."),
    "taken": gettext_lazy("This is taken already."),
    "slug": gettext_lazy("3 to 60 small letters, digits and single hyphens."),
    "reserved": gettext_lazy("This address is used by the installation itself."),
    "email": gettext_lazy("This is not an e-mail address."),
    "website": gettext_lazy("Begin the address with https://"),
    "color": gettext_lazy("Write the colour like #2f6f62."),
    "type": gettext_lazy("Only JPEG, PNG and WebP pictures are taken."),
    "too_large": gettext_lazy("The picture is larger than 8 MB."),
    "too_many_pixels": gettext_lazy("The picture has too many pixels."),
    "extra": gettext_lazy("This extra is gone."),
    "mode": gettext_lazy("This is not for offerings of this kind."),
    "only_one": gettext_lazy("Only one fits here."),
    "too_many": gettext_lazy("There are too many."),
    "too_many_included": gettext_lazy("No more than the most who may come."),
    "after_check_in": gettext_lazy("Check-out must not be later than check-in."),
    "twice": gettext_lazy("Two tiers have the same time."),
    "tiers_end_early": gettext_lazy("Say what cancelling costs until the very start: add a tier of 0 hours."),
    "nothing_set": gettext_lazy("Set at least one limit."),
    "no_such_day": gettext_lazy("None of these weekdays lies between the dates."),
    "range_too_long": gettext_lazy("These are too many days at once."),
    "rate_plan": gettext_lazy("This rate plan is gone."),
    "ticket_type": gettext_lazy("This ticket is gone."),
}
_CODES: Final[dict[str, str | Promise]] = {
    "tenancy.last_owner": gettext_lazy(
        "A business always keeps an owner. Make somebody else an owner first."
    ),
    "tenancy.owners_only": gettext_lazy("Only an owner makes, changes or removes an owner."),
    "tenancy.already_member": gettext_lazy("This person works here already."),
    "tenancy.slug_taken": gettext_lazy("Another business has this address."),
    "money.invalid_amount": gettext_lazy("This is not an amount."),
}

_LABELS: Final[dict[str, str | Promise]] = {
    "name": pgettext_lazy("thing", "Name"),
    "amount": gettext_lazy("Amount"),
    "choices": gettext_lazy("One of"),
    "quantity": gettext_lazy("How many"),
    "from_minute": gettext_lazy("From"),
    "until_minute": gettext_lazy("Until"),
    "duration": gettext_lazy("Duration"),
    "durations": gettext_lazy("Duration"),
    "duration_from": gettext_lazy("Shortest"),
    "duration_to": gettext_lazy("Longest"),
    "duration_step": gettext_lazy("In steps of"),
    "fixed_starts": gettext_lazy("Times"),
    "grid_minutes": gettext_lazy("Every"),
    "priority": gettext_lazy("Priority"),
    "slug": gettext_lazy("Word in the address"),
    "deposit_percent": gettext_lazy("Deposit"),
    "deposit_amount": gettext_lazy("Deposit"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Website"),
    "brand_color": gettext_lazy("Colour of the business"),
    "photo_file": gettext_lazy("Picture"),
    "cover_upload": gettext_lazy("Cover picture"),
    "resources": gettext_lazy("In it"),
    "first_on": gettext_lazy("First day"),
    "last_on": gettext_lazy("Last day"),
    "weekdays": gettext_lazy("On these days"),
    "min_nights": gettext_lazy("Nights at least"),
    "max_nights": gettext_lazy("Nights at most"),
    "min_nights_on_arrival": gettext_lazy("At least when arriving"),
    "check_in": gettext_lazy("Check-in from"),
    "check_out": gettext_lazy("Check-out until"),
    "included_guests": gettext_lazy("Guests in the price"),
    "capacity": gettext_lazy("Places of a session"),
    "night": gettext_lazy("A night"),
    "cancellation": gettext_lazy("Cancelling"),
    "rescheduling": gettext_lazy("Rescheduling"),
    "first_price": gettext_lazy("Price"),
    "price": gettext_lazy("Price"),
    "role": gettext_lazy("Role"),
    "time_zone": gettext_lazy("Time zone"),
}


def refusal_text(error: HorariumError) -> str:
    """One sentence for the place where the mistake is."""
    reason = str(error.params.get("reason", ""))
    if reason == "too_long" and "limit" in error.params:
        return _("At most %(limit)s characters.") % {"limit": error.params["limit"]}
    if reason == "below_taken":
        return _("%(count)s are sold or held already.") % {"count": error.params.get("least", "")}
    if reason == "out_of_range" and "max" in error.params:
        return _("A number from %(min)s to %(max)s.") % {
            "min": error.params["min"],
            "max": error.params["max"],
        }
    if reason == "contrast":
        return _("Too pale to be seen on white. %(color)s would do.") % {
            "color": error.params.get("suggestion", "")
        }
    found = _CODES.get(error.code) or _REASONS.get(reason)
    return str(found) if found else _("This does not fit.")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a repeated part: `needs.0`, with its values and mistakes by the last part of the name."""

    prefix: str
    number: int
    value: dict[str, str]
    lists: dict[str, list[str]]
    error: dict[str, str]


class Entered:
    """Values by the name of the control. Reading one in a wrong form notes the mistake and returns None."""

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        self.data = {
            name: [text.replace("\x00", "")[:MAX_TEXT] for text in texts] for name, texts in data.items()
        }
        self.errors: dict[str, str] = {}

    @classmethod
    def posted(cls, request: HttpRequest) -> Entered:
        return cls(dict(request.POST.lists()))

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Entered:
        """As if these values had been typed; None is an empty field, False an empty box."""
        data = {}
        for name, value in values.items():
            if isinstance(value, list | tuple):
                data[name] = [str(one) for one in value]
            elif value is not False:
                data[name] = ["" if value is None else "on" if value is True else str(value)]
        return cls(data)

    @property
    def value(self) -> dict[str, str]:
        return {name: texts[-1] for name, texts in self.data.items() if texts}

    @property
    def lists(self) -> dict[str, list[str]]:
        return self.data

    @property
    def mistakes(self) -> list[tuple[str, str, str]]:
        """Control, what it is called (where a word is known) and what is wrong, for the summary above a form."""
        return [
            (name, str(_LABELS.get(name.rpartition(".")[2], "")), text) for name, text in self.errors.items()
        ]

    @property
    def status(self) -> int:
        return 422 if self.errors else 200

    def text(self, name: str) -> str:
        return (self.data.get(name) or [""])[-1].replace("\r\n", "\n").strip()

    def many(self, name: str) -> list[str]:
        return [text for text in self.data.get(name, []) if text]

    def flag(self, name: str) -> bool:
        return bool(self.text(name))

    def put(self, name: str, *texts: str) -> None:
        self.data[name] = list(texts)

    def wrong(self, name: str, text: str) -> None:
        self.errors.setdefault(name, text)

    def refuse(self, error: HorariumError, *, otherwise: str, names: Mapping[str, str] | None = None) -> None:
        """Put a refusal at its field; `names` translates fields that the form calls otherwise."""
        field = (names or {}).get(error.field or "", error.field or otherwise)
        self.wrong(field, refusal_text(error))

    def whole(self, name: str, *, needed: bool = False) -> int | None:
        text = self.text(name)
        if not text:
            if needed:
                self.wrong(name, str(_REASONS["required"]))
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 7:
            self.wrong(name, _("A whole number."))
            return None
        return int(text)

    def money(self, name: str, currency: str, *, needed: bool = False) -> int | None:
        """Minor units."""
        text = self.text(name).replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace(",", ".")
        if not text:
            if needed:
                self.wrong(name, str(_REASONS["required"]))
            return None
        try:
            minor = Money.of(Decimal(text), currency).minor
        except (HorariumError, InvalidOperation):
            minor = -1
        if minor < 0:
            self.wrong(name, str(_CODES["money.invalid_amount"]))
            return None
        return minor

    def day(self, name: str, *, needed: bool = False) -> date | None:
        text = self.text(name)
        if not text:
            if needed:
                self.wrong(name, str(_REASONS["required"]))
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.wrong(name, _("This is not a date."))
            return None

    def minute(self, name: str) -> int | None:
        """Minutes from midnight of a clock time such as 09:30."""
        text = self.text(name)
        if not text:
            return None
        minute = minute_of(text)
        if minute is None:
            self.wrong(name, _("A time such as 09:30."))
        return minute

    def rows(self, part: str) -> list[Row]:
        found: dict[int, dict[str, list[str]]] = {}
        for name, texts in self.data.items():
            pieces = name.split(".")
            if len(pieces) == 3 and pieces[0] == part and pieces[1].isdigit():
                found.setdefault(int(pieces[1]), {})[pieces[2]] = texts
        return [self._row(part, number, found[number]) for number in sorted(found)]

    def _row(self, part: str, number: int, lists: dict[str, list[str]]) -> Row:
        prefix = f"{part}.{number}"
        errors = {
            name.removeprefix(prefix + "."): text
            for name, text in self.errors.items()
            if name.startswith(prefix + ".")
        }
        value = {name: texts[-1] for name, texts in lists.items() if texts}
        return Row(prefix, number, value, lists, errors)

    def renumber(self, part: str) -> None:
        """Rows are counted from nought without gaps, as the lists of the actions are."""
        for position, row in enumerate(self.rows(part)):
            if row.number != position:
                for name, texts in row.lists.items():
                    del self.data[f"{row.prefix}.{name}"]
                    self.data[f"{part}.{position}.{name}"] = texts

    def add_row(self, part: str, **values: str) -> None:
        self.renumber(part)
        number = len(self.rows(part))
        for name, text in {"id": "", **values}.items():
            self.put(f"{part}.{number}.{name}", text)

    def remove_row(self, part: str, number: int) -> None:
        for name in [name for name in self.data if name.startswith(f"{part}.{number}.")]:
            del self.data[name]
        self.renumber(part)


def minute_of(text: str) -> int | None:
    """Minutes from midnight of `9:30`, `9.30`, `930` or `9`; `24:00` is the end of the day."""
    plain = text.strip().replace(".", ":")
    if ":" not in plain:
        plain = f"{plain}:00" if len(plain) <= 2 else f"{plain[:-2]}:{plain[-2:]}"
    hours, _colon, minutes = plain.partition(":")
    if not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        return None
    if len(hours) > 2 or len(minutes) != 2 or int(minutes) > 59:
        return None
    minute = int(hours) * 60 + int(minutes)
    return minute if minute <= 1440 else None


def clock_of(minute: int | None) -> str:
    """`09:30` of minutes from midnight, whatever the day."""
    return "" if minute is None else f"{minute // 60 % 24:02d}:{minute % 60:02d}"

"""What a guest types to stand on a waiting list: for what, between which dates, and how to reach them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.typed_dates import read_date
from horarium.workflows.items import Guests
from horarium.workflows.waiting_fit import Wished

_FIELDS = (
    "first_on",
    "last_on",
    "duration",
    "party",
    "nights",
    "adults",
    "ages",
    "tickets",
    "name",
    "email",
    "phone",
)
_OF_FIELD = {"from": "first_on", "to": "last_on", "guests": "adults"}


class WaitingForm(forms.Form):
    """`ages`: of children, in years, with commas. Tickets come as `ticket_<id>`, beside the declared fields."""

    name = forms.CharField(max_length=120, required=False)
    email = forms.CharField(max_length=254, required=False)
    phone = forms.CharField(max_length=32, required=False)
    first_on = forms.DateField(required=False)
    last_on = forms.DateField(required=False)
    duration = forms.IntegerField(required=False, min_value=1, max_value=10_080)
    party = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    nights = forms.IntegerField(required=False, min_value=1, max_value=366)
    adults = forms.IntegerField(required=False, min_value=1, max_value=1_000)
    ages = forms.CharField(max_length=60, required=False)

    def check(self, *, needs_phone: bool, today: date) -> bool:
        """Whether nothing is missing; what is wrong stands at its field."""
        if not self.is_valid():
            return False
        data = self.cleaned_data
        if data["first_on"] is None:
            self.add_error("first_on", _("Choose a date."))
        elif (data["last_on"] or data["first_on"]) < max(data["first_on"], today):
            self.add_error("last_on", _("Choose a date that is not before the first one and not over."))
        if not data["name"].strip():
            self.add_error("name", _("Enter your name."))
        if not data["email"]:
            self.add_error("email", _("Enter your e-mail: the offer goes there."))
        if needs_phone and not data["phone"]:
            self.add_error("phone", _("Enter your phone number."))
        if self._ages() is None:
            self.add_error("ages", _("Write the ages as numbers from 0 to 17, with commas."))
        return not self.errors

    @property
    def dates(self) -> tuple[date, date]:
        first_on = self.cleaned_data["first_on"]
        return first_on, self.cleaned_data["last_on"] or first_on

    def wished(self, offering: OfferingFacts) -> Wished:
        """Only what the offering's mode has."""
        data = self.cleaned_data
        if offering.mode == "stay":
            guests = Guests(data["adults"] or 1, self._ages() or ())
            return Wished(offering.public_id, nights=data["nights"] or 1, guests=guests)
        if offering.mode == "session":
            counted = [(one.public_id, self._count(one.public_id)) for one in offering.ticket_types]
            return Wished(offering.public_id, tickets=tuple(one for one in counted if one[1]))
        return Wished(offering.public_id, duration=data["duration"], party=data["party"])

    def add_refusal(self, error: InvalidInput) -> None:
        """Put a refusal of the engine at its field, else above the form."""
        name = (error.field or "").removeprefix("customer.")
        name = _OF_FIELD.get(name, name)
        self.add_error(name if name in self.fields else None, _refusal_text(name, error))

    def problems(self) -> list[tuple[str, str]]:
        """`(field, text)` in the order of the page, for the summary of errors."""
        found = [(name, str(self.errors[name][0])) for name in _FIELDS if name in self.errors]
        return found + [("waiting", str(one)) for one in self.non_field_errors()]

    def _ages(self) -> tuple[int, ...] | None:
        parts = [part for part in self.cleaned_data.get("ages", "").replace(",", " ").split() if part]
        if not all(part.isdigit() and int(part) < 18 for part in parts) or len(parts) > 20:
            return None
        return tuple(int(part) for part in parts)

    def _count(self, ticket_id: str) -> int:
        text = str(self.data.get(f"ticket_{ticket_id}", ""))
        return min(int(text), 1_000) if text.isdigit() else 0


def first_values(query: QueryDict, offering: OfferingFacts, today: date) -> dict[str, Any]:
    """What the page opens with: what stood in the address it was reached by, else the usual."""
    day = read_date((query.get("day") or query.get("check_in") or query.get("from") or "")[:10]) or today
    day = max(day, today)
    shortest = 1 if offering.mode == "stay" else 0
    last = read_date((query.get("to") or query.get("check_out") or "")[:10]) or day
    last = max(last, day + timedelta(days=shortest))
    nights = (last - day).days
    values = {
        "first_on": day.isoformat(),
        "last_on": last.isoformat(),
        "duration": _number(query.get("duration")) or next(iter(offering.durations), 60),
        "party": _number(query.get("party")) or offering.party_min,
        "nights": _number(query.get("nights")) or max(nights, 1),
        "adults": _number(query.get("adults")) or 2,
        "ages": query.get("ages", "")[:60],
    }
    return {name: query.get(name, str(value)) for name, value in values.items()}


def _refusal_text(name: str, error: InvalidInput) -> str:
    reason = error.params.get("reason")
    if name == "email":
        return _("Check the e-mail address: it should look like name@example.com.")
    if name == "phone":
        return _("Check the phone number: start it with + and the code of the country.")
    if name == "name":
        return _("Enter your name in no more than 120 characters.")
    if name == "nights":
        return _("So many nights do not fit between these dates.")
    if name == "tickets":
        return _("Choose how many tickets you want.")
    if reason == "too_many":
        return _("You are waiting for many things already. Leave one of the lists first.")
    if reason == "range_too_long":
        return _("Choose dates that are at most three months apart.")
    return _("Check what is written here.")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and 0 < int(text) < 10_000 else None

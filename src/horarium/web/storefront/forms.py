"""What a guest types: who they are and how to reach them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.rules import BusinessFacts

_FIELDS = ("name", "email", "phone", "notes")


class DetailsForm(forms.Form):
    name = forms.CharField(max_length=120, required=False)
    email = forms.CharField(max_length=254, required=False)
    phone = forms.CharField(max_length=32, required=False)
    notes = forms.CharField(max_length=2000, required=False)

    def check(self, business: BusinessFacts) -> bool:
        """Whether nothing is missing; what is wrong stands at its field."""
        if not self.is_valid():
            return False
        if not self.cleaned_data["name"].strip():
            self.add_error("name", _("Enter your name."))
        if not self.cleaned_data["email"]:
            self.add_error("email", _("Enter your e-mail: the confirmation goes there."))
        if business.needs_phone and not self.cleaned_data["phone"]:
            self.add_error("phone", _("Enter your phone number."))
        return not self.errors

    def add_refusal(self, error: InvalidInput) -> bool:
        """Put a refusal of the engine at its field; False when it is about none of these fields."""
        name = (error.field or "").removeprefix("customer.")
        if name not in _FIELDS:
            return False
        self.add_error(name, _refusal_text(name))
        return True

    def problems(self) -> list[tuple[str, str]]:
        """`(field, text)` in the order of the page, for the summary of errors."""
        return [(name, str(self.errors[name][0])) for name in _FIELDS if name in self.errors]


def _refusal_text(name: str) -> str:
    if name == "email":
        return _("Check the e-mail address: it should look like name@example.com.")
    if name == "phone":
        return _("Check the phone number: start it with + and the code of the country.")
    if name == "name":
        return _("Enter your name in no more than 120 characters.")
    return _("Check what is written here.")

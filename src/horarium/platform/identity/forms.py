"""What an invited person tells about themselves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class InvitedForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )

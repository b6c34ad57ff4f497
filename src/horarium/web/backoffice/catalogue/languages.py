"""Texts of the business in several languages: its own stands in the fields, the others in `translations`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from horarium.modules.catalog.rules import Translations
from horarium.platform.tenancy.rules import LANGUAGES
from horarium.web.backoffice.entered import Entered

NAMES: Final = {"en": "English", "ru": "Русский", "es": "Español"}


@dataclass(frozen=True, slots=True)
class Language:
    """`prefix` stands before the names of its controls; nothing for the business's own."""

    code: str
    name: str
    prefix: str
    value: dict[str, str]
    error: dict[str, str]

    @property
    def is_own(self) -> bool:
        return not self.prefix


def typed_translations(translations: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {
        f"tr.{code}.{field}": text for code, texts in translations.items() for field, text in texts.items()
    }


def read_translations(entered: Entered, own: str, fields: Sequence[str]) -> Translations:
    found = {
        code: {field: text for field in fields if (text := entered.text(f"tr.{code}.{field}"))}
        for code in LANGUAGES
        if code != own
    }
    return {code: texts for code, texts in found.items() if texts}


def typed_names(translations: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Of one line among several: `name_<language>`."""
    return {f"name_{code}": texts["name"] for code, texts in translations.items() if texts.get("name")}


def read_names(entered: Entered, at: str, own: str) -> Translations:
    """`at`: what stands before the names of the line's controls, with its dot."""
    codes = [code for code in LANGUAGES if code != own]
    return {code: {"name": name} for code in codes if (name := entered.text(f"{at}name_{code}"))}


def languages_of(entered: Entered, own: str) -> list[Language]:
    """The business's own first."""
    ordered = [own, *(code for code in LANGUAGES if code != own)]
    return [_language(entered, code, "" if code == own else f"tr.{code}.") for code in ordered]


def _language(entered: Entered, code: str, prefix: str) -> Language:
    def under(texts: Mapping[str, str]) -> dict[str, str]:
        return {name[len(prefix) :]: text for name, text in texts.items() if name.startswith(prefix)}

    return Language(code, NAMES.get(code, code), prefix, under(entered.value), under(entered.errors))

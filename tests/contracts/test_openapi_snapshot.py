"""The contract with everybody outside is a file that changes only on purpose."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import horarium
from horarium.api.documents import errors_page
from horarium.api.texts import FIELDS, PROBLEMS, REASONS
from horarium.api.urls import openapi_document
from horarium.kit.errors import HorariumError
from horarium.modules.availability.rules.reasons import Reason

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
HOW_TO = "run: python -m tools.api_reference"


def test_the_openapi_file_is_what_the_code_says() -> None:
    assert (REFERENCE / "openapi.json").read_text(encoding="utf-8") == openapi_document(), HOW_TO


def test_the_page_of_errors_is_what_the_code_says() -> None:
    assert (REFERENCE / "errors.md").read_text(encoding="utf-8") == errors_page(), HOW_TO


def test_every_refusal_of_the_product_has_words() -> None:
    for module in pkgutil.walk_packages(horarium.__path__, "horarium."):
        if module.name.endswith((".errors", ".rules", ".permissions", "kit.text", "kit.zones", "kit.money")):
            importlib.import_module(module.name)
    known = PROBLEMS.keys() | FIELDS.keys()
    codes = {kind.code for kind in _subclasses(HorariumError)}
    assert sorted(codes - known - {"error"}) == []
    assert set(REASONS) == set(Reason)
    assert {f"availability.{reason}" for reason in Reason if reason is not Reason.TAKEN} <= PROBLEMS.keys()


def _subclasses(kind: type[HorariumError]) -> Iterator[type[HorariumError]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("horarium."):
            yield one
            yield from _subclasses(one)

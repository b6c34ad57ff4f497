"""What the widget promises to the pages that embed it: manifest, source and reference say the same."""

import gzip
import re
from pathlib import Path

import pytest

from tools.widget_reference import REFERENCE, WIDGET, english_words, manifest, render

BUILT = WIDGET.parent / "dist" / "widget"
BUDGET = 45_000
MARK = re.compile(r"\{\w+\}")


def source() -> str:
    files = [*WIDGET.glob("*.ts"), *WIDGET.glob("views/*.ts")]
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(files))


def names(kind: str) -> set[str]:
    return {one["name"] for one in manifest()[kind]}


def test_attributes_are_those_of_the_element() -> None:
    element = (WIDGET / "element.ts").read_text(encoding="utf-8")
    body = element[element.index("static override readonly properties") :]
    declared = body[: body.index("};")].splitlines()[1:]
    found = set()
    for line in declared:
        match = re.match(r"\s+(\w+): \{(.*)\},", line)
        if match:
            renamed = re.search(r"attribute: \"([^\"]+)\"", match[2])
            found.add(renamed[1] if renamed else match[1])
    assert found == names("attributes")


def test_events_are_those_that_the_element_sends() -> None:
    assert set(re.findall(r"\"(horarium:[\w-]+)\"", source())) == names("events")


def test_parts_are_those_of_the_templates() -> None:
    spoken = re.findall(r"\bpart=\"([^\"]+)\"", source()) + re.findall(r"\bpart=\$\{([^}]+)\}", source())
    parts = {part for text in spoken for part in re.findall(r"[a-z-]+", _quoted(text))}
    assert parts == names("cssParts")


def _quoted(text: str) -> str:
    """The literals of an expression, or a plain attribute as it is."""
    branches = re.findall(r"\? \"([^\"]+)\" : \"([^\"]+)\"", text)
    return " ".join(branches[0]) if branches else text


def test_variables_are_those_of_the_style_sheet() -> None:
    css = (WIDGET / "styles" / "widget.css").read_text(encoding="utf-8")
    assert set(re.findall(r"--horarium-[\w-]+", css)) == names("cssProperties")


def test_the_reference_is_written_from_the_manifest() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == render(), "run: python -m tools.widget_reference"


@pytest.mark.parametrize("language", ["ru", "es"])
def test_every_word_is_translated_with_the_same_values_in_it(language: str) -> None:
    text = (WIDGET / "words" / f"{language}.ts").read_text(encoding="utf-8")
    entries = re.findall(r"^  (\w+):\s*(\{.*?\}|\"[^\"]*\"),$", text, re.MULTILINE | re.DOTALL)
    found = {key: set(MARK.findall(value.replace("\n", " "))) for key, value in entries}
    assert found == {key: set(MARK.findall(value)) for key, value in english_words().items()}


def test_the_script_keeps_its_budget() -> None:
    assert [file.name for file in BUILT.glob("*.js")] == ["horarium.js"]
    assert len(gzip.compress(Path(BUILT / "horarium.js").read_bytes(), 9)) < BUDGET


def test_the_script_writes_no_cookie_and_needs_no_storage() -> None:
    """T-30: whatever a browser does to cookies and storage of third parties, nothing is lost.

    The id of the cart is also kept for this tab, where a page allows that: the cart itself is in memory.
    """
    script = (BUILT / "horarium.js").read_text(encoding="utf-8")
    assert re.findall(r"document\.cookie|localStorage|indexedDB|\beval\(|new Function", script) == []
    assert set(re.findall(r"sessionStorage\.\w+", script)) == {
        "sessionStorage.getItem",
        "sessionStorage.setItem",
        "sessionStorage.removeItem",
    }

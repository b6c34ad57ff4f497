"""What the documents say exists, and stays short enough to be read."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tools import reference

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
ADRS = sorted((DOCS / "adr").glob("*.md"))
TRAPS = DOCS / "reference" / "traps.md"
FOLDERS_OF_PATHS = (ROOT, ROOT / "src" / "horarium")
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|ts|md|css|json|sql|toml))(?:::(\w+))?`")
TRAP = re.compile(r"^\| (T-\d+b?) \|.*\| `([^`]+)::(\w+)` \|$", re.MULTILINE)
HOW_TO = "run: python -m tools.reference"


def title(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text_of(page: Path) -> str:
    """Without blocks of code, whose brackets are no links."""
    return CODE.sub("", page.read_text(encoding="utf-8"))


def find_path(text: str) -> Path | None:
    found = (folder / text for folder in FOLDERS_OF_PATHS)
    return next((file for file in found if file.exists()), None)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_to(target: Path, anchor: str) -> bool:
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target)


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(text_of(page)):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        address, _, anchor = link.partition("#")
        target = (page.parent / unquote(address)).resolve() if address else page
        if not leads_to(target, anchor):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_every_path_that_is_named_exists(page: Path) -> None:
    named = PATH.findall(text_of(page))
    assert [path for path, _ in named if find_path(path) is None] == []


def test_every_page_is_reached_from_the_index() -> None:
    listed = {(DOCS / link).resolve() for link in LINK.findall(text_of(DOCS / "README.md"))}
    pages = {page for page in DOCS.rglob("*.md") if page.parent != DOCS / "adr"}
    assert sorted(title(page) for page in pages - listed - {DOCS / "README.md"}) == []


def test_every_trap_has_a_test_that_names_it() -> None:
    rows = TRAP.findall(TRAPS.read_text(encoding="utf-8"))
    assert len(rows) == len(re.findall(r"^\| T-", TRAPS.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(rows) > 40
    wrong = []
    for trap, path, name in rows:
        file = find_path(path)
        source = file.read_text(encoding="utf-8") if file else ""
        if f"def {name}(" not in source or not re.search(rf"\b{trap}\b", source):
            wrong.append(f"{trap} {path}::{name}")
    assert wrong == []


def test_the_readme_is_read_in_one_go() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("page", sorted((DOCS / "explanation").glob("*.md")), ids=title)
def test_an_explanation_promises_and_ends_with_where_it_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    assert text.splitlines()[2].startswith("**Promise.**")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[-1] == "Where it is"


@pytest.mark.parametrize("page", ADRS, ids=title)
def test_a_decision_is_short_and_says_what_enforces_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    assert "**Enforced by:**" in text
    assert page.name[:4].isdigit()


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in ADRS] == list(range(1, len(ADRS) + 1))


def test_the_page_of_events_is_what_the_code_says() -> None:
    assert (DOCS / "reference" / "events.md").read_text(encoding="utf-8") == reference.events_page(), HOW_TO


def test_the_page_of_commands_is_what_the_code_says() -> None:
    page = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    assert page == reference.commands_page(), HOW_TO

"""Texts to translate: `collect` merges them into the .po files, `compile` makes .mo files of these.

Works without the gettext programs: Django turns a template into something like Python, Babel reads Python.
An app is a folder with `locale/`; a file belongs to the nearest one above it.
"""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1] / "src" / "horarium"
LANGUAGES = ("ru", "es")
SKIPPED = {"tests", "migrations", "locale", "node_modules", "__pycache__"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
UTF8 = {"encoding": "utf-8"}
Arguments = str | tuple[str | None, ...] | None
Key = tuple[str | None, str | tuple[str, ...]]


def apps() -> list[Path]:
    return sorted(folder.parent for folder in SOURCE.rglob("locale") if folder.is_dir())


def files_of(app: Path) -> Iterator[Path]:
    inner = [other for other in apps() if other != app and app in other.parents]
    for file in sorted(app.rglob("*")):
        if file.suffix not in (".py", ".html", ".txt") or SKIPPED & set(file.relative_to(app).parts):
            continue
        if not any(other in file.parents for other in inner):
            yield file


def texts_of(file: Path) -> Iterator[Key]:
    """Context (or None) and text; a text with a plural is a pair."""
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        source = as_python(source, str(file))
    # Babel's own annotation describes another function.
    read = cast(Callable[..., Iterable[tuple[int, str, Arguments, list[str]]]], extract_python)
    for _line, function, arguments, _comments in read(io.BytesIO(source.encode()), KEYWORDS, [], UTF8):
        yield from keys(function, arguments)


def keys(function: str, arguments: Arguments) -> Iterator[Key]:
    if arguments is None:
        return
    given = (arguments,) if isinstance(arguments, str) else arguments
    context = given[0] if function.lstrip("n").startswith("pgettext") else None
    texts = given[1:] if context is not None else given
    count = 2 if "ngettext" in function or "npgettext" in function else 1
    chosen = tuple(text for text in texts[:count] if text)
    if len(chosen) == count:
        yield context, (chosen[0] if count == 1 else chosen)


def as_python(source: str, name: str) -> str:
    from django.utils.translation.template import templatize

    # The lines are indented as in the template, which no reader of Python forgives.
    return "\n".join(line.strip() for line in templatize(source, origin=name).splitlines())


def collect(app: Path) -> Catalog:
    catalog = Catalog(charset="utf-8")
    for file in files_of(app):
        for context, text in texts_of(file):
            where = [(str(file.relative_to(app)), 1)]
            catalog.add(text, context=context, locations=where)
    return catalog


def catalog_file(app: Path, language: str) -> Path:
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(app: Path, language: str) -> Catalog:
    file = catalog_file(app, language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, charset="utf-8")


def merge(app: Path, language: str, template: Catalog) -> None:
    catalog = read(app, language)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.header_comment = f"# {app.name}: {language}"
    catalog.project, catalog.version = "Horarium", "1"
    # A date that changed with every run would only make noise in the history.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalog.fuzzy = False
    file = catalog_file(app, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalog, width=100, ignore_obsolete=True, include_lineno=False, sort_output=True)


def key_of(message: Message) -> Key:
    text = message.id
    return message.context, text if isinstance(text, str) else tuple(text)


def problems(app: Path, language: str) -> list[str]:
    """What is missing, left over or wrong in the translations of one app."""
    catalog = read(app, language)
    template = collect(app)
    wanted = {key_of(message) for message in template if message.id}
    there = {key_of(message): message for message in catalog if message.id}
    found = [f"not collected: {text!r}" for _, text in wanted - there.keys()]
    found += [f"no longer used: {text!r}" for _, text in there.keys() - wanted]
    for (_, text), message in there.items():
        strings = (message.string,) if isinstance(message.string, str) else message.string or ("",)
        if message.fuzzy or not all(strings):
            found.append(f"not translated: {text!r}")
        found += [f"{error}: {text!r}" for error in message.check(catalog)]
    return [f"{app.relative_to(SOURCE)} ({language}) {line}" for line in sorted(found)]


def compile_all(files: Iterable[Path]) -> None:
    for file in files:
        with file.open("rb") as source, file.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=file.parents[1].name, charset="utf-8"))


def main(command: str) -> int:
    if command == "collect":
        for app in apps():
            template = collect(app)
            for language in LANGUAGES:
                merge(app, language, template)
        lines = [line for app in apps() for language in LANGUAGES for line in problems(app, language)]
        print("\n".join(lines) or "Every text is translated.")
    compile_all(SOURCE.rglob("*.po"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "compile"))

"""What every file keeps to."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "horarium"
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MOST_ARGUMENTS = 6
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc"}
DOORS = {"actions", "queries", "events", "errors", "ports"}
# Pure values and decisions, in which the doors speak; they can do nothing to a row.
VOCABULARY = {"rules", "tokens"}
AT_THE_ROOT = {
    *("README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"),
    *("LICENSE", "Makefile", "pyproject.toml", "uv.lock", "manage.py", "conftest.py"),
    *(".ci", ".env.example", ".gitignore", "docs", "deploy", "frontend", "bench", "src", "tests", "tools"),
}


def python_files() -> list[Path]:
    files = [file for folder in ("src", "tests", "tools", "bench") for file in (ROOT / folder).rglob("*.py")]
    return [file for file in files if "migrations" not in file.parts]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for file in python_files():
        yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, Function]]:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}:{node.lineno} {node.name}", node


def test_a_file_is_read_in_one_sitting() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in python_files()
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_function_fits_on_a_screen() -> None:
    lengths = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_a_function_takes_few_positional_arguments() -> None:
    counts = {name: len(node.args.posonlyargs) + len(node.args.args) for name, node in functions()}
    assert {name: count for name, count in counts.items() if count > MOST_ARGUMENTS} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    # A Django base template is called so everywhere.
    assert [str(file.relative_to(ROOT)) for file in python_files() if file.stem in FORBIDDEN_NAMES] == []
    folders = {folder for file in python_files() for folder in file.relative_to(ROOT).parts[:-1]}
    assert folders & FORBIDDEN_NAMES == set()


def imports_of(tree: ast.Module, package: list[str]) -> Iterator[str]:
    """Absolute names of all imported modules and of what is taken out of them; `package` is where the file is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


def foreign_imports() -> Iterator[tuple[str, ast.Module, list[str]]]:
    """What files take out of modules that are not their own: file, its tree, parts of the imported name."""
    for name, tree in trees():
        parts = Path(name).with_suffix("").parts[1:]
        if parts[:1] != ("horarium",) or "tests" in parts or parts[1] == "config":
            continue
        for target in imports_of(tree, list(parts[:-1])):
            names = target.split(".")
            own = names[2:3] == list(parts[2:3]) and parts[1] == "modules"
            if names[:2] == ["horarium", "modules"] and len(names) > 3 and not own:
                yield name, tree, names


def test_a_module_is_entered_by_its_doors_only() -> None:
    allowed = DOORS | VOCABULARY | {"models"}
    trespassers = [
        f"{name} imports {'.'.join(names)}"
        for name, _, names in foreign_imports()
        if names[3].split("_")[0] not in allowed
    ]
    assert sorted(trespassers) == []


def test_only_a_module_itself_finds_and_makes_its_rows() -> None:
    """Whoever is given a row may read it and name its type; `Order.objects` and `Order(…)` stay at home."""
    trespassers = []
    for name, tree, names in foreign_imports():
        if names[3] != "models" or len(names) < 5:
            continue
        row = names[4]
        for node in ast.walk(tree):
            asks = isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
            subject = node.value if asks and isinstance(node, ast.Attribute) else None
            if isinstance(subject, ast.Name) and subject.id == row:
                trespassers.append(f"{name}:{subject.lineno} {row}.objects")
    assert sorted(trespassers) == []


def test_nothing_unknown_lies_at_the_root(tmp_path: Path) -> None:
    """Everything that is not ignored; an index of its own makes an unpacked archive as good as a clone."""
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path)], check=True)
    listed = subprocess.run(
        [
            *("git", f"--git-dir={tmp_path}", f"--work-tree={ROOT}"),
            "ls-files",
            "--others",
            "--exclude-standard",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "README.md" in listed.stdout.splitlines()
    assert {line.split("/")[0] for line in listed.stdout.splitlines()} - AT_THE_ROOT == set()


def test_comments_leave_no_work_for_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
    found = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in python_files()
        for word in words
        if word in file.read_text(encoding="utf-8")
    ]
    assert found == []

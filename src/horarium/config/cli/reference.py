"""The reference of settings, written from their declarations."""

from dataclasses import fields
from pathlib import Path

from horarium.config.env import Configuration, Declaration, declaration_of

ROOT = Path(__file__).resolve().parents[4]
MARKDOWN = ROOT / "docs" / "reference" / "settings.md"
EXAMPLE = ROOT / ".env.example"


def declarations() -> list[Declaration]:
    return [declaration_of(item) for item in fields(Configuration)]


def as_markdown() -> str:
    lines = [
        "# Settings",
        "",
        "Horarium reads its settings from the environment, and from a file `.env` in the folder where it is",
        "started; the environment wins. Wrong values are refused at the start, all in one message.",
        "A setting marked *secret* can also be read from a file: `NAME_FILE=/run/secrets/name`.",
        "This page is written by `horarium settings --write`.",
        "",
        "| Setting | Default | Meaning |",
        "|---|---|---|",
    ]
    for one in declarations():
        marks = [*(["*secret*"] if one.secret else []), *(["needed in production"] if one.needed else [])]
        about = f"{one.about} ({', '.join(marks)})" if marks else one.about
        lines.append(f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {about} |")
    return "\n".join([*lines, ""])


def as_example() -> str:
    lines = ["# Copy to .env and change. Every line is optional but those that production needs.", ""]
    for one in declarations():
        lines.append(f"# {one.about.replace('`', '')}")
        if one.needed:
            lines.append("# Needed in production.")
        value = one.default or (one.example if " " not in one.example else "")
        lines += [f"# {one.name}={value}", ""]
    return "\n".join(lines)


def write() -> None:
    MARKDOWN.parent.mkdir(parents=True, exist_ok=True)
    MARKDOWN.write_text(as_markdown(), encoding="utf-8")
    EXAMPLE.write_text(as_example(), encoding="utf-8")

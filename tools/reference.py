"""Write `docs/reference/events.md` and `docs/reference/command-line.md` from the code."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from horarium.platform.events.event import Event

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"

EVENTS = """# Events

Facts of the domain, in the past tense. Each is written with the change that made it true and delivered once to every
handler ([outbox](../explanation/outbox.md)); the log of a business is `GET /api/v1/manage/<business>/events`. All carry
`business_id`; ids are public ids. Fields may be added, with a default; none changes its meaning.
This page is written from the code by `python -m tools.reference`; a test compares them.

| Event | Fields | Fact | Heard by |
|---|---|---|---|
"""
COMMANDS = """# Command line

Commands read the [settings](settings.md) of the environment. What a person can put right is told in one line and ends
with code 1. This page is written from the code by `python -m tools.reference`; a test compares them.
"""


def main() -> None:
    os.environ.setdefault("HORARIUM_ENV", "test")
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1/none")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "horarium.config.settings")
    import django

    django.setup()
    (REFERENCE / "events.md").write_text(events_page(), encoding="utf-8")
    (REFERENCE / "command-line.md").write_text(commands_page(), encoding="utf-8")


def events_page() -> str:
    from horarium.platform.events.actions import subscriptions
    from horarium.platform.events.event import event_types

    heard = subscriptions()
    return EVENTS + "".join(
        f"{_event_row(kind, heard.get(kind.name, []))}\n" for kind in _ours(event_types())
    )


def _ours(kinds: list[type[Event]]) -> list[type[Event]]:
    """Without those that only tests define; a module's facts stand together."""
    return sorted(
        (
            kind
            for kind in kinds
            if kind.__module__.startswith("horarium.") and ".tests." not in kind.__module__
        ),
        key=lambda kind: (kind.__module__, kind.name),
    )


def _event_row(kind: type[Event], handlers: list[str]) -> str:
    names = ", ".join(f"`{field.name}`" for field in fields(kind) if field.name != "business_id")
    return f"| `{kind.name}` | {names} | {_sentence(kind.__doc__)} | {', '.join(f'`{one}`' for one in handlers)} |"


def commands_page() -> str:
    from typer.main import get_command

    from horarium.config.cli.commands import commands

    return COMMANDS + "".join(f"\n{section}" for section in _sections(get_command(commands), "horarium"))


def _sections(command: Any, path: str) -> Iterator[str]:
    """Typer keeps its commands to itself, hence no type for them."""
    for name, child in command.commands.items():
        if hasattr(child, "commands"):
            yield from _sections(child, f"{path} {name}")
        elif not child.hidden:
            yield _section(child, f"{path} {name}")


def _section(command: Any, path: str) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    names = [one.metavar or one.name.upper() for one in arguments]
    usage = " ".join([path, *names, *(["[OPTIONS]"] if options else [])])
    rows = "".join(f"| {_option(one)} |\n" for one in options)
    table = f"\n| Option | Default | Meaning |\n|---|---|---|\n{rows}" if rows else ""
    return f"## `{usage}`\n\n{_sentence(command.help)}\n{table}"


def _option(option: Any) -> str:
    shown = "needed" if option.required else f"`{option.default}`" if option.default else ""
    return f"`{option.opts[0]}` | {shown} | {option.help or ''}"


def _sentence(text: str | None) -> str:
    return " ".join(inspect.cleandoc(text or "").split("\n\n")[0].split()).replace("|", "\\|")


if __name__ == "__main__":
    main()

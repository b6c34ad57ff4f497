"""Messages as they are written down, and their templates rendered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string

from . import content
from .rules import MessageKey, greeting_name, one_line
from .wording import Wording


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is ready to be written down. `calendar`: calendar files, one after the other."""

    key: MessageKey
    locale: str
    to_name: str
    to_address: str
    subject: str
    html: str
    text: str
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of words and one link."""

    language: str
    sender: content.Sender
    words: Wording
    url: str
    to_address: str
    to_name: str = ""


def notice(key: MessageKey, letter: Letter) -> Draft:
    return _written(key, letter, "notice")


def about_order(
    key: MessageKey,
    letter: Letter,
    *,
    lines: Sequence[content.Line] = (),
    goods: Sequence[content.GoodsLine] = (),
    account: content.Account,
    is_cancelled: bool = False,
    note: str = "",
    calendar: str = "",
) -> Draft:
    """`note`: why they were cancelled. `calendar`: calendar files, one after the other."""
    draft = _written(
        key,
        letter,
        "order",
        lines=lines,
        goods=goods,
        account=account,
        is_cancelled=is_cancelled,
        note=note,
        has_calendar=bool(calendar),
    )
    return replace(draft, calendar=calendar)


def about_dates(
    key: MessageKey,
    letter: Letter,
    *,
    dates: Sequence[content.DateLine],
    goods: Sequence[content.GoodsLine],
    account: content.Account,
    calendar: str,
) -> Draft:
    """What all of them share is said once."""
    served = {(one.line.people, one.line.rooms) for one in dates}
    draft = _written(
        key,
        letter,
        "dates",
        dates=dates,
        shared=dates[0].line,
        is_shared=len(served) == 1,
        goods=goods,
        account=account,
        has_calendar=bool(calendar),
    )
    return replace(draft, calendar=calendar)


def _written(key: MessageKey, letter: Letter, template: str, **context: Any) -> Draft:
    context |= {
        "sender": letter.sender,
        "words": letter.words,
        "greeting": greeting_name(letter.to_name),
        "url": letter.url,
        "language": letter.language,
    }
    return Draft(
        key=key,
        locale=letter.language,
        to_name=letter.to_name,
        to_address=letter.to_address,
        subject=one_line(letter.words.subject),
        html=render_to_string(f"messaging/{template}.html", context),
        text=_tidy(render_to_string(f"messaging/{template}.txt", context)),
    )


def _tidy(text: str) -> str:
    """At most one empty line at a time: template tags leave their own."""
    lines: list[str] = []
    for line in (part.strip() for part in text.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"

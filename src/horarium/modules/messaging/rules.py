"""What may stand in a message, and when a reminder is due. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LANGUAGES: Final = ("en", "ru", "es")
HOUSE_COLOUR: Final = "#17607a"
SHORTEST_WAIT: Final = timedelta(hours=1)
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_GREETABLE: Final = re.compile(r"[^\W\d_]+(?:[ '’\-][^\W\d_]+){0,3}")
_GREETING_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class MessageKey:
    """The fact that a message tells: written once as `template:subject:mark`.

    `subject` is a public id; `mark` tells apart the facts of one kind about it (an instant, a sequence).
    """

    template: str
    subject: str
    mark: str

    def __str__(self) -> str:
        return f"{self.template}:{self.subject}:{self.mark}"

    @classmethod
    def parse(cls, text: str) -> "MessageKey":
        template, subject, mark = text.split(":", 2)
        return cls(template, subject, mark)


def instant_mark(instant: datetime) -> str:
    """An instant to the microsecond; facts of one transaction share theirs."""
    return str(round(instant.timestamp() * 1_000_000))


def sequence_mark(booking_id: str, sequence: int) -> str:
    """A booking at one of its sequences."""
    return f"{booking_id}.{sequence}"


def read_sequence_mark(mark: str) -> tuple[str, int]:
    booking_id, _, sequence = mark.rpartition(".")
    return booking_id, int(sequence)


def reminder_due_at(starts_at: datetime, reminder_hours: int, now: datetime) -> datetime | None:
    """When to remind, or None: reminders are off, or it would come within an hour of this decision."""
    due = starts_at - timedelta(hours=reminder_hours)
    return due if reminder_hours and due - now >= SHORTEST_WAIT else None


def language_of(wanted: str, fallback: str) -> str:
    """The language of a message: the person's, else the business's, else English."""
    for candidate in (wanted, fallback):
        language = candidate.replace("_", "-").split("-")[0].lower()
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def one_line(text: str, limit: int = 200) -> str:
    """Fit for a header: no line breaks or control characters, single spaces."""
    return " ".join(_CONTROL.sub(" ", text).split())[:limit]


def greeting_name(name: str) -> str:
    """The name to greet with, or nothing when it is not plainly a name.

    Anybody can type somebody else's address at a checkout: the mail must not carry their advertisement.
    """
    text = one_line(name)
    return text if len(text) <= _GREETING_LENGTH and _GREETABLE.fullmatch(text) else ""


def brand_colour(colour: str) -> str:
    """A plain `#rrggbb`, safe inside a style attribute."""
    return colour.lower() if _HEX.fullmatch(colour) else HOUSE_COLOUR


def ink_on(colour: str) -> str:
    """White where it has a contrast of 4.5 or more on the colour, else black (WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if 1.05 / (luminance + 0.05) >= 4.5 else "#000000"


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)

"""Structured logs: one line an event, for people or for machines, without personal data."""

import logging
import re
import sys
from collections.abc import MutableMapping
from functools import partial
from typing import Any, TextIO

import structlog

Event = MutableMapping[str, Any]

PERSONAL = frozenset({"email", "phone", "name", "password", "token", "address", "notes", "ip", "secret"})
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"\+\d[\d\s()-]{6,}\d")
# PostgreSQL tells the values of a row that breaks a constraint.
ROW = re.compile(r"(Key \([^)]*\)=|Failing row contains )\(.*?\)", re.DOTALL)


def without_personal_data(logger: Any, method: str, event: Event) -> Event:
    for key, value in event.items():
        if key in PERSONAL:
            event[key] = "…"
        elif isinstance(value, str):
            event[key] = scrubbed(value)
    return event


def scrubbed(text: str) -> str:
    """Without what its first signs are missing for, nothing is searched: most texts have none."""
    if "(" in text:
        text = ROW.sub(r"\1(…)", text)
    if "@" in text:
        text = EMAIL.sub("…", text)
    return PHONE.sub("…", text) if "+" in text else text


def without_path(logger: Any, method: str, event: Event) -> Event:
    """Django's own words about a request end in its path, and paths may carry the keys of guests."""
    if event.get("logger") == "django.request":
        event["event"] = str(event.get("event", "")).split(":")[0]
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_path,
]


class Lines(structlog.WriteLogger):
    """Our own events, which need no handler of the standard library: every request writes one."""

    def __init__(self, file: TextIO, name: str) -> None:
        super().__init__(file)
        self.name = name


def _endings(form: str) -> list[Any]:
    """From an event to its line."""
    return [
        structlog.processors.format_exc_info,
        without_personal_data,
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]


def logging_settings(form: str, level: str) -> dict[str, Any]:
    """The LOGGING setting of Django, for what others tell; `form` is `json` or `text`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_endings(form),
                ],
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            # These tell at INFO what the request log tells already, or what every job is called with.
            "django": {"level": "WARNING", "handlers": ["lines"], "propagate": False},
            "django.request": {"level": "ERROR", "handlers": ["lines"], "propagate": False},
            "procrastinate": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
            "_granian": {"level": "WARNING"},
            "granian.access": {"level": "WARNING"},
        },
    }


def configure_structlog(form: str, level: str, file: TextIO = sys.stderr) -> None:
    structlog.configure(
        processors=[*SHARED, *_endings(form)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=partial(Lines, file),
        cache_logger_on_first_use=True,
    )

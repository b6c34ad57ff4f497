"""Facts of the domain, and the book that finds them by name."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

_types: dict[str, type[Event]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of every event. Subclasses are frozen dataclasses named in the past tense.

    They hold public ids and primitives only, because they live as JSON in the outbox and outlast the code
    that wrote them: give a field that is added later a default.
    """

    business_id: int

    name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # `slots=True` builds every class twice: super() without arguments would point to the first one.
        super(Event, cls).__init_subclass__(**kwargs)
        known = _types.get(cls.__name__)
        if known is not None and known.__module__ != cls.__module__:
            raise ValueError(f"two events are called {cls.__name__}")
        cls.name = cls.__name__
        _types[cls.__name__] = cls

    def payload(self) -> dict[str, Any]:
        """Everything but the business, which has a column of its own."""
        return {
            field.name: getattr(self, field.name) for field in fields(self) if field.name != "business_id"
        }


def event_type(name: str) -> type[Event]:
    """The class of that name. Raises KeyError for one that the code does not know (any more)."""
    return _types[name]


def event_types() -> list[type[Event]]:
    return [_types[name] for name in sorted(_types)]

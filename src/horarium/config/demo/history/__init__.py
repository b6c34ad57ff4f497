"""A year behind and six weeks ahead: bookings that keep every rule of the engine, with their money."""

from .writing import write_history

__all__ = ["write_history"]

"""Setting fields of a row and telling what that changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models


def apply(row: models.Model, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set and save what differs. Returns the values before and after, both empty when nothing does."""
    before = {name: getattr(row, name) for name, value in fields.items() if getattr(row, name) != value}
    after = {name: fields[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    if after:
        row.save(update_fields=list(after))
    return before, after

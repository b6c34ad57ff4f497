"""Model fields that every table of a business uses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models

from horarium.kit.ids import new_id

if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField


class PublicIdField(TextColumn):
    """An opaque, prefixed id (`bk_…`): the only id that leaves the database.

    Not unique by itself: every table adds `UniqueConstraint(business, public_id)`, so that the
    schema can be distributed by business. What links open without naming the business has an index of its own.
    """

    def __init__(self, *, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs.update(
            max_length=32,
            default=partial(new_id, prefix),
            editable=False,
        )
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "default", "editable"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "prefix": self.prefix}

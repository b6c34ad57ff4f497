"""The door to the rows of one business."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django_scopes import scope


@contextmanager
def business_scope(business_id: int) -> Iterator[None]:
    """Inside, queries see the rows of this business and of no other."""
    with scope(business=business_id):
        yield

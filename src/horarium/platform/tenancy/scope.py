"""The door to the rows of one business."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django_scopes import scope


def business_scope(business_id: int) -> AbstractContextManager[None]:
    """Inside, queries see the rows of this business and of no other."""
    entered: AbstractContextManager[None] = scope(business=business_id)
    return entered

"""Fixtures of the API's tests. What they make stands in `bed`, which needs Django to be ready."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .bed import Api, Salon


@pytest.fixture
def api() -> Iterator[Api]:
    from horarium.platform.throttle import limits

    from .bed import Api

    limits.forget_all()
    yield Api()
    limits.forget_all()


@pytest.fixture
def monday() -> Iterator[datetime]:
    from horarium.kit.clock import frozen

    from .bed import NOW

    with frozen(NOW):
        yield NOW


@pytest.fixture
def salon(db: None, monday: datetime) -> Salon:
    from .bed import make_salon

    return make_salon()

"""The test bed of the whole repository; what it does stands in `tests/bed`."""

import os

os.environ["HORARIUM_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "horarium.config.settings"
# Playwright keeps an event loop in the main thread, and Django would take the tests' queries for careless ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django
import pytest
from hypothesis import HealthCheck, settings

from tests.bed.cluster import CLUSTER

os.environ["DATABASE_URL"] = CLUSTER.url("not_yet_created")
os.environ["HORARIUM_DATA"] = str(CLUSTER.folder.parent / "data")

# How quick the machine is says nothing about the product.
settings.register_profile("horarium", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("horarium")

pytest_plugins = ["tests.bed.database", "tests.bed.server", "tests.bed.browser"]


def pytest_configure() -> None:
    django.setup()


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Tests of one process meet several databases, whose businesses have equal keys and revisions."""
    from horarium.modules.catalog import queries as catalog
    from horarium.modules.pricing import queries as pricing
    from horarium.workflows import list_availability, list_sessions, list_stays

    catalog._memory.clear()
    pricing._memory.clear()
    list_availability._answers.forget()
    list_stays._answers.forget()
    list_sessions._answers.forget()

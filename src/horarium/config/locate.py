"""Where things are: the database, the public address, the hosts that requests may name."""

import os
from urllib.parse import urlsplit

from horarium.config.env import Configuration
from horarium.platform.database.embedded import EmbeddedPostgres

DATABASE_NAME = "horarium"


def embedded_postgres(configuration: Configuration) -> EmbeddedPostgres | None:
    """The embedded server of this data folder; None when DATABASE_URL names another one."""
    return None if configuration.database_url else EmbeddedPostgres(configuration.data / "postgres")


def database_url(configuration: Configuration) -> str:
    embedded = embedded_postgres(configuration)
    return configuration.database_url if embedded is None else embedded.url(DATABASE_NAME)


def public_url(configuration: Configuration) -> str:
    return configuration.public_url or f"http://127.0.0.1:{configuration.port}"


def allowed_hosts(configuration: Configuration) -> list[str]:
    own = urlsplit(public_url(configuration)).hostname or ""
    return [own, "127.0.0.1", "localhost", "[::1]", *configuration.extra_hosts]


def web_workers(configuration: Configuration) -> int:
    return configuration.web_workers or min(os.cpu_count() or 1, 4)

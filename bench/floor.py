"""The floor: the smallest django-ninja application that reads one row, or inserts one under the constraint.

Its table holds what the product's holds, under the product's own condition, and both grow by what is measured.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

SCHEMA = """
CREATE TABLE floor_row (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO floor_row VALUES (1, 'one');
CREATE TABLE floor_allocation (id bigserial PRIMARY KEY, resource_id bigint NOT NULL, during tstzrange NOT NULL,
    state varchar(8) NOT NULL, EXCLUDE USING gist
    (int8range(resource_id, resource_id, '[]') WITH &&, during WITH &&) WHERE (state IN ('held', 'taken')));
CREATE SEQUENCE floor_minute;
"""
FILL = """
INSERT INTO floor_allocation (resource_id, during, state)
SELECT resource_id, during, state FROM availability_allocation;
ANALYZE floor_allocation;
"""
INSERT = """
WITH place AS (SELECT nextval('floor_minute') AS n)
INSERT INTO floor_allocation (resource_id, during, state)
SELECT 1 + n %% 10, tstzrange(start, start + interval '1 hour'), 'held'
FROM place, LATERAL (SELECT %(base)s + n * interval '1 hour') AS hour (start) RETURNING id
"""
BASE = datetime.now(UTC) + timedelta(days=800)


def configure() -> None:
    """The least that Django needs: no middleware, no apps, the product's own way to its database."""
    parts: dict[str, Any] = dict(conninfo_to_dict(os.environ["DATABASE_URL"]))
    settings.configure(
        SECRET_KEY="floor",
        ROOT_URLCONF="bench.floor",
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.pop("dbname"),
                "USER": parts.pop("user", ""),
                "HOST": parts.pop("host", ""),
                "PORT": parts.pop("port", ""),
                "PASSWORD": parts.pop("password", ""),
                "OPTIONS": {**parts, "pool": {"min_size": 1, "max_size": 10, "timeout": 10}},
            }
        },
    )


if not settings.configured:
    configure()

import django  # noqa: E402  (settings come first)

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.urls import path  # noqa: E402
from ninja import NinjaAPI, Schema  # noqa: E402

from horarium.config.at_once import at_once  # noqa: E402

api = NinjaAPI(docs_url=None, openapi_url=None)


class Row(Schema):
    id: int
    name: str


@api.get("/read", response=Row)
def read(request: HttpRequest) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM floor_row WHERE id = %s", [1])
        row = cursor.fetchone()
    assert row is not None
    return {"id": row[0], "name": row[1]}


class NewRow(Schema):
    note: str


@api.post("/insert", response=Row)
def insert(request: HttpRequest, body: NewRow) -> dict[str, Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, {"base": BASE})
        row = cursor.fetchone()
    assert row is not None
    return {"id": row[0], "name": body.note}


urlpatterns = [path("", api.urls)]
application = at_once(WSGIHandler())

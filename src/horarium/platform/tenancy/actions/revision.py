"""The counter that tells whether an answer computed from the catalogue is still true."""

from __future__ import annotations

from django.db import connection


def bump_catalog_revision(business_id: int) -> None:
    """Call it in the transaction of every change of offerings, resources, openings, prices or rules."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_business SET catalog_revision = catalog_revision + 1 WHERE id = %s", [business_id]
        )

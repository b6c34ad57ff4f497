"""Reads of single blocks."""

from __future__ import annotations

from django.db import connection

from horarium.kit.errors import NotFound

from .queries import BlockRow


def get_block(business_id: int, block_id: str) -> BlockRow:
    """A live block with the resources that it takes. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT b.public_id, b.starts_at, b.ends_at, b.reason, array_agg(a.resource_id ORDER BY a.resource_id)
            FROM availability_block b JOIN availability_allocation a
                ON a.business_id = b.business_id AND a.owner_kind = 'block' AND a.owner_id = b.id
                AND a.state = 'taken'
            WHERE b.business_id = %s AND b.public_id = %s AND b.removed_at IS NULL GROUP BY b.id""",
            [business_id, block_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound("block", params={"kind": "block"})
    return BlockRow(*(*row[:4], tuple(row[4])))

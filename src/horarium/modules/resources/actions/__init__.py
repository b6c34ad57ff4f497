"""Changes of resources, pools and openings. Each is one audited transaction that makes the catalogue anew.

`fields` hold public ids, never keys of the database. Everything raises NotFound for what the business does not
have, and InvalidInput with the field at fault.
"""

from .openings import DatedHours, Hours, add_exception, remove_exception, set_week
from .pools import create_pool, delete_pool, update_pool
from .resources import ResourceFields, archive_resource, create_resource, update_resource

__all__ = [
    "DatedHours",
    "Hours",
    "ResourceFields",
    "add_exception",
    "archive_resource",
    "create_pool",
    "create_resource",
    "delete_pool",
    "remove_exception",
    "set_week",
    "update_pool",
    "update_resource",
]

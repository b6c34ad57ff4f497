"""Changes of businesses, locations, members and keys."""

from .revision import bump_catalog_revision

__all__ = ["bump_catalog_revision"]

"""The business, one Django app a module."""

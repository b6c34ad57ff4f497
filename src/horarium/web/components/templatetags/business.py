"""Texts and pictures of a business, in the reader's language: `{% load business %}`."""

from typing import Any

from django import template
from django.utils.translation import get_language

from horarium.modules.catalog.rules import translated
from horarium.platform.files.storage import media_path
from horarium.web.components.formats import month_text

register = template.Library()


@register.filter
def text(thing: Any, field: str = "name") -> str:
    """`{{ offering|text:"summary" }}`: in the reader's language where the business wrote it, else in its own."""
    own = str(getattr(thing, field, "") or "")
    return translated(getattr(thing, "translations", {}), field, get_language() or "en", own)


@register.filter
def place_name(location: Any) -> str:
    """Of the time zone, as people know it: the city, else the name of the location."""
    return text(location, "city") or text(location)


@register.filter
def photo_url(name: str) -> str:
    """Address of a stored picture; empty without one."""
    return media_path(name)


@register.filter
def as_month(day: Any) -> str:
    """`May 2026`, as a heading."""
    return month_text(day)

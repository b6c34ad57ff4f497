"""The language of an answer, without sessions and cookies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(request: HttpRequest, default: str = "en") -> str:
    """`?lang=` of the request, else the best of its Accept-Language, else `default`."""
    asked = request.GET.get("lang", "")
    return _choose(asked, request.headers.get("Accept-Language", ""), default)


@lru_cache(maxsize=4096)
def _choose(asked: str, header: str, default: str) -> str:
    known = [code for code, _ in settings.LANGUAGES]
    wanted = [asked.lower()] if asked else []
    wanted += [code for code, quality in parse_accept_lang_header(header) if quality > 0]
    return next((base for code in wanted if (base := code.split("-")[0]) in known), default)


def languages_of(default: str, translations: Sequence[str]) -> list[str]:
    """What a business speaks: its own language first, then those it has texts for."""
    return list(dict.fromkeys([default, *sorted(translations)]))

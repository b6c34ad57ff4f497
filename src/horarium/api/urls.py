"""The API and its two descriptions, for programs and for people."""

from __future__ import annotations

from functools import cache

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_GET

from . import etags
from .answers.availability import Rendered, rendered
from .definition import build

OPENAPI_URL = "/api/v1/openapi.json"
api = build()


def openapi_document() -> str:
    """The OpenAPI file as it stands in `docs/reference/openapi.json`."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    return orjson.dumps(document, option=options).decode() + "\n"


@cache
def _openapi() -> Rendered:
    return rendered(orjson.loads(openapi_document()))


@require_GET
def show_openapi(request: HttpRequest) -> HttpResponse:
    response = etags.answer(request, _openapi())
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_GET
def show_docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"openapi_url": OPENAPI_URL})


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/openapi.json", show_openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("api/docs", show_docs, name="api_docs"),
]

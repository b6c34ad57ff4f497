"""The widget's script for pages of any origin, and a page of ours that shows it at work."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from horarium.kit.errors import NotFound
from horarium.modules.catalog.queries import catalog_of
from horarium.platform.tenancy.models import Business

from .script import find_script

# The name is stable, so pages must hear of a new build soon; meanwhile the old one serves them at once.
CACHE: Final = "public, max-age=600, stale-while-revalidate=86400"
_TAKES_GZIP: Final = re.compile(r"(?:^|[,\s])(?:gzip|\*)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)


@require_safe
def serve_script(request: HttpRequest) -> HttpResponse:
    """Readable from every origin: module scripts of other origins are fetched with CORS, without cookies."""
    script = find_script()
    if script is None:
        raise Http404("the front end has not been built")
    is_packed = _TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
    etag = f'"{script.etag}-gzip"' if is_packed else f'"{script.etag}"'
    response = HttpResponse(
        script.packed if is_packed else script.plain, content_type="text/javascript; charset=utf-8"
    )
    if is_packed:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = CACHE
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ["Accept-Encoding"])
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional or response


@require_safe
def show_any_example(request: HttpRequest) -> HttpResponse:
    """The example of the first business."""
    first = Business.objects.filter(is_active=True).order_by("name").first()
    if first is None:
        raise Http404("no business yet")
    return HttpResponseRedirect(reverse("widget_example", args=[first.slug]))


@require_safe
def show_example(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        business = catalog_of(slug).business
    except NotFound as error:
        raise Http404(error.code) from error
    context = {
        "business": business,
        "home_url": reverse("storefront_business", args=[slug]),
        "language": get_language(),
        "origin": settings.PUBLIC_URL,
        "snippet": snippet(slug, business.name),
    }
    return render(request, "widget/example.html", context)


def snippet(slug: str, name: str) -> str:
    """What a site puts into its page; the link serves where no script runs."""
    script = f"{settings.PUBLIC_URL}{reverse('widget_script')}"
    page = f"{settings.PUBLIC_URL}{reverse('storefront_business', args=[slug])}"
    return (
        f'<script type="module" src="{script}"></script>\n'
        f'<horarium-booking business="{slug}">\n'
        f'  <a href="{page}">{escape(name)}</a>\n'
        "</horarium-booking>"
    )

"""Stored pictures over HTTP. The random name is the whole permission, so no business is looked up."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from .storage import content_type_of, stored_path


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """A file never changes under its name, so browsers keep it for a year."""
    content_type = content_type_of(name)
    if content_type is None:
        raise Http404
    try:
        file = default_storage.open(stored_path(name))
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

"""What a change of the catalogue answers: the list is made anew, the sheet closes, a toast says what happened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from horarium.web.backoffice.answers import back_to, is_partial, with_toast


def done(request: HttpRequest, url: str, text: str, *, hue: str = "ok") -> HttpResponse:
    """Without scripts, or where a sheet is a page of its own: back to the list with a message."""
    if not is_partial(request):
        return back_to(request, url, text, hue=hue)
    if request.headers.get("X-Whole-Page"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = back_to(request, url, text, hue=hue)["Location"]
        return response
    return with_toast(HttpResponse(status=204), text, hue=hue, also=("catalogue:changed", "sheet:close"))

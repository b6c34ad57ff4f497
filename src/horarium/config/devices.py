"""What pages may ask a browser for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
NOTHING = "camera=(), microphone=(), geolocation=()"


def device_policy(get_response: GetResponse) -> GetResponse:
    """No camera, microphone or position, unless the page itself has said otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", NOTHING)
        return response

    return middleware

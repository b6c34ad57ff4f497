"""For load balancers and watchers: `live` says that the process answers, `ready` that its parts do."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from horarium.platform.health.queries import list_parts


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    parts = list_parts()
    is_ready = all(part.is_ready for part in parts)
    body = {
        "status": "ready" if is_ready else "not_ready",
        "parts": {part.name: part.detail or "ready" for part in parts},
    }
    return JsonResponse(body, status=200 if is_ready else 503)

from django.urls import URLPattern, URLResolver, path

from .definition import build

api = build()

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
]

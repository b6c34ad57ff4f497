from django.urls import URLPattern, URLResolver, path

from horarium.platform.health import views

app_name = "health"
urlpatterns: list[URLPattern | URLResolver] = [
    path("live", views.live, name="live"),
    path("ready", views.ready, name="ready"),
]

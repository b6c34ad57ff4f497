"""Addresses of the back office. Each screen is a package that brings its paths below `/manage/<business>/`."""

from django.urls import URLPattern, URLResolver, include, path

from horarium.web.backoffice.home import views

SCREENS = (
    "home",
    "bookings",
    "series",
    "waiting",
    "customers",
    "mail",
    "activity",
    "calendar",
    "door",
    "catalogue",
    "settings",
)

app_name = "backoffice"

urlpatterns: list[URLPattern | URLResolver] = [
    path("manage/", views.choose, name="choose"),
    *(path("manage/<slug:slug>/", include(f"{__package__}.{screen}.urls")) for screen in SCREENS),
]

"""Addresses of the back office. Each screen is a package that brings its paths below `/manage/<business>/`."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from horarium.web.backoffice.home import views

SCREENS = (
    "home",
    "bookings",
    "customers",
    "mail",
    "activity",
    "calendar",
    "catalogue",
    "settings",
)

app_name = "backoffice"


def _has_pages(screen: str) -> bool:
    package = f"{__package__}.{screen}"
    return find_spec(package) is not None and find_spec(f"{package}.urls") is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path("manage/", views.choose, name="choose"),
    *(
        path("manage/<slug:slug>/", include(f"{__package__}.{screen}.urls"))
        for screen in SCREENS
        if _has_pages(screen)
    ),
]

"""Every face brings its own full paths; here they are only put together."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", include("horarium.platform.health.urls")),
    path("", include("horarium.api.urls")),
    path("", include("horarium.connectors.test_gateway.urls")),
    path("", include("horarium.web.storefront.urls")),
    path("", include("horarium.web.storefront.waiting_urls")),
    path("", include("horarium.web.account.urls")),
    path("", include("horarium.web.widget.urls")),
    path("", include("horarium.web.backoffice.urls")),
    path("", include("horarium.web.components.urls")),
    path("", include("horarium.platform.identity.urls")),
    path("", include("horarium.platform.files.urls")),
    path("accounts/", include("allauth.urls")),
]

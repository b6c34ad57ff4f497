from django.urls import URLPattern, URLResolver, path

from horarium.web.storefront import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_installation, name="installation"),
    path("b/<slug:slug>/", views.show_business, name="storefront_business"),
    path("b/<slug:slug>/<slug:offering_key>/", views.show_offering, name="storefront_offering"),
    path("b/<slug:slug>/<slug:offering_key>/book/", views.show_details, name="storefront_details"),
]

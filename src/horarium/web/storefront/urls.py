from django.urls import URLPattern, URLResolver, path

from horarium.web.storefront import cart_views, repeats, repeats_booking, views, visits

# "-" is no slug, so that no offering can stand in the way of these pages.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_installation, name="installation"),
    path("b/<slug:slug>/", views.show_business, name="storefront_business"),
    path("b/<slug:slug>/-/cart/", cart_views.show_cart, name="storefront_cart"),
    path("b/<slug:slug>/-/cart/add/", cart_views.add, name="storefront_cart_add"),
    path("b/<slug:slug>/-/cart/change/", cart_views.change, name="storefront_cart_change"),
    path("b/<slug:slug>/-/cart/book/", cart_views.show_cart_details, name="storefront_cart_details"),
    path("b/<slug:slug>/-/visit/", visits.show_visit, name="storefront_visit"),
    path("b/<slug:slug>/<slug:offering_key>/", views.show_offering, name="storefront_offering"),
    path("b/<slug:slug>/<slug:offering_key>/book/", views.show_details, name="storefront_details"),
    path("b/<slug:slug>/<slug:offering_key>/repeat/", repeats.show_dates, name="storefront_repeat"),
    path(
        "b/<slug:slug>/<slug:offering_key>/repeat/book/",
        repeats_booking.show_repeat_details,
        name="storefront_repeat_details",
    ),
]

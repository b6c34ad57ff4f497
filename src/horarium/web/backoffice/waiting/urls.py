from django.urls import URLPattern, URLResolver, path

from . import decline, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("waiting/", views.show_waiting, name="waiting"),
    path("waiting/<str:entry_id>/offer/", views.offer, name="waiting_offer"),
    path("waiting/<str:entry_id>/remove/", views.remove, name="waiting_remove"),
    path("bookings/<str:booking_id>/decline/", decline.decline_request, name="booking_decline"),
]

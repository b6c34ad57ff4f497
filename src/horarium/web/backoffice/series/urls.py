from django.urls import URLPattern, URLResolver, path

from . import panel

urlpatterns: list[URLPattern | URLResolver] = [
    path("bookings/<str:booking_id>/series/", panel.show_series, name="series"),
]

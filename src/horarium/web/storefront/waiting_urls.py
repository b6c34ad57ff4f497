from django.urls import URLPattern, URLResolver, path

from horarium.web.storefront import waiting

urlpatterns: list[URLPattern | URLResolver] = [
    path("b/<slug:slug>/<slug:offering_key>/waiting/", waiting.join_list, name="storefront_waiting"),
    path("waiting/<str:token>/", waiting.show_place, name="waiting_place"),
    path("waiting/<str:token>/leave/", waiting.leave_list, name="waiting_leave"),
]

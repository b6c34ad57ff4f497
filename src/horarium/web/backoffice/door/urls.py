from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("door/", views.show_doors, name="door"),
    path("door/scan/", views.scan_any, name="door_scan"),
    path("door/t/<str:code>/", views.show_ticket, name="door_ticket"),
    path("door/<str:session_id>/", views.show_session, name="door_session"),
    path("door/<str:session_id>/scan/", views.scan, name="door_session_scan"),
    path("door/<str:session_id>/<str:ticket_id>/", views.let_in, name="door_guest"),
]

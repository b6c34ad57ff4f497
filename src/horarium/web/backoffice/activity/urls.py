from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("activity/", views.show_activity, name="activity"),
    path("activity/events/", views.show_events, name="events"),
    path("payments/flagged/", views.show_flagged, name="flagged"),
    path("payments/flagged/<str:payment_id>/", views.settle_flag, name="flag_settle"),
    path("activity/failures/", views.show_failures, name="failures"),
    path("activity/failures/<str:job_id>/", views.rerun, name="failure_run_again"),
]

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("messages/", views.show_messages, name="messages"),
    path("messages/<str:message_id>/", views.show_message, name="message"),
    path("messages/<str:message_id>/html/", views.show_html, name="message_html"),
    path("messages/<str:message_id>/calendar.ics", views.download_calendar, name="message_calendar"),
    path("messages/<str:message_id>/again/", views.again, name="message_again"),
]

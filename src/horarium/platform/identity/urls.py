from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("signin/<str:token>", views.sign_in, name="sign_in_link"),
    path("invitations/<str:token>", views.invitation, name="invitation"),
]

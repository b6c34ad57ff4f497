from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("gateways/test/pay/<slug:ref>", views.pay, name="test_gateway_pay"),
]

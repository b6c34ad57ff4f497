from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "horarium.api"
    label = "api"

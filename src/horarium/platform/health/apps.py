from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "horarium.platform.health"
    label = "health"

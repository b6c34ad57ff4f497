from django.apps import AppConfig


class AvailabilityConfig(AppConfig):
    name = "horarium.modules.availability"
    label = "availability"

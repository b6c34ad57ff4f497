from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "horarium.modules.booking"
    label = "booking"

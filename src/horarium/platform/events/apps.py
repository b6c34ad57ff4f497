from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "horarium.platform.events"
    label = "events"

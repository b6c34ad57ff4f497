from django.apps import AppConfig


class CompositionConfig(AppConfig):
    name = "horarium.config"
    label = "config"

    def ready(self) -> None:
        from horarium.config import wiring

        wiring.connect()

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "horarium.modules.resources"
    label = "resources"

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "horarium.platform.identity"
    label = "identity"

from django.apps import AppConfig
from django_cotton.nested_tag_support import enable_nested_tag_support


class WebComponentsConfig(AppConfig):
    name = "horarium.web.components"
    label = "web_components"

    def ready(self) -> None:
        # Cotton's own set-up would do this; without it `label="{% translate … %}"` is cut at the first quote.
        enable_nested_tag_support()

from django.apps import AppConfig


class WebComponentsConfig(AppConfig):
    name = "horarium.web.components"
    label = "web_components"

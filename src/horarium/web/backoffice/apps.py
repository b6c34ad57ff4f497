from django.apps import AppConfig


class WebBackofficeConfig(AppConfig):
    name = "horarium.web.backoffice"
    label = "web_backoffice"

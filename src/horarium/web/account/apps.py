from django.apps import AppConfig


class WebAccountConfig(AppConfig):
    name = "horarium.web.account"
    label = "web_account"

from django.apps import AppConfig


class WebWidgetConfig(AppConfig):
    name = "horarium.web.widget"
    label = "web_widget"

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "horarium.modules.messaging"
    label = "messaging"

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "horarium.platform.database"
    label = "database"

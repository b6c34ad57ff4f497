from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "horarium.modules.catalog"
    label = "catalog"

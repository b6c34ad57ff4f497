from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "horarium.platform.tenancy"
    label = "tenancy"

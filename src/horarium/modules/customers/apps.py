from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "horarium.modules.customers"
    label = "customers"

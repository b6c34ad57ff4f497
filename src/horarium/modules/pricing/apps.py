from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "horarium.modules.pricing"
    label = "pricing"

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "horarium.modules.payments"
    label = "payments"

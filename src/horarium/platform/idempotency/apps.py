from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "horarium.platform.idempotency"
    label = "idempotency"

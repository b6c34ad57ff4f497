from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "horarium.platform.audit"
    label = "audit"

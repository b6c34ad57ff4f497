from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "horarium.modules.ledger"
    label = "ledger"

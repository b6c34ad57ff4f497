from django.apps import AppConfig


class TestGatewayConfig(AppConfig):
    name = "horarium.connectors.test_gateway"
    label = "test_gateway"

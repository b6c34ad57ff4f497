from django.apps import AppConfig


class WebStorefrontConfig(AppConfig):
    name = "horarium.web.storefront"
    label = "web_storefront"

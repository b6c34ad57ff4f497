from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "horarium.platform.identity"
    label = "identity"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_used

        from .second_factor import seal_used

        authenticator_used.connect(seal_used, dispatch_uid="identity.seal_used")

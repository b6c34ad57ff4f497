from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "horarium.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        from procrastinate.contrib.django import app

        from .failures import keep_failures

        middleware = app.worker_defaults.get("task_middleware") or []
        app.worker_defaults["task_middleware"] = [*middleware, keep_failures]

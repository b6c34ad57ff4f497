from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "horarium.platform.jobs"
    label = "jobs"

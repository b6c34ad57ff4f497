from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "horarium.platform.files"
    label = "files"

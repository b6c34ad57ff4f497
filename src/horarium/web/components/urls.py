from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from horarium.web.components import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    path("gallery/", gallery.show, name="gallery"),
    path("gallery/sheet/", gallery.show_sheet, name="gallery_sheet"),
    path("gallery/error/<int:status>/", gallery.show_error, name="gallery_error"),
    path("gallery/<slug:layout>/", gallery.show_layout, name="gallery_layout"),
]

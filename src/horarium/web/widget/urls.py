from django.urls import URLPattern, URLResolver, path

from horarium.web.widget import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("widget/v1/horarium.js", views.serve_script, name="widget_script"),
    path("widget/example/", views.show_any_example, name="widget_examples"),
    path("widget/example/<slug:slug>", views.show_example, name="widget_example"),
]

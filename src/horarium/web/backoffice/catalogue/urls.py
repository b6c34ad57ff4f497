from django.urls import URLPattern, URLResolver, path

from . import offerings

urlpatterns: list[URLPattern | URLResolver] = [
    path("catalogue/", offerings.show_offerings, name="catalogue"),
    path("catalogue/categories/", offerings.categories, name="catalogue_categories"),
    path("catalogue/offerings/new/", offerings.new, name="catalogue_offering_new"),
    path("catalogue/offerings/<str:offering_id>/", offerings.edit, name="catalogue_offering"),
    path("catalogue/offerings/<str:offering_id>/copy/", offerings.duplicate, name="catalogue_offering_copy"),
    path(
        "catalogue/offerings/<str:offering_id>/archive/", offerings.archive, name="catalogue_offering_archive"
    ),
    path(
        "catalogue/offerings/<str:offering_id>/visibility/",
        offerings.toggle,
        name="catalogue_offering_visibility",
    ),
]

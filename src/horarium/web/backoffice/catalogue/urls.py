from django.urls import URLPattern, URLResolver, path

from . import hours, offerings, resources

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
    path("catalogue/resources/", resources.show_resources, name="catalogue_resources"),
    path("catalogue/resources/new/", resources.new, name="catalogue_resource_new"),
    path("catalogue/resources/<str:resource_id>/", resources.edit, name="catalogue_resource"),
    path(
        "catalogue/resources/<str:resource_id>/archive/", resources.archive, name="catalogue_resource_archive"
    ),
    path("catalogue/pools/new/", resources.new_pool, name="catalogue_pool_new"),
    path("catalogue/pools/<str:pool_id>/", resources.edit_pool, name="catalogue_pool"),
    path("catalogue/pools/<str:pool_id>/delete/", resources.delete_pool, name="catalogue_pool_delete"),
    path("catalogue/hours/", hours.show_hours, name="catalogue_hours"),
    path("catalogue/hours/<str:owner_id>/", hours.edit_hours, name="catalogue_hours_of"),
    path("catalogue/hours/<str:owner_id>/dates/", hours.add_dated, name="catalogue_dated_add"),
    path(
        "catalogue/hours/<str:owner_id>/dates/<str:exception_id>/",
        hours.remove_dated,
        name="catalogue_dated_remove",
    ),
]

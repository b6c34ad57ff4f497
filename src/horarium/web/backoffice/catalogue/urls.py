from django.urls import URLPattern, URLResolver, path

from . import (
    hours,
    offerings,
    policies,
    products,
    rate_plans,
    rates,
    resources,
    restrictions,
    schedules,
    sessions,
    tickets,
)

OFFERING = "catalogue/offerings/<str:offering_id>/"

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
    path(f"{OFFERING}rates/", rates.show_rates, name="catalogue_rates"),
    path(f"{OFFERING}rates/new/", rates.new_line, name="catalogue_rate_new"),
    path(f"{OFFERING}rates/plans/new/", rate_plans.new, name="catalogue_rate_plan_new"),
    path(f"{OFFERING}rates/plans/<str:plan_id>/", rate_plans.edit, name="catalogue_rate_plan"),
    path(
        f"{OFFERING}rates/plans/<str:plan_id>/archive/",
        rate_plans.archive,
        name="catalogue_rate_plan_archive",
    ),
    path(f"{OFFERING}rates/<str:line_id>/", rates.edit_line, name="catalogue_rate"),
    path(f"{OFFERING}rates/<str:line_id>/<str:verb>/", rates.change_line, name="catalogue_rate_change"),
    path(f"{OFFERING}restrictions/", restrictions.edit, name="catalogue_restrictions"),
    path(
        f"{OFFERING}restrictions/<str:restriction_id>/remove/",
        restrictions.remove,
        name="catalogue_restriction_remove",
    ),
    path(f"{OFFERING}tickets/", tickets.show_tickets, name="catalogue_tickets"),
    path(f"{OFFERING}tickets/new/", tickets.new, name="catalogue_ticket_new"),
    path(f"{OFFERING}tickets/<str:ticket_id>/", tickets.edit, name="catalogue_ticket"),
    path(f"{OFFERING}tickets/<str:ticket_id>/archive/", tickets.archive, name="catalogue_ticket_archive"),
    path(f"{OFFERING}schedule/", schedules.show_schedule, name="catalogue_schedule"),
    path(f"{OFFERING}schedule/new/", schedules.new, name="catalogue_schedule_new"),
    path(f"{OFFERING}schedule/<str:schedule_id>/", schedules.edit, name="catalogue_schedule_edit"),
    path(f"{OFFERING}schedule/<str:schedule_id>/end/", schedules.end, name="catalogue_schedule_end"),
    path(f"{OFFERING}schedule/<str:schedule_id>/start/", schedules.start, name="catalogue_schedule_start"),
    path(f"{OFFERING}sessions/new/", sessions.new, name="catalogue_session_new"),
    path(f"{OFFERING}sessions/<str:session_id>/", sessions.edit, name="catalogue_session"),
    path(f"{OFFERING}sessions/<str:session_id>/cancel/", sessions.cancel, name="catalogue_session_cancel"),
    path("catalogue/products/", products.show_products, name="catalogue_products"),
    path("catalogue/products/new/", products.new, name="catalogue_product_new"),
    path("catalogue/products/<str:product_id>/", products.edit, name="catalogue_product"),
    path("catalogue/products/<str:product_id>/archive/", products.archive, name="catalogue_product_archive"),
    path("catalogue/products/<str:product_id>/stock/", products.change_stock, name="catalogue_product_stock"),
    path("catalogue/policies/", policies.show_policies, name="catalogue_policies"),
    path("catalogue/policies/new/", policies.new, name="catalogue_policy_new"),
    path("catalogue/policies/<str:policy_id>/", policies.edit, name="catalogue_policy"),
    path("catalogue/policies/<str:policy_id>/delete/", policies.delete, name="catalogue_policy_delete"),
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

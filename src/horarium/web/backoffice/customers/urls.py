from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("customers/", views.show_customers, name="customers"),
    path("customers/reviews/", views.show_reviews, name="reviews"),
    path("customers/reviews/<str:review_id>/", views.resolve, name="review_resolve"),
    path("customers/<str:customer_id>/", views.show_customer, name="customer"),
    path("customers/<str:customer_id>/edit/", views.edit, name="customer_edit"),
]

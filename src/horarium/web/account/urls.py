from django.urls import URLPattern, URLResolver, path

from horarium.web.account import changes, offers, series, tickets, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/<str:token>/", views.show_order, name="order_page"),
    path("my/<str:token>/status/", views.show_status, name="order_status"),
    path("my/<str:token>/pay/", views.pay, name="order_pay"),
    path("my/<str:token>/pay/<str:payment_id>/", views.leave_to_pay, name="order_leave_to_pay"),
    path("my/<str:token>/accept/", offers.accept, name="order_accept"),
    path("my/<str:token>/cancel/", changes.cancel, name="order_cancel"),
    path("my/<str:token>/change/<str:booking_id>/", changes.change, name="order_change"),
    path("my/<str:token>/series/<str:booking_id>/", series.change_dates, name="order_series"),
    path("my/<str:token>/arrival/<str:booking_id>/", changes.arrival, name="order_arrival"),
    path("my/<str:token>/tickets/<str:booking_id>/", tickets.show_tickets, name="order_tickets"),
    path("my/<str:token>/ticket/<str:ticket_id>.svg", tickets.show_code, name="order_ticket_code"),
    path("my/<str:token>/calendar.ics", views.download_calendar, name="order_calendar"),
]

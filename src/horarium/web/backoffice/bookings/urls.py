from django.urls import URLPattern, URLResolver, path

from . import cancel, changes, goods, goods_cancel, goods_list, goods_order, leaving, move, new, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views.search, name="search"),
    path("bookings/", views.show_bookings, name="bookings"),
    path("bookings/new/", new.new_booking, name="booking_new"),
    path("bookings/new/plan/", new.show_plan, name="booking_plan"),
    path("bookings/new/customers/", new.suggest_customers, name="booking_customers"),
    path("bookings/goods/", goods_list.show_goods, name="goods"),
    path("bookings/goods/<str:order_id>/", goods_order.show_order, name="goods_order"),
    path("bookings/goods/<str:order_id>/hand-over/", goods_order.hand_over, name="goods_hand_over"),
    path("bookings/goods/<str:order_id>/payment/", goods_order.take_payment, name="goods_pay"),
    path("bookings/goods/<str:order_id>/cancel/", goods_cancel.cancel, name="goods_cancel"),
    path("bookings/<str:booking_id>/", views.show_booking, name="booking"),
    path("bookings/<str:booking_id>/step/", changes.take_step, name="booking_step"),
    path("bookings/<str:booking_id>/payment/", changes.take_payment, name="booking_pay"),
    path("bookings/<str:booking_id>/goods/", goods.hand_over, name="booking_goods"),
    path("bookings/<str:booking_id>/note/", changes.write_note, name="booking_note"),
    path("bookings/<str:booking_id>/move/", move.move, name="booking_move"),
    path("bookings/<str:booking_id>/undo/<str:token>/", move.undo_move, name="booking_undo"),
    path("bookings/<str:booking_id>/no-show/", leaving.no_show, name="booking_no_show"),
    path("bookings/<str:booking_id>/departure/", leaving.departure, name="booking_departure"),
    path("bookings/<str:booking_id>/cancel/", cancel.cancel, name="booking_cancel"),
]

from django.urls import URLPattern, URLResolver, path

from . import away, blocks, find, moves, stay_moves, views, visit

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/", views.show_calendar, name="calendar"),
    path("calendar/feed/", views.feed, name="calendar_feed"),
    path("calendar/find/", find.find, name="calendar_find"),
    path("calendar/visit/", visit.plan, name="calendar_visit"),
    path("calendar/visit/book/", visit.book, name="calendar_visit_book"),
    path("calendar/away/", away.replace, name="calendar_replace"),
    path("calendar/bookings/<str:booking_id>/", moves.move, name="calendar_move"),
    path("calendar/stays/<str:booking_id>/", stay_moves.move, name="calendar_move_stay"),
    path("calendar/blocks/new/", blocks.new_block, name="calendar_block_new"),
    path("calendar/blocks/undo/<str:token>/", blocks.undo, name="calendar_block_undo"),
    path("calendar/blocks/<str:block_id>/", blocks.block, name="calendar_block"),
    path("calendar/blocks/<str:block_id>/remove/", blocks.remove, name="calendar_block_remove"),
    path("calendar/blocks/<str:block_id>/move/", blocks.move, name="calendar_block_move"),
]

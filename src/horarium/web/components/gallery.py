"""Every component in every state, in both themes: looked at by people, axe and the screenshot script."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from types import SimpleNamespace
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from horarium.kit.money import Money
from horarium.web.components.statuses import STATUSES

LAYOUTS: Final = {"storefront", "backoffice", "minimal"}
ERRORS: Final = {400, 403, 404, 429, 500}

View = Callable[..., HttpResponse]


def for_builders(view: View) -> View:
    """Open in a demonstration and in tests; elsewhere for staff of the installation only."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        is_open = getattr(settings, "MODE", "") in {"demo", "test"}
        if not is_open and not getattr(getattr(request, "user", None), "is_staff", False):
            raise Http404
        return view(request, **kwargs)

    return guarded


@for_builders
def show(request: HttpRequest) -> HttpResponse:
    density = "" if request.GET.get("density") == "public" else "backoffice"
    context = {
        "themes": [{"name": name, "label": label} for name, label in (("light", "Light"), ("dark", "Dark"))],
        "density": density,
        "business": _business(request),
        **_samples(),
    }
    return render(request, "gallery/index.html", context)


@for_builders
def show_layout(request: HttpRequest, layout: str) -> HttpResponse:
    if layout not in LAYOUTS:
        raise Http404
    if "toast" in request.GET:
        messages.success(request, "Booking moved to 14:30")
    context = {
        "business": _business(request),
        "member": SimpleNamespace(name="Anna Orlova", role_word="Owner"),
        "nav": _nav(),
        "businesses": [
            {"name": "Lakeside Studio", "url": "#", "active": True},
            {"name": "Aurora Spa", "url": "#", "active": False},
        ],
        "search_url": reverse("gallery_layout", args=["backoffice"]),
        "new_booking_url": reverse("gallery_sheet"),
        "account_url": "#",
        "logout_url": "#",
        "home_url": reverse("gallery"),
        **_samples(),
    }
    return render(request, f"gallery/{layout}.html", context)


@for_builders
def show_sheet(request: HttpRequest) -> HttpResponse:
    template = "gallery/sheet.html#sheet" if getattr(request, "htmx", False) else "gallery/sheet.html"
    context = {"business": _business(request), "nav": _nav(), **_samples()}
    return render(request, template, context)


@for_builders
def show_error(request: HttpRequest, status: int) -> HttpResponse:
    if status not in ERRORS:
        raise Http404
    return render(request, f"{status}.html", status=status)


def _business(request: HttpRequest) -> SimpleNamespace:
    color = request.GET.get("brand", "2f6f62")
    return SimpleNamespace(
        name="Lakeside Studio",
        brand_color=f"#{color}",
        phone="+7 812 555-01-23",
        email="hello@lakeside.example",
        website="https://lakeside.example",
    )


def _nav() -> list[dict[str, Any]]:
    entries = [
        ("today", "Today", "sun"),
        ("calendar", "Calendar", "calendar"),
        ("bookings", "Bookings", "clipboard-list"),
        ("customers", "Customers", "users-round"),
        ("catalogue", "Catalogue", "layers"),
        ("messages", "Messages", "mail"),
        ("settings", "Settings", "settings"),
    ]
    return [
        {"key": key, "label": label, "icon": icon, "url": "#" + key, "active": key == "bookings"}
        for key, label, icon in entries
    ]


def _samples() -> dict[str, Any]:
    now = datetime.now(UTC).replace(microsecond=0)
    start = (now + timedelta(days=1)).replace(hour=11, minute=0, second=0)
    return {
        "now": now,
        "zone": "Europe/Moscow",
        "start": start,
        "end": start + timedelta(minutes=90),
        "until": now + timedelta(minutes=9, seconds=42),
        "price": Money(270000, "RUB"),
        "price_with_cents": Money(129950, "EUR"),
        "price_whole": Money(45000, "CLP"),
        "statuses": list(STATUSES),
        "hues": ["ok", "warn", "bad", "info", "hold", "plain"],
        "rows": _rows(start),
        "history": _history(now),
        "steps": _steps(),
        "tab_items": _tabs(),
        "chip_items": _chips(),
        "view_items": _views(),
        "crumbs": [
            {"label": "Bookings", "url": "#"},
            {"label": "Customers", "url": "#"},
            {"label": "Maria Petrova"},
        ],
        "select_options": [("a", "Hall A, daylight"), ("b", "Hall B, cyclorama"), ("c", "Hall C")],
        "card_options": [
            {
                "value": "full",
                "label": "Pay now",
                "hint": "The booking is confirmed at once.",
                "note": "2 700 ₽",
            },
            {"value": "part", "label": "Pay a deposit", "hint": "The rest at the place.", "note": "800 ₽"},
            {"value": "none", "label": "Pay at the place", "hint": "Not offered here.", "disabled": True},
        ],
    }


def _rows(start: datetime) -> list[dict[str, Any]]:
    people = [
        ("Maria Petrova", "Portrait session", "confirmed", "paid", 540000),
        ("Иван Кузнецов", "Hall A, 2 hours", "held", "unpaid", 300000),
        ("Lucía Fernández", "Content day", "checked_in", "part_paid", 1250050),
        ("Oleg Smirnov", "Hall B, 1 hour", "no_show", "refunded", 150000),
    ]
    return [
        {
            "customer": name,
            "phone": "+7 921 555-10-0" + str(index),
            "offering": offering,
            "status": status,
            "payment": payment,
            "total": Money(minor, "RUB"),
            "start": start + timedelta(hours=2 * index),
            "end": start + timedelta(hours=2 * index, minutes=90),
        }
        for index, (name, offering, status, payment, minor) in enumerate(people)
    ]


def _history(now: datetime) -> list[dict[str, Any]]:
    ago = timedelta(minutes=1)
    return [
        {"icon": "timer", "hue": "hold", "text": "Held for Maria Petrova", "at": now - 40 * ago},
        {
            "icon": "credit-card",
            "hue": "ok",
            "text": "Paid 5 400 ₽",
            "note": "Test gateway",
            "at": now - 36 * ago,
        },
        {
            "icon": "calendar-clock",
            "hue": "info",
            "text": "Moved to Hall B",
            "note": "by Anna",
            "at": now - ago,
        },
    ]


def _steps() -> list[dict[str, str]]:
    return [
        {"label": "Offering", "state": "done", "url": "#"},
        {"label": "Time", "state": "current"},
        {"label": "Details", "state": ""},
        {"label": "Payment", "state": ""},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": "Upcoming", "url": "#", "active": True, "count": 12},
        {"label": "Past", "url": "#", "count": 340},
        {"label": "Cancelled", "url": "#"},
    ]


def _chips() -> list[dict[str, Any]]:
    return [
        {"label": "All", "url": "#", "count": 48},
        {"label": "Unpaid", "url": "#", "active": True, "removable": True, "icon": "circle-dollar-sign"},
        {"label": "No-show", "url": "#", "count": 2, "icon": "user-x"},
    ]


def _views() -> list[dict[str, Any]]:
    return [
        {"label": "Day", "url": "#", "active": True},
        {"label": "Week", "url": "#"},
        {"label": "Month", "url": "#"},
    ]

"""What guests and staff wrote."""

from __future__ import annotations

from typing import Final

ORDER_NOTES: Final = {
    "spa": (
        "Es un regalo, por favor no mencionen el precio.",
        "Tengo una lesión en el hombro derecho.",
        "Prefiero presión suave.",
        "Sin aceite de lavanda, soy alérgica.",
        "Llego directo del aeropuerto, puede que me atrase cinco minutos.",
        "¿Puede ser sin música?",
    ),
    "studio": (
        "Будем с собакой, спокойная.",
        "Нужен белый бумажный фон.",
        "Приедет машина с реквизитом, нужен грузовой лифт.",
        "Снимаем каталог, около сорока образов.",
        "Просьба включить отопление заранее.",
        "Счёт на организацию, пожалуйста.",
    ),
    "salon": (
        "First visit, long and very thick hair.",
        "Please no small talk, rough week.",
        "Allergic to ammonia.",
        "I will bring a picture.",
        "My daughter comes along, she is four.",
        "Same as last time, a little shorter.",
    ),
}
STAFF_NOTES: Final = {
    "es": (
        "Prefiere la cabina Coihue.",
        "Llamó para confirmar.",
        "Paga con transferencia.",
        "Clienta de hace años.",
    ),
    "ru": (
        "Звонили, подтвердили.",
        "Попросили второй фон.",
        "Постоянный фотограф, чай с мятой.",
        "Нужен акт.",
    ),
    "en": ("Called to confirm.", "Formula 7/1 + 8/1.", "Likes the window seat.", "Usually ten minutes late."),
}

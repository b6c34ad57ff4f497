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
    "hotel": (
        "Приедем поездом в 14:20, встретите?",
        "Нужна детская кроватка.",
        "Будем поздно, после одиннадцати.",
        "Годовщина свадьбы, если можно, номер повыше.",
        "С нами небольшая собака.",
        "Завтракаем рано, уезжаем на рыбалку.",
    ),
    "tours": (
        "One of us walks with a stick.",
        "We do not eat pork.",
        "Celebrating a birthday, no singing please.",
        "Staying near Rossio.",
        "First time in Lisbon.",
        "We may be five minutes late, arriving by train.",
    ),
    "venue": (
        "Venimos con una silla de ruedas.",
        "Descarga a las cinco, somos cuatro músicos.",
        "¿Se puede entrar con cochecito?",
        "Cumpleaños sorpresa, llamad a este número y no al otro.",
        "Necesitamos una mesa para el merchandising.",
        "Factura a nombre de la asociación, por favor.",
    ),
    "rental": (
        "Mido 1,92, que sea grande.",
        "Es la primera vez que remamos.",
        "¿La podéis dejar en el hotel?",
        "Una silla para un niño de tres años.",
        "Volveremos antes de comer.",
        "Necesito candado doble.",
    ),
}
STAFF_NOTES: Final = {
    "es": (
        "Prefiere que le escriban.",
        "Llamó para confirmar.",
        "Paga con transferencia.",
        "De las de siempre.",
    ),
    "ru": (
        "Звонили, подтвердили.",
        "Предупредили, что задержатся.",
        "Бывают часто, любят чай с мятой.",
        "Нужен акт.",
    ),
    "en": (
        "Called to confirm.",
        "Came by recommendation.",
        "Prefers the quiet corner.",
        "Usually ten minutes late.",
    ),
}

"""What the prices of the demo businesses are called in the other languages."""

from __future__ import annotations

from typing import Final

_NAMES: Final[dict[str, dict[str, str]]] = {
    "Quiet morning": {"ru": "Тихое утро", "es": "Mañana tranquila"},
    "Saturday": {"ru": "Суббота", "es": "Sábado"},
    "Weekend": {"ru": "Выходные", "es": "Fin de semana"},
    "Mañana tranquila": {"en": "Quiet morning", "ru": "Тихое утро"},
    "Mañana": {"en": "Morning", "ru": "Утро"},
    "Fin de semana": {"en": "Weekend", "ru": "Выходные"},
    "Medio día": {"en": "Half a day", "ru": "Полдня"},
    "Tres horas": {"en": "Three hours", "ru": "Три часа"},
    "Tres días y más": {"en": "Three days and more", "ru": "От трёх дней"},
    "Ночь": {"en": "Night", "es": "Noche"},
    "Утро": {"en": "Morning", "es": "Mañana"},
    "Будни": {"en": "Weekdays", "es": "Días laborables"},
    "Будни, вечер": {"en": "Weekday evenings", "es": "Días laborables, tarde"},
    "Выходные": {"en": "Weekend", "es": "Fin de semana"},
    "Вечер выходного дня": {"en": "Weekend evening", "es": "Noche de fin de semana"},
    "Пять ночей и больше": {"en": "Five nights and more", "es": "Cinco noches o más"},
    "Лето": {"en": "Summer", "es": "Verano"},
    "Лето, выходные": {"en": "Summer weekends", "es": "Verano, fin de semana"},
    "Новый год": {"en": "New Year", "es": "Año Nuevo"},
    "Дополнительный гость": {"en": "Extra guest", "es": "Huésped adicional"},
    "Ребёнок 6–11 лет": {"en": "Child of 6 to 11", "es": "Niño de 6 a 11 años"},
    "Ребёнок до 6 лет": {"en": "Child under 6", "es": "Niño menor de 6 años"},
    "Комплект света": {"en": "Light set", "es": "Juego de luces"},
    "Ассистент": {"en": "Assistant", "es": "Asistente"},
}


def price_names(name: str) -> dict[str, dict[str, str]]:
    """As `PriceRule.translations`. Raises KeyError for a name that nobody has translated."""
    return {code: {"name": text} for code, text in _NAMES[name].items()} if name else {}

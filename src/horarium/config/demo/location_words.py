"""Names and ways of the demo's locations in the languages that are not their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LOCATION_WORDS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "shore": {
        "en": {
            "name": "Tikhy Zaliv",
            "address": "Pribrezhnaya Street 12",
            "city": "Sortavala",
            "directions": "Twenty minutes by car from Sortavala station, the last two kilometres through the forest. "
            "If you come by the Lastochka train, tell us when: we meet you on the platform. Parking at the main house.",
        },
        "es": {
            "name": "Tikhy Zaliv",
            "address": "Calle Pribrezhnaya 12",
            "city": "Sortavala",
            "directions": "A veinte minutos en coche de la estación de Sortavala, los dos últimos kilómetros por el "
            "bosque. Si vienes en el tren Lastochka, dinos la hora: te esperamos en el andén. Aparcamiento junto a la "
            "casa principal.",
        },
    },
    "loft": {
        "en": {
            "name": "Svetoten at Elektrozavod",
            "address": "Malaya Fonarnaya 21, building 4, 3rd floor",
            "city": "Moscow",
            "directions": "Seven minutes on foot from Elektrozavodskaya metro. The entrance is in the yard, the goods "
            "lift on the right: even a sofa fits in. Free parking in the yard, just tell the guard your hall.",
        },
        "es": {
            "name": "Svetoten en Elektrozavod",
            "address": "Malaya Fonarnaya 21, edificio 4, 3.ª planta",
            "city": "Moscú",
            "directions": "A siete minutos a pie del metro Elektrozavodskaya. Se entra por el patio; a la derecha está "
            "el montacargas, donde cabe hasta un sofá. Aparcamiento gratis en el patio: di al guardia qué sala tienes.",
        },
    },
    "providencia": {
        "en": {
            "directions": "Four minutes on foot from Pedro de Valdivia metro. The entrance is through the garden: ring "
            "the wooden bell. There are two parking spaces for visitors.",
        },
        "ru": {
            "city": "Сантьяго",
            "directions": "Четыре минуты пешком от метро «Педро-де-Вальдивия». Вход через сад: позвоните в деревянный "
            "колокольчик. Для гостей есть два места на парковке.",
        },
    },
    "chiado": {
        "ru": {
            "city": "Лиссабон",
            "directions": "Две минуты от метро «Байша-Шиаду», выход на площадь Шиаду. Второй этаж; "
            "лифт за синей дверью.",
        },
        "es": {
            "city": "Lisboa",
            "directions": "A dos minutos de Baixa-Chiado, salida Largo do Chiado. Primera planta; hay ascensor detrás "
            "de la puerta azul.",
        },
    },
    "principe-real": {
        "ru": {
            "city": "Лиссабон",
            "directions": "Первый этаж, напротив сада. Трамвай № 24 останавливается у двери.",
        },
        "es": {
            "city": "Lisboa",
            "directions": "Planta baja, frente al jardín. El tranvía 24 para en la puerta.",
        },
    },
    "se": {
        "ru": {
            "city": "Лиссабон",
            "directions": "Две минуты вниз от собора, за синей дверью с фонарём. Прогулки начинаются здесь; "
            "микроавтобус ждёт за углом, где его не запрёт трамвай.",
        },
        "es": {
            "city": "Lisboa",
            "directions": "Dos minutos más abajo de la catedral, tras la puerta azul con el farol. Los paseos empiezan "
            "aquí; el minibús espera a la vuelta, donde el tranvía no lo bloquea.",
        },
    },
    "puerto": {
        "en": {
            "directions": "Opposite Raset beach, by the yellow first-aid post. Bikes are picked up at the street door, "
            "kayaks at the one on the sand.",
        },
        "ru": {
            "city": "Дения",
            "directions": "Напротив пляжа Расет, у жёлтого спасательного поста. Велосипеды выдают у двери с улицы, "
            "каяки — у двери на песке.",
        },
    },
    "lonja": {
        "en": {
            "directions": "Five minutes from the Grau–La Marina tram. The large door is for the audience; musicians "
            "and load-in use the blue ramp at the back. There is covered bicycle parking.",
        },
        "ru": {
            "city": "Валенсия",
            "directions": "Пять минут от трамвая «Грау — Ла-Марина». Большая дверь — для публики; музыканты и "
            "оборудование — сзади, по синему пандусу. Есть крытая велопарковка.",
        },
    },
}

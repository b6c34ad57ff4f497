"""Tikhy Zaliv: a hotel on Lake Ladoga with rooms, lake houses and saunas. Russian, rubles."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .hotel_rooms import ROOM_TYPES
from .hotel_sauna import PRODUCTS, SAUNA
from .plan import (
    EVERY_DAY,
    ROUND_THE_CLOCK,
    BusinessPlan,
    LocationPlan,
    MemberPlan,
    PolicyPlan,
    PoolPlan,
    ResourcePlan,
    RulesPlan,
    Words,
)

LOCATION = LocationPlan(
    key="shore",
    name="Тихий залив",
    address="Прибрежная улица, 12",
    city="Сортавала",
    phone="+7 900 555-01-72",
    directions=(
        "От вокзала Сортавалы двадцать минут на машине, последние два километра по лесной дороге. Если приезжаете "
        "поездом «Ласточка», напишите нам время: встретим на перроне. Стоянка у главного дома."
    ),
    week=ROUND_THE_CLOCK,
)

Building = tuple[str, str, tuple[int, ...], str, str, Words]
"""Key, pool, numbers, colour, scene; name, title, description with `{}` for the number."""

BUILDINGS: Final[tuple[Building, ...]] = (
    (
        "forest",
        "Номера с видом на лес",
        tuple(range(101, 111)),
        "#5d7d64",
        "room-forest",
        {
            "ru": (
                "Номер {}",
                "Первый этаж, окна в лес",
                "Две кровати или одна большая, стол у окна, душ с тёплым полом.",
            ),
            "en": (
                "Room {}",
                "Ground floor, forest view",
                "Two beds or one large one, a desk by the window, a shower with a warm floor.",
            ),
            "es": (
                "Habitación {}",
                "Planta baja, vistas al bosque",
                "Dos camas o una grande, un escritorio junto a la ventana y ducha con suelo caliente.",
            ),
        },
    ),
    (
        "lake",
        "Номера с видом на озеро",
        tuple(range(201, 211)),
        "#4c7a92",
        "room-lake",
        {
            "ru": (
                "Номер {}",
                "Второй этаж, балкон на озеро",
                "Большая кровать, кресло-кровать и балкон, с которого видно острова.",
            ),
            "en": (
                "Room {}",
                "First floor, balcony over the lake",
                "A large bed, an armchair bed and a balcony from which you see the islands.",
            ),
            "es": (
                "Habitación {}",
                "Primera planta, balcón sobre el lago",
                "Cama grande, sillón cama y un balcón desde el que se ven las islas.",
            ),
        },
    ),
    (
        "family",
        "Семейные номера",
        tuple(range(301, 306)),
        "#9a7b52",
        "room-family",
        {
            "ru": (
                "Номер {}",
                "Мансарда, две комнаты",
                "Спальня для родителей, комната с двумя кроватями под крышей, ванна.",
            ),
            "en": (
                "Room {}",
                "Under the roof, two rooms",
                "A bedroom for the parents, a room with two beds under the roof, a bathtub.",
            ),
            "es": (
                "Habitación {}",
                "Buhardilla, dos ambientes",
                "Un dormitorio para los padres, otro con dos camas bajo el tejado y bañera.",
            ),
        },
    ),
    (
        "house",
        "Дома у воды",
        (1, 2, 3),
        "#7c5a45",
        "lake-house",
        {
            "ru": (
                "Дом {}",
                "Отдельный дом, печь, причал",
                "Две спальни, кухня-гостиная с печью, терраса и лодка у причала.",
            ),
            "en": (
                "House {}",
                "A house of its own, a stove, a jetty",
                "Two bedrooms, a kitchen and living room with a stove, a terrace and a boat at the jetty.",
            ),
            "es": (
                "Casa {}",
                "Casa independiente, estufa y embarcadero",
                "Dos dormitorios, cocina con salón y estufa de leña, terraza y una barca en el embarcadero.",
            ),
        },
    ),
)


def numbered(words: Words, number: int) -> Words:
    return {language: (texts[0].format(number), *texts[1:]) for language, texts in words.items()}


ROOMS: Final = tuple(
    ResourcePlan(key=f"{key}-{number}", kind="room", color=color, scene=scene, words=numbered(words, number))
    for key, _, numbers, color, scene, words in BUILDINGS
    for number in numbers
)
BATHS: Final = (
    ResourcePlan(
        key="smoke-sauna",
        kind="hall",
        color="#6d4a38",
        scene="sauna",
        week={EVERY_DAY: "10:00-24:00"},
        words={
            "ru": ("Баня на берегу", "До восьми человек", "Дровяная печь, мостки и озеро в десяти шагах."),
            "en": (
                "Sauna on the shore",
                "Up to eight people",
                "A wood stove, a jetty and the lake ten steps away.",
            ),
            "es": (
                "Sauna de la orilla",
                "Hasta ocho personas",
                "Estufa de leña, pasarela y el lago a diez pasos.",
            ),
        },
    ),
    ResourcePlan(
        key="pine-sauna",
        kind="hall",
        color="#8a6a3f",
        scene="sauna",
        week={EVERY_DAY: "12:00-23:00"},
        words={
            "ru": ("Баня в соснах", "До четырёх человек", "Маленькая, жаркая, с купелью под открытым небом."),
            "en": (
                "Sauna among the pines",
                "Up to four people",
                "Small and hot, with an open-air plunge tub.",
            ),
            "es": (
                "Sauna entre pinos",
                "Hasta cuatro personas",
                "Pequeña y caliente, con tina al aire libre.",
            ),
        },
    ),
    ResourcePlan(
        key="stepan",
        kind="person",
        color="#5a6b52",
        scene="beard",
        member="stepan@hotel.example.com",
        week={"wed thu fri": "14:00-22:00", "sat sun": "12:00-22:00"},
        words={
            "ru": (
                "Степан Ермолаев",
                "Парильщик",
                "Берёзовый и пихтовый веник, травяной пар, двадцать лет у печи.",
            ),
            "en": (
                "Stepan Yermolaev",
                "Sauna master",
                "Birch and fir switches, herbal steam, twenty years at the stove.",
            ),
            "es": (
                "Stepán Yermoláyev",
                "Maestro de sauna",
                "Ramas de abedul y abeto, vapor de hierbas y veinte años junto a la estufa.",
            ),
        },
    ),
)

HOTEL = BusinessPlan(
    slug="hotel",
    words={
        "ru": (
            "Тихий залив",
            "Гостиница на Ладоге: сосны, шхеры и баня на дровах",
            (
                "Двадцать пять номеров и три дома у воды. Утром над заливом туман, днём лодка и лес, вечером печь. Завтрак "
                "готовим из того, что привезли соседи: рыба, творог, ягоды.\n\n"
                "Мы открыты весь год. Зимой расчищаем лёд под каток и топим баню с полудня."
            ),
        ),
        "en": (
            "Tikhy Zaliv",
            "A hotel on Lake Ladoga: pines, skerries and a wood-fired sauna",
            (
                "Twenty-five rooms and three houses by the water. Mist over the bay in the morning, a boat and the forest "
                "by day, the stove at night. Breakfast is what the neighbours bring: fish, curd, berries.\n\n"
                "Open all year. In winter we clear the ice for skating and heat the sauna from noon."
            ),
        ),
        "es": (
            "Tikhy Zaliv",
            "Hotel en el lago Ládoga: pinos, islotes y sauna de leña",
            (
                "Veinticinco habitaciones y tres casas junto al agua. Niebla en la bahía por la mañana, barca y bosque de "
                "día, estufa por la noche. El desayuno es lo que traen los vecinos: pescado, requesón, bayas.\n\n"
                "Abrimos todo el año. En invierno despejamos el hielo para patinar y encendemos la sauna desde mediodía."
            ),
        ),
    },
    type="hotel",
    currency="RUB",
    country="RU",
    language="ru",
    time_zone="Europe/Moscow",
    brand_color="#2f5d6b",
    email="hello@hotel.example.com",
    phone="+7 900 555-01-72",
    website="https://hotel.example.com",
    rules=RulesPlan(
        lead_minutes=60,
        horizon_days=365,
        hold_minutes=20,
        cancel_free_hours=72,
        needs_phone=True,
        policy="flexible",
    ),
    members=(
        MemberPlan(email="owner@hotel.example.com", name="Вера Лаптева", role="owner"),
        MemberPlan(email="desk@hotel.example.com", name="Николай Рудаков", role="operator"),
        MemberPlan(email="stepan@hotel.example.com", name="Степан Ермолаев", role="specialist"),
    ),
    locations=(LOCATION,),
    resources=ROOMS + BATHS,
    pools=tuple(
        PoolPlan(key=key, name=pool, resources=tuple(f"{key}-{number}" for number in numbers))
        for key, pool, numbers, *_ in BUILDINGS
    ),
    policies=(
        PolicyPlan(
            key="flexible",
            words={"ru": ("Гибкий",), "en": ("Flexible",), "es": ("Flexible",)},
            cancellation=((72, 0), (24, 50), (0, 100)),
            rescheduling=((72, 0), (24, 20)),
        ),
        PolicyPlan(
            key="strict",
            words={"ru": ("Невозвратный",), "en": ("Non-refundable",), "es": ("No reembolsable",)},
            cancellation=((0, 100),),
            rescheduling=(),
        ),
        PolicyPlan(
            key="sauna",
            words={"ru": ("Баня",), "en": ("Sauna",), "es": ("Sauna",)},
            cancellation=((12, 0), (0, 100)),
            rescheduling=((4, 0),),
        ),
    ),
    categories={
        "rooms": {"ru": ("Номера",), "en": ("Rooms",), "es": ("Habitaciones",)},
        "houses": {"ru": ("Дома",), "en": ("Houses",), "es": ("Casas",)},
        "sauna": {"ru": ("Баня",), "en": ("Sauna",), "es": ("Sauna",)},
        "shop": {"ru": ("Лавка",), "en": ("Shop",), "es": ("Tienda",)},
    },
    offerings=(*ROOM_TYPES, SAUNA),
    products=PRODUCTS,
    cover_scene="lake-dusk",
)

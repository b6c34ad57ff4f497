"""Светотень: a photo studio in Moscow, halls by the hour. Russian, rubles."""

# ruff: noqa: E501

from __future__ import annotations

from .plan import (
    EVERY_DAY,
    ROUND_THE_CLOCK,
    Away,
    BusinessPlan,
    LocationPlan,
    MemberPlan,
    PoolPlan,
    ResourcePlan,
    RulesPlan,
)
from .studio_offerings import CATEGORIES, OFFERINGS

LOCATION = LocationPlan(
    key="loft",
    name="Светотень на Электрозаводе",
    address="Малая Фонарная ул., 21, стр. 4, 3 этаж",
    city="Москва",
    phone="+7 495 555-01-24",
    directions=(
        "Семь минут пешком от метро «Электрозаводская». Вход со двора, грузовой лифт справа: в него входит "
        "даже диван. Парковка во дворе бесплатная, скажите охране номер зала."
    ),
    week={EVERY_DAY: "08:00-23:00"},
    holidays={(1, 1): "Новый год"},
)

HALLS = (
    ResourcePlan(
        key="sever",
        kind="hall",
        color="#5b7c99",
        scene="hall-north",
        words={
            "ru": (
                "Север",
                "120 м², окна на север",
                "Пять окон от пола до потолка, ровный мягкий свет весь день, белые стены и старый паркет.",
            ),
            "en": (
                "North",
                "120 m², north light",
                "Five windows from floor to ceiling, even soft light all day, white walls and an old parquet.",
            ),
            "es": (
                "Norte",
                "120 m², luz del norte",
                "Cinco ventanas de piso a techo, luz pareja y suave todo el día, muros blancos y parqué antiguo.",
            ),
        },
    ),
    ResourcePlan(
        key="yantar",
        kind="hall",
        color="#c98a3b",
        scene="hall-amber",
        words={
            "ru": (
                "Янтарь",
                "70 м², солнце после обеда",
                "Тёплый зал с кирпичной стеной, камином и солнцем с трёх до заката.",
            ),
            "en": (
                "Amber",
                "70 m², afternoon sun",
                "A warm hall with a brick wall, a fireplace and the sun from three until sunset.",
            ),
            "es": (
                "Ámbar",
                "70 m², sol de tarde",
                "Una sala cálida con muro de ladrillo, chimenea y sol desde las tres hasta el ocaso.",
            ),
        },
    ),
    ResourcePlan(
        key="grafit",
        kind="hall",
        color="#4a4e57",
        week=ROUND_THE_CLOCK,
        scene="hall-graphite",
        words={
            "ru": (
                "Графит",
                "95 м², циклорама, круглосуточно",
                "Белая циклорама 6 × 5 м, чёрные шторы, подвес на потолке. Открыт всегда, ночью тоже.",
            ),
            "en": (
                "Graphite",
                "95 m², infinity cove, day and night",
                "A white cove of 6 × 5 m, black curtains, a ceiling rail. Always open, at night too.",
            ),
            "es": (
                "Grafito",
                "95 m², ciclorama, día y noche",
                "Ciclorama blanco de 6 × 5 m, cortinas negras y riel en el techo. Siempre abierta, también de noche.",
            ),
        },
    ),
    ResourcePlan(
        key="oranzhereya",
        kind="hall",
        color="#5f8f63",
        scene="hall-green",
        away=(Away(first=-70, days=5, reason="Пересадка растений"), Away(first=19, reason="Полив и уборка")),
        words={
            "ru": (
                "Оранжерея",
                "85 м², стеклянная крыша",
                "Живые растения до потолка, стеклянная крыша и старинная оранжерейная мебель.",
            ),
            "en": (
                "Conservatory",
                "85 m², glass roof",
                "Living plants up to the ceiling, a glass roof and old conservatory furniture.",
            ),
            "es": (
                "Invernadero",
                "85 m², techo de vidrio",
                "Plantas vivas hasta el techo, cubierta de vidrio y muebles de un viejo invernadero.",
            ),
        },
    ),
)

LIGHTS = tuple(
    ResourcePlan(
        key=f"light-{number}",
        kind="equipment",
        color="#b8a04a",
        week=ROUND_THE_CLOCK,
        words={
            "ru": (
                f"Комплект света {number}",
                "Три моноблока, софтбоксы, октобокс",
                "Три моноблока по 600 Дж, два софтбокса, октобокс 120 см, стойки и синхронизатор.",
            ),
            "en": (
                f"Light set {number}",
                "Three strobes, softboxes, octabox",
                "Three 600 Ws strobes, two softboxes, a 120 cm octabox, stands and a trigger.",
            ),
            "es": (
                f"Kit de luces {number}",
                "Tres flashes, softboxes, octabox",
                "Tres flashes de 600 Ws, dos softboxes, un octabox de 120 cm, soportes y disparador.",
            ),
        },
    )
    for number in (1, 2)
)

PEOPLE = (
    ResourcePlan(
        key="lev",
        kind="person",
        scene="short",
        color="#7c6aa6",
        member="lev@studio.example.com",
        week={"mon tue wed thu fri": "08:00-16:00"},
        words={
            "ru": ("Лев Сомов", "Ассистент", "Ставит свет быстрее, чем закипает чайник."),
            "en": ("Lev Somov", "Assistant", "Sets the lights before the kettle boils."),
            "es": ("Lev Sómov", "Asistente", "Arma las luces antes de que hierva la tetera."),
        },
    ),
    ResourcePlan(
        key="dasha",
        kind="person",
        scene="bob",
        color="#a86a7f",
        week={"mon tue wed thu fri": "15:00-23:00", "sat sun": "10:00-14:00 15:00-20:00"},
        words={
            "ru": ("Даша Ким", "Ассистент", "Вечера и выходные. Знает, где в каждом зале ловится солнце."),
            "en": (
                "Dasha Kim",
                "Assistant",
                "Evenings and weekends. Knows where the sun falls in every hall.",
            ),
            "es": ("Dasha Kim", "Asistente", "Tardes y fines de semana. Sabe dónde cae el sol en cada sala."),
        },
    ),
    ResourcePlan(
        key="roman",
        kind="person",
        scene="beard",
        color="#4f7f8b",
        week={"tue wed thu fri": "11:00-15:00 16:00-20:00", "sat": "10:00-18:00"},
        away=(Away(first=-150, days=14, reason="Отпуск"), Away(first=31, days=7, reason="Отпуск")),
        words={
            "ru": ("Роман Вересов", "Фотограф", "Портреты без поз. Снимает пятнадцать лет, ретуширует сам."),
            "en": (
                "Roman Veresov",
                "Photographer",
                "Portraits without poses. Fifteen years behind the camera, retouches himself.",
            ),
            "es": (
                "Román Véresov",
                "Fotógrafo",
                "Retratos sin poses. Quince años tras la cámara, retoca él mismo.",
            ),
        },
    ),
)

STUDIO = BusinessPlan(
    slug="studio",
    words={
        "ru": (
            "Светотень",
            "Четыре зала с настоящим светом на Электрозаводской",
            (
                "Бывший цех, в котором осталось главное: высокие окна и тишина. Четыре зала по часам, от одного до восьми, "
                "с шагом в пятнадцать минут. «Графит» открыт круглые сутки.\n\n"
                "В цену входят фоны, отпариватель, гримёрный стол и чай. Между съёмками мы оставляем пятнадцать минут на уборку, "
                "и они не из вашего времени."
            ),
        ),
        "en": (
            "Svetoten",
            "Four halls with real light near Elektrozavodskaya",
            (
                "A former workshop that kept what matters: tall windows and silence. Four halls by the hour, from one to eight, "
                "in steps of fifteen minutes. Graphite is open day and night.\n\n"
                "Backdrops, a steamer, a make-up table and tea are included. We keep fifteen minutes between shoots for "
                "cleaning, and they are not taken from yours."
            ),
        ),
        "es": (
            "Svetoten",
            "Cuatro salas con luz de verdad, cerca de Elektrozavódskaya",
            (
                "Un antiguo taller que conservó lo importante: ventanas altas y silencio. Cuatro salas por hora, de una a ocho, "
                "en pasos de quince minutos. Grafito abre día y noche.\n\n"
                "Incluye fondos, vaporizador, mesa de maquillaje y té. Entre sesiones dejamos quince minutos para limpiar, "
                "y no salen de tu tiempo."
            ),
        ),
    },
    type="studio",
    currency="RUB",
    country="RU",
    language="ru",
    time_zone="Europe/Moscow",
    brand_color="#b4542d",
    email="hello@studio.example.com",
    phone="+7 495 555-01-24",
    website="https://studio.example.com",
    rules=RulesPlan(lead_minutes=60, horizon_days=90, hold_minutes=15, cancel_free_hours=48),
    members=(
        MemberPlan(email="owner@studio.example.com", name="Вера Лисицына", role="owner"),
        MemberPlan(email="admin@studio.example.com", name="Тимур Алиев", role="manager"),
        MemberPlan(email="lev@studio.example.com", name="Лев Сомов", role="specialist"),
        MemberPlan(email="buh@studio.example.com", name="Ольга Зимина", role="accountant"),
    ),
    locations=(LOCATION,),
    resources=HALLS + LIGHTS + PEOPLE,
    pools=(
        PoolPlan(key="lights", name="Комплекты света", resources=("light-1", "light-2")),
        PoolPlan(key="assistants", name="Ассистенты", resources=("lev", "dasha")),
        PoolPlan(
            key="portrait-halls", name="Залы для портретов", resources=("sever", "yantar", "oranzhereya")
        ),
    ),
    categories=CATEGORIES,
    offerings=OFFERINGS,
    cover_scene="hall-north",
)

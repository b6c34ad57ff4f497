"""Lanterna Tours: walks, day trips and a tile workshop in Lisbon. English, euros."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from .plan import (
    EVERY_DAY,
    Away,
    BusinessPlan,
    LocationPlan,
    MemberPlan,
    PolicyPlan,
    PoolPlan,
    ProductPlan,
    ResourcePlan,
    RulesPlan,
)
from .tours_offerings import CATEGORIES, OFFERINGS

LOCATION = LocationPlan(
    key="se",
    name="Lanterna Tours",
    address="Beco da Lanterna 3",
    city="Lisboa",
    phone="+351 21 555 0181",
    directions=(
        "Two minutes below the cathedral, behind the blue door with the lamp. Walks begin here; the minibus waits around the "
        "corner, where the tram cannot block it."
    ),
    week={EVERY_DAY: "07:00-23:00"},
    holidays={(12, 24): "Christmas Eve", (12, 25): "Christmas Day"},
)

GUIDES: Final = (
    ResourcePlan(
        key="madalena",
        kind="person",
        color="#b5653a",
        scene="bun",
        words={
            "en": (
                "Madalena Freire",
                "Historian, founder",
                "Born in Alfama. Knows who lived behind which window, and in which year.",
            ),
            "ru": (
                "Мадалена Фрейри",
                "Историк, основательница",
                "Родилась в Алфаме. Знает, кто и когда жил за каждым окном.",
            ),
            "es": (
                "Madalena Freire",
                "Historiadora y fundadora",
                "Nació en Alfama. Sabe quién vivió tras cada ventana y en qué año.",
            ),
        },
        away=(Away(first=-84, days=14, reason="Holiday"), Away(first=16, days=4, reason="Conference")),
    ),
    ResourcePlan(
        key="artur",
        kind="person",
        color="#4b6a8a",
        scene="beard",
        words={
            "en": (
                "Artur Nogueira",
                "Driver and guide",
                "Twenty summers on the roads of Sintra. Parks where nobody can.",
            ),
            "ru": (
                "Артур Ногейра",
                "Водитель и гид",
                "Двадцать лет на дорогах Синтры. Паркуется там, где никто не может.",
            ),
            "es": (
                "Artur Nogueira",
                "Conductor y guía",
                "Veinte veranos en las carreteras de Sintra. Aparca donde nadie puede.",
            ),
        },
    ),
    ResourcePlan(
        key="keiko",
        kind="person",
        color="#7b5a86",
        scene="bob",
        member="keiko@tours.example.com",
        words={
            "en": (
                "Keiko Tanabe",
                "Food and fado",
                "Came for a week in 2009. Speaks English, Portuguese and Japanese.",
            ),
            "ru": (
                "Кэйко Танабэ",
                "Еда и фаду",
                "Приехала на неделю в 2009 году. Говорит по-английски, по-португальски и по-японски.",
            ),
            "es": (
                "Keiko Tanabe",
                "Comida y fado",
                "Vino por una semana en 2009. Habla inglés, portugués y japonés.",
            ),
        },
        away=(Away(first=-40, days=9, reason="Holiday"),),
    ),
    ResourcePlan(
        key="simao",
        kind="person",
        color="#4f7f6a",
        scene="short",
        words={
            "en": (
                "Simão Vale",
                "Driver and guide",
                "A biologist who would rather show you the cliffs than the palace.",
            ),
            "ru": ("Симау Вале", "Водитель и гид", "Биолог: скалы покажет охотнее, чем дворец."),
            "es": (
                "Simão Vale",
                "Conductor y guía",
                "Biólogo: prefiere enseñarte los acantilados que el palacio.",
            ),
        },
    ),
    ResourcePlan(
        key="pilar",
        kind="person",
        color="#a24f5f",
        scene="long",
        words={
            "en": (
                "Pilar Ortega",
                "Spanish and English walks",
                "From Cádiz; compares everything with Cádiz, and is mostly fair.",
            ),
            "ru": (
                "Пилар Ортега",
                "Прогулки на испанском и английском",
                "Из Кадиса, всё сравнивает с Кадисом и почти всегда честно.",
            ),
            "es": (
                "Pilar Ortega",
                "Paseos en español e inglés",
                "De Cádiz: lo compara todo con Cádiz, y casi siempre es justa.",
            ),
        },
    ),
    ResourcePlan(
        key="mestre-lino",
        kind="person",
        color="#3f78a8",
        scene="beard",
        week={"tue wed thu fri": "10:00-18:00", "sat": "10:00-14:00"},
        words={
            "en": (
                "Lino Azevedo",
                "Tile painter",
                "Third generation. Repaired half the façades that you will walk past.",
            ),
            "ru": (
                "Лину Азеведу",
                "Художник по плитке",
                "Третье поколение мастеров. Чинил половину фасадов, мимо которых вы пройдёте.",
            ),
            "es": (
                "Lino Azevedo",
                "Pintor de azulejos",
                "Tercera generación. Ha restaurado media fachada de las que verás.",
            ),
        },
    ),
)
VEHICLES: Final = (
    ResourcePlan(
        key="bus-1",
        kind="vehicle",
        color="#c8963e",
        scene="minibus",
        words={
            "en": ("Minibus Amarelo", "Eight seats", "Yellow, air-conditioned, with child seats."),
            "ru": ("Микроавтобус «Амарелу»", "Восемь мест", "Жёлтый, с кондиционером и детскими креслами."),
            "es": ("Minibús Amarelo", "Ocho plazas", "Amarillo, con aire acondicionado y sillas infantiles."),
        },
    ),
    ResourcePlan(
        key="bus-2",
        kind="vehicle",
        color="#3f7d8c",
        scene="minibus",
        words={
            "en": ("Minibus Azul", "Eight seats", "Blue, air-conditioned, with child seats."),
            "ru": ("Микроавтобус «Азул»", "Восемь мест", "Синий, с кондиционером и детскими креслами."),
            "es": ("Minibús Azul", "Ocho plazas", "Azul, con aire acondicionado y sillas infantiles."),
        },
        away=(Away(first=-120, days=3, reason="Inspection"), Away(first=24, days=2, reason="Inspection")),
    ),
    ResourcePlan(
        key="workshop",
        kind="room",
        color="#3f78a8",
        scene="tiles",
        week={"tue wed thu fri": "10:00-18:00", "sat": "10:00-14:00"},
        words={
            "en": ("Tile workshop", "Six places", "A long table, two kilns and the smell of glaze."),
            "ru": ("Мастерская плитки", "Шесть мест", "Длинный стол, две печи и запах глазури."),
            "es": ("Taller de azulejos", "Seis puestos", "Una mesa larga, dos hornos y olor a esmalte."),
        },
    ),
)

PRODUCTS: Final = (
    ProductPlan(
        key="map",
        category="shop",
        scene="map",
        amount=9,
        stock=74,
        weight=3.0,
        words={
            "en": (
                "Lisbon by hand",
                "A drawn map, A2.",
                "Every staircase, every fountain, and where to sit down. Drawn by Keiko.",
            ),
            "ru": (
                "Лиссабон от руки",
                "Рисованная карта, А2.",
                "Все лестницы, все фонтаны и где присесть. Нарисовала Кэйко.",
            ),
            "es": (
                "Lisboa a mano",
                "Mapa ilustrado, A2.",
                "Cada escalera, cada fuente y dónde sentarse. Dibujado por Keiko.",
            ),
        },
    ),
    ProductPlan(
        key="tile",
        category="shop",
        scene="tiles",
        amount=24,
        stock=37,
        weight=1.6,
        words={
            "en": (
                "Painted tile",
                "14 × 14 cm, signed.",
                "From Lino's kiln; each one is a little different. Wrapped for the plane.",
            ),
            "ru": (
                "Расписная плитка",
                "14 × 14 см, с подписью.",
                "Из печи Лину, все немного разные. Упакуем для самолёта.",
            ),
            "es": (
                "Azulejo pintado",
                "14 × 14 cm, firmado.",
                "Del horno de Lino, cada uno algo distinto. Embalado para el avión.",
            ),
        },
    ),
    ProductPlan(
        key="cookbook",
        category="shop",
        scene="leaves",
        amount=19,
        stock=12,
        weight=0.9,
        words={
            "en": (
                "What we eat on the walk",
                "Cookbook, 96 pages.",
                "Twenty-two recipes of the taverns that we visit, with their permission.",
            ),
            "ru": (
                "Что мы едим на прогулке",
                "Книга рецептов, 96 страниц.",
                "Двадцать два рецепта таверн, в которые мы заходим, с их разрешения.",
            ),
            "es": (
                "Lo que comemos en el paseo",
                "Recetario, 96 páginas.",
                "Veintidós recetas de las tabernas que visitamos, con su permiso.",
            ),
        },
    ),
)

TOURS = BusinessPlan(
    slug="tours",
    words={
        "en": (
            "Lanterna Tours",
            "Small groups, slow walks and two minibuses",
            (
                "Five guides who live here, groups of at most fourteen, and no umbrella in the air. We walk the old quarters in the "
                "morning, listen to fado at night, and drive out to Sintra and the Arrábida coast while the roads are empty.\n\n"
                "If too few people book a day trip, we tell you the day before and give all your money back."
            ),
        ),
        "ru": (
            "Lanterna Tours",
            "Маленькие группы, неспешные прогулки и два микроавтобуса",
            (
                "Пять гидов, которые здесь живут, группы не больше четырнадцати человек и никаких зонтиков над головой. Утром гуляем "
                "по старым кварталам, вечером слушаем фаду, а в Синтру и на побережье Аррабиды выезжаем, пока дороги пусты.\n\n"
                "Если на поездку записалось слишком мало людей, мы сообщим за день и вернём все деньги."
            ),
        ),
        "es": (
            "Lanterna Tours",
            "Grupos pequeños, paseos sin prisa y dos minibuses",
            (
                "Cinco guías que viven aquí, grupos de catorce como máximo y ningún paraguas en alto. Por la mañana recorremos los "
                "barrios viejos, de noche escuchamos fado, y salimos a Sintra y a la costa de Arrábida con las carreteras vacías.\n\n"
                "Si se apunta muy poca gente a una excursión, te avisamos el día antes y te devolvemos todo el dinero."
            ),
        ),
    },
    type="tours",
    currency="EUR",
    country="PT",
    language="en",
    time_zone="Europe/Lisbon",
    brand_color="#b5653a",
    email="hello@tours.example.com",
    phone="+351 21 555 0181",
    website="https://tours.example.com",
    rules=RulesPlan(lead_minutes=120, horizon_days=120, hold_minutes=15, cancel_free_hours=24, policy="walk"),
    members=(
        MemberPlan(email="owner@tours.example.com", name="Madalena Freire", role="owner"),
        MemberPlan(email="desk@tours.example.com", name="Rita Sampaio", role="operator"),
        MemberPlan(email="keiko@tours.example.com", name="Keiko Tanabe", role="specialist"),
    ),
    locations=(LOCATION,),
    resources=GUIDES + VEHICLES,
    pools=(
        PoolPlan(key="guides", name="City guides", resources=("madalena", "keiko", "pilar", "simao")),
        PoolPlan(key="drivers", name="Drivers", resources=("artur", "simao")),
        PoolPlan(key="buses", name="Minibuses", resources=("bus-1", "bus-2")),
    ),
    policies=(
        PolicyPlan(
            key="walk",
            words={"en": ("Walks",), "ru": ("Прогулки",), "es": ("Paseos",)},
            cancellation=((24, 0), (0, 100)),
            rescheduling=((4, 0),),
        ),
        PolicyPlan(
            key="trip",
            words={"en": ("Day trips",), "ru": ("Поездки",), "es": ("Excursiones",)},
            cancellation=((72, 0), (24, 50), (0, 100)),
            rescheduling=((72, 0), (24, 25)),
        ),
    ),
    categories=CATEGORIES,
    offerings=OFFERINGS,
    products=PRODUCTS,
    cover_scene="old-town",
)
